//! What a planned campaign means on TikTok: what a program may not do, whom a message reaches, whether the time
//! suffices.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict, answer_probability};

use super::Rules;

pub(super) fn review(rules: &Rules, brief: &Brief) -> Vec<Remark> {
    let mut remarks = vec![time(rules, brief)];
    if brief.automated {
        remarks.push(automated(brief));
    }
    if 0.0 < brief.strangers_per_week {
        remarks.push(strangers(brief));
    }
    if 0.0 < brief.messages_per_week {
        remarks.push(messages(brief));
    }
    remarks
}

/// Adds up the minutes of a week: posting, reaching out, writing, and answering those who answer.
fn time(rules: &Rules, brief: &Brief) -> Remark {
    let answers = brief.strangers_per_week * answer_probability(1.0, 1.0);
    let found = (brief.posts_per_week + brief.strangers_per_week) * rules.comment_minutes
        + brief.messages_per_week * rules.message_minutes
        + answers * rules.answer_minutes;
    let limit = brief.minutes_per_week.get();
    let (verdict, en, de) = if found <= limit {
        (Verdict::Ok, "The time suffices", "Die Zeit reicht")
    } else {
        (
            Verdict::Warn,
            "The time does not suffice: plan fewer first contacts or more minutes",
            "Die Zeit reicht nicht: Plane weniger Erstkontakte oder mehr Minuten ein",
        )
    };
    Remark {
        verdict,
        norm: String::new(),
        found,
        limit,
        text: text(
            format!(
                "{en}. A week takes {found:.0} of {limit:.0} minutes; about {answers:.0} of those addressed for the first time will answer and want an answer."
            ),
            format!(
                "{de}. Eine Woche kostet {found:.0} von {limit:.0} Minuten; etwa {answers:.0} der erstmals Angesprochenen werden antworten und Antwort erwarten."
            ),
        ),
    }
}

/// The guidelines forbid any attempt to raise the figures of interaction by artificial means
/// (<https://www.trustsafetyinstitute.com/policies/tiktok/e5a9687a-7ab6-4362-9b96-acfd7024c203>).
fn automated(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Stop,
        norm: String::new(),
        found: brief.posts_per_week + brief.strangers_per_week + brief.messages_per_week,
        limit: 0.0,
        text: text(
            "Likes, follows and comments by programs count as fake engagement, which the community guidelines forbid. Let people do it.".to_owned(),
            "Likes, Folgen und Kommentare durch Programme gelten als vorgetäuschtes Engagement, das die Community-Richtlinien verbieten. Überlass das Menschen.".to_owned(),
        ),
    }
}

/// Irrelevant or repeated comments and messages count as spam
/// (<https://seller-th.tiktok.com/university/essay?knowledge_id=7042369891469057&lang=en>).
fn strangers(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.strangers_per_week,
        limit: 0.0,
        text: text(
            "Repeated comments to strangers count as spam. Write each to its video, and messages to friends only.".to_owned(),
            "Wiederholte Kommentare an Fremde gelten als Spam. Schreib jeden zu seinem Video, und Nachrichten nur an Befreundete.".to_owned(),
        ),
    }
}

/// Messages go to friends and to people one follows, from 16 years on
/// (<https://support.tiktok.com/en/using-tiktok/messaging-and-notifications/direct-message-settings>).
fn messages(brief: &Brief) -> Remark {
    let is_safe = brief.strangers_per_week <= 0.0;
    Remark {
        verdict: if is_safe { Verdict::Ok } else { Verdict::Warn },
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: text(
            "Messages reach friends, and others only if they allow it, and nobody below 16 years (support.tiktok.com, direct messages). Comment first.".to_owned(),
            "Nachrichten erreichen Befreundete, andere nur, wenn sie es erlauben, und niemanden unter 16 Jahren (support.tiktok.com, Direktnachrichten). Kommentiere zuerst.".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

//! What a planned campaign means on YouTube: what a program may not do, what counts as spam, whether the time suffices.

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

/// The policy on spam forbids engagement by bots (<https://support.google.com/youtube/answer/2801973>).
fn automated(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Stop,
        norm: String::new(),
        found: brief.posts_per_week + brief.strangers_per_week + brief.messages_per_week,
        limit: 0.0,
        text: text(
            "Comments, likes and subscriptions by programs count as engagement manipulation and are forbidden (support.google.com/youtube/answer/2801973). Let people do it.".to_owned(),
            "Kommentare, Likes und Abos durch Programme gelten als Manipulation und sind verboten (support.google.com/youtube/answer/2801973). Überlass das Menschen.".to_owned(),
        ),
    }
}

/// Identical or similar comments that point to one's own channel are named as spam by the same policy.
fn strangers(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.strangers_per_week,
        limit: 0.0,
        text: text(
            "Similar comments under many videos that point to your own channel count as spam, and so does subscribing for being subscribed to (support.google.com/youtube/answer/2801973). Write each to its video.".to_owned(),
            "Ähnliche Kommentare unter vielen Videos, die auf den eigenen Kanal weisen, gelten als Spam, ebenso Abo gegen Abo (support.google.com/youtube/answer/2801973). Schreib jeden zu seinem Video.".to_owned(),
        ),
    }
}

/// An export holds no private messages and the rules know no way to send one.
fn messages(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: text(
            "A private message cannot be planned here. Write a comment, or use the mail address that the channel gives.".to_owned(),
            "Private Nachrichten lassen sich hier nicht einplanen. Schreib einen Kommentar, oder nutze die Mailadresse, die der Kanal nennt.".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

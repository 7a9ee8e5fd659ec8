//! What a planned campaign means on LinkedIn: what a program may not do, whom a message reaches, whether the time
//! suffices.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict, answer_probability};

use super::Rules;

/// Requests a month to which a member who does not pay may add a word
/// (<https://www.linkedin.com/help/linkedin/answer/a550555>).
const NOTES_A_MONTH: f64 = 5.0;
const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;

pub(super) fn review(rules: &Rules, brief: &Brief) -> Vec<Remark> {
    let mut remarks = vec![time(rules, brief)];
    if brief.automated {
        remarks.push(automated(brief));
    }
    if 0.0 < brief.strangers_per_week {
        remarks.push(strangers(brief));
    }
    if 0.0 < brief.messages_per_week && 0.0 < brief.strangers_per_week {
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

/// The agreement forbids bots of any kind (<https://www.linkedin.com/legal/user-agreement>, section 8.2).
fn automated(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Stop,
        norm: String::new(),
        found: brief.posts_per_week + brief.strangers_per_week + brief.messages_per_week,
        limit: 0.0,
        text: text(
            "The user agreement forbids bots and other automated methods to use the service, add contacts or send messages (linkedin.com/legal/user-agreement, section 8.2). Let people do it.".to_owned(),
            "Die Nutzungsbedingungen verbieten, den Dienst mit Bots oder anderen automatischen Verfahren zu nutzen, Kontakte hinzuzufügen oder Nachrichten zu senden (linkedin.com/legal/user-agreement, Abschnitt 8.2). Überlass das Menschen.".to_owned(),
        ),
    }
}

/// How many may be invited is not published, only that too many are stopped for a week, and how many may get a word.
fn strangers(brief: &Brief) -> Remark {
    let found = brief.strangers_per_week * WEEKS_A_MONTH;
    let verdict = if found <= NOTES_A_MONTH { Verdict::Ok } else { Verdict::Warn };
    Remark {
        verdict,
        norm: String::new(),
        found,
        limit: NOTES_A_MONTH,
        text: text(
            format!(
                "{found:.0} first contacts a month: a member who does not pay may add a word to five requests, and whoever sends too many is stopped for a week. Invite people you know (linkedin.com/help/linkedin/answer/a550555)."
            ),
            format!(
                "{found:.0} Erstkontakte im Monat: Wer nicht zahlt, darf fünf Anfragen ein Wort beilegen, und wer zu viele sendet, wird für eine Woche gesperrt. Lade Leute ein, die du kennst (linkedin.com/help/linkedin/answer/a550555)."
            ),
        ),
    }
}

/// Messages reach contacts; to others only paid ones do (<https://www.linkedhelper.com/en/glossary/linkedin-invitation>).
fn messages(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: text(
            "Messages reach contacts; to others only paid ones do. Comment on their posts, and invite them once you know each other.".to_owned(),
            "Nachrichten erreichen Kontakte, andere nur bezahlte. Kommentiere ihre Beiträge und lade sie ein, wenn ihr euch kennt.".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

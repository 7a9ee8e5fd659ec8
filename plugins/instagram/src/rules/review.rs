//! What a planned campaign means on Instagram: whether the time suffices for what it stirs up, and who does it.
//!
//! Meta publishes how much a program may post and that it may write only to those who wrote first; for people it
//! publishes no number. So the week is added up in minutes instead of being held against an invented limit.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict, answer_probability};

use super::Rules;

/// Posts that programs may publish for one account in 24 hours,
/// <https://developers.facebook.com/documentation/instagram-platform/instagram-graph-api/reference/ig-user/media_publish>.
pub(super) const POSTS_A_DAY: f64 = 50.0;
/// The norm in the manifest that holds it.
pub(super) const POSTS_NORM: &str = "posts-by-program";

pub(super) fn review(rules: &Rules, brief: &Brief) -> Vec<Remark> {
    let mut remarks = vec![time(rules, brief)];
    remarks.extend(posts(brief));
    remarks.extend(automated(brief));
    remarks.extend(strangers(brief));
    remarks
}

/// Adds up the minutes of a week: reaching out, writing, and answering those who answer.
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
        text: Text {
            en: format!(
                "{en}. A week takes {found:.0} of {limit:.0} minutes; about {answers:.0} of those addressed for the first time will answer and want an answer."
            ),
            de: format!(
                "{de}. Eine Woche kostet {found:.0} von {limit:.0} Minuten; etwa {answers:.0} der erstmals Angesprochenen werden antworten und Antwort erwarten."
            ),
        },
    }
}

/// More than a program may post in a day.
fn posts(brief: &Brief) -> Option<Remark> {
    let a_day = brief.posts_per_week / 7.0;
    (POSTS_A_DAY < a_day).then(|| Remark {
        verdict: if brief.automated { Verdict::Stop } else { Verdict::Warn },
        norm: POSTS_NORM.to_owned(),
        found: a_day,
        limit: POSTS_A_DAY,
        text: Text {
            en: "A program may publish 50 posts of one account in 24 hours. Plan fewer.".to_owned(),
            de: "Ein Programm darf für ein Konto in 24 Stunden 50 Beiträge veröffentlichen. Plane weniger.".to_owned(),
        },
    })
}

/// A program may write only to those who wrote first
/// (<https://developers.facebook.com/docs/messenger-platform/send-messages>).
fn automated(brief: &Brief) -> Option<Remark> {
    let approached = brief.strangers_per_week + brief.messages_per_week;
    (brief.automated && 0.0 < approached).then(|| Remark {
        verdict: Verdict::Stop,
        norm: String::new(),
        found: approached,
        limit: 0.0,
        text: Text {
            en: "Programs may write only to people who wrote first, and within 24 hours of it. Let people make first contacts and write messages.".to_owned(),
            de: "Programme dürfen nur Menschen schreiben, die zuerst geschrieben haben, und nur binnen 24 Stunden. Lass Menschen Erstkontakte knüpfen und Nachrichten schreiben.".to_owned(),
        },
    })
}

/// Messages to people who do not follow land among the requests.
fn strangers(brief: &Brief) -> Option<Remark> {
    let is_both = 0.0 < brief.messages_per_week && 0.0 < brief.strangers_per_week;
    is_both.then(|| Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: Text {
            en: "A message to somebody who does not follow you lands among the requests and is rarely seen. Comment on a post first.".to_owned(),
            de: "Eine Nachricht an jemanden, der dir nicht folgt, landet bei den Anfragen und wird selten gesehen. Kommentiere zuerst einen Beitrag.".to_owned(),
        },
    })
}

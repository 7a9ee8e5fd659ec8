//! What a planned campaign means on X: whether the limits and the time suffice, and what a program may not do.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict, answer_probability};

use super::Rules;

/// Original posts a day of an account that does not pay, from the platform's page of limits as quoted on 2026-05-18
/// (<https://www.lokmattimes.com/technology/x-imposes-daily-limits-on-unverified-accounts-see-whats-new/amp/>).
const POSTS_A_DAY: f64 = 50.0;
/// Private messages a day (<https://help.x.com/en/rules-and-policies/x-limits>).
pub(super) const MESSAGES_A_DAY: f64 = 500.0;
/// Replies a day of an account that does not pay, from the same page.
pub(super) const REPLIES_A_DAY: f64 = 200.0;

pub(super) fn review(rules: &Rules, brief: &Brief) -> Vec<Remark> {
    let mut remarks = vec![time(rules, brief)];
    remarks.extend(limits(brief));
    if brief.automated {
        remarks.push(automated(brief));
    }
    if 0.0 < brief.messages_per_week && 0.0 < brief.strangers_per_week {
        remarks.push(messages_to_strangers(brief));
    }
    remarks
}

/// Adds up the minutes of a week: reaching out, writing, and answering those who answer.
fn time(rules: &Rules, brief: &Brief) -> Remark {
    let answers = brief.strangers_per_week * answer_probability(1.0, 1.0);
    let found = (brief.posts_per_week + brief.strangers_per_week) * rules.reply_minutes
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

/// Holds each kind of action against the platform's limit of a day.
fn limits(brief: &Brief) -> Vec<Remark> {
    let all = [
        (brief.posts_per_week, POSTS_A_DAY, "", Verdict::Warn, "posts", "Posts"),
        (brief.strangers_per_week, REPLIES_A_DAY, "replies", Verdict::Warn, "replies", "Antworten"),
        (
            brief.messages_per_week,
            MESSAGES_A_DAY,
            "messages",
            Verdict::Stop,
            "private messages",
            "private Nachrichten",
        ),
    ];
    let broken = all.into_iter().filter(|(a_week, limit, ..)| limit * 7.0 < *a_week);
    broken
        .map(|(a_week, limit, norm, verdict, en, de)| {
            let found = a_week / 7.0;
            let (whose, wessen) = match verdict {
                Verdict::Stop => ("any account", "jedem Konto"),
                _ => ("an account that does not pay", "einem Konto, das nicht zahlt"),
            };
            Remark {
                verdict,
                norm: norm.to_owned(),
                found,
                limit,
                text: text(
                    format!("{found:.0} {en} a day are more than the {limit:.0} that X accepts from {whose}. Plan less."),
                    format!("{found:.0} {de} am Tag sind mehr als die {limit:.0}, die X von {wessen} annimmt. Plane weniger."),
                ),
            }
        })
        .collect()
}

/// Programs may answer those who turned to them and nobody else (<https://docs.x.com/developer-guidelines>).
fn automated(brief: &Brief) -> Remark {
    let approached = brief.strangers_per_week + brief.messages_per_week;
    let is_pressing = 0.0 < approached;
    Remark {
        verdict: if is_pressing { Verdict::Stop } else { Verdict::Warn },
        norm: String::new(),
        found: approached,
        limit: 0.0,
        text: if is_pressing {
            text(
                "Programs may answer only those who turned to the account; unasked replies, mentions and messages are forbidden to them (docs.x.com/developer-guidelines). Let people write first contacts and messages.".to_owned(),
                "Programme dürfen nur denen antworten, die sich an das Konto gewandt haben; ungefragte Antworten, Erwähnungen und Nachrichten sind ihnen verboten (docs.x.com/developer-guidelines). Lass Menschen Erstkontakte und Nachrichten schreiben.".to_owned(),
            )
        } else {
            text(
                "A program may post, but not the same from several accounts, and answers written by a language model need the platform's approval first (docs.x.com/developer-guidelines).".to_owned(),
                "Ein Programm darf posten, aber nicht dasselbe von mehreren Konten, und Antworten aus einem Sprachmodell brauchen vorher die Zustimmung der Plattform (docs.x.com/developer-guidelines).".to_owned(),
            )
        },
    }
}

/// Without a follow a message becomes a request, if it arrives at all
/// (<https://help.x.com/en/using-x/direct-messages>).
fn messages_to_strangers(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: text(
            "A message to somebody who does not follow you arrives as a request or not at all, as their settings say; reply to their posts instead (help.x.com/en/using-x/direct-messages).".to_owned(),
            "Eine Nachricht an jemanden, der dir nicht folgt, kommt je nach dessen Einstellung als Anfrage oder gar nicht an; antworte lieber auf Posts (help.x.com/en/using-x/direct-messages).".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

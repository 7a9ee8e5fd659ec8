//! What a planned campaign means by mail: what the law asks before an unknown person is written to, whether a program
//! may send, whether the time suffices.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict, answer_probability};

use super::Rules;

pub(super) fn review(rules: &Rules, brief: &Brief) -> Vec<Remark> {
    let mut remarks = vec![time(rules, brief)];
    if 0.0 < brief.strangers_per_week {
        remarks.push(strangers(brief));
    }
    if brief.automated {
        remarks.push(automated(brief));
    }
    remarks
}

/// Adds up the minutes of a week: writing, and answering those who answer. Posts have no place in mail.
fn time(rules: &Rules, brief: &Brief) -> Remark {
    let answers = brief.strangers_per_week * answer_probability(1.0, 1.0);
    let found = (brief.strangers_per_week + brief.messages_per_week) * rules.write_minutes
        + answers * rules.answer_minutes;
    let limit = brief.minutes_per_week.get();
    let (verdict, en, de) = if found <= limit {
        (Verdict::Ok, "The time suffices", "Die Zeit reicht")
    } else {
        (
            Verdict::Warn,
            "The time does not suffice: plan fewer letters or more minutes",
            "Die Zeit reicht nicht: Plane weniger Briefe oder mehr Minuten ein",
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

/// Advertising by mail needs consent beforehand (section 7 (2) no. 2 UWG, <https://lxgesetze.de/uwg/7>).
fn strangers(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.strangers_per_week,
        limit: 0.0,
        text: text(
            "In Germany advertising by mail is unlawful without express consent beforehand, also to organisations (section 7 UWG, lxgesetze.de/uwg/7); other countries of the EU have similar laws. Write to people you know, or ask for consent on another way.".to_owned(),
            "Werbung per Mail ist in Deutschland ohne vorherige ausdrückliche Einwilligung unzulässig, auch gegenüber Organisationen (§ 7 UWG, lxgesetze.de/uwg/7); andere Länder der EU haben ähnliche Gesetze. Schreibe Leuten, die du kennst, oder frage auf anderem Weg um Einwilligung.".to_owned(),
        ),
    }
}

/// A program may send mail; providers hold it against the daily limit and shut out who sends what nobody wants.
fn automated(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: "sent-per-day".to_owned(),
        found: (brief.strangers_per_week + brief.messages_per_week) / 7.0,
        limit: 500.0,
        text: text(
            "Providers limit what a mailbox sends a day and shut out who sends unwanted mail (support.google.com/a/answer/166852). A letter that a program wrote is a circular and keeps no relationship alive.".to_owned(),
            "Anbieter begrenzen, was ein Postfach am Tag sendet, und sperren, wer Unerwünschtes verschickt (support.google.com/a/answer/166852). Ein Brief, den ein Programm schrieb, ist ein Rundbrief und hält keine Beziehung wach.".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

//! What can be said of a planned campaign where the platform is not known: whether the time suffices, and what to look up.

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

/// Adds up the minutes of a week: approaching, and answering those who answer. Where posts cost anything is not known.
fn time(rules: &Rules, brief: &Brief) -> Remark {
    let answers = brief.strangers_per_week * answer_probability(1.0, 1.0);
    let found = (brief.strangers_per_week + brief.messages_per_week) * rules.approach_minutes
        + answers * rules.answer_minutes;
    let limit = brief.minutes_per_week.get();
    let (verdict, en, de) = if found <= limit {
        (Verdict::Ok, "The time suffices", "Die Zeit reicht")
    } else {
        (
            Verdict::Warn,
            "The time does not suffice: plan fewer contacts or more minutes",
            "Die Zeit reicht nicht: Plane weniger Kontakte oder mehr Minuten ein",
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

/// How many unknown people one may address depends on where; the laws on advertising hold everywhere
/// (section 7 UWG, <https://lxgesetze.de/uwg/7>).
fn strangers(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.strangers_per_week,
        limit: 0.0,
        text: text(
            "A table does not say which rules hold where these people are. In Germany advertising by phone and mail needs consent beforehand (section 7 UWG, lxgesetze.de/uwg/7). Look the rules up before you address strangers.".to_owned(),
            "Eine Tabelle sagt nicht, welche Regeln dort gelten, wo diese Leute sind. In Deutschland braucht Werbung per Telefon und Mail vorher eine Einwilligung (§ 7 UWG, lxgesetze.de/uwg/7). Schlag die Regeln nach, bevor du Fremde ansprichst.".to_owned(),
        ),
    }
}

/// Whether a program may act depends on where.
fn automated(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.strangers_per_week + brief.messages_per_week,
        limit: 0.0,
        text: text(
            "A table does not say whether programs may act where these people are; many platforms forbid it. Look the rules up, or let people do it.".to_owned(),
            "Eine Tabelle sagt nicht, ob dort Programme handeln dürfen, wo diese Leute sind; viele Plattformen verbieten es. Schlag die Regeln nach oder überlass es Menschen.".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

//! What a planned campaign means on GitHub: what a program may not do, what strangers take for spam, whether the time
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
    let found = (brief.posts_per_week + brief.strangers_per_week) * rules.review_minutes
        + brief.messages_per_week * rules.mention_minutes
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

/// The acceptable use policies, section 4, allow programs and forbid automated excessive bulk activity
/// (<https://docs.github.com/en/site-policy/acceptable-use-policies/github-acceptable-use-policies>).
fn automated(brief: &Brief) -> Remark {
    let found = brief.posts_per_week + brief.strangers_per_week + brief.messages_per_week;
    let verdict = if 0.0 < brief.strangers_per_week { Verdict::Stop } else { Verdict::Warn };
    Remark {
        verdict,
        norm: String::new(),
        found,
        limit: 0.0,
        text: text(
            "Automated bulk activity, such as starring, following or writing to strangers, is forbidden (docs.github.com, Acceptable Use Policies, section 4); let a program work in your own repositories only, under an account that says so.".to_owned(),
            "Automatische Massenaktivität, etwa Sterne, Folgen oder Schreiben an Fremde, ist verboten (docs.github.com, Acceptable Use Policies, Abschnitt 4); lass ein Programm nur in eigenen Repositorys arbeiten, unter einem Konto, das sich als solches zeigt.".to_owned(),
        ),
    }
}

/// Strangers are won by what helps their work; promotion in other people's repositories is what the same policies
/// call spam.
fn strangers(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.strangers_per_week,
        limit: 0.0,
        text: text(
            "Comments to strangers that promote something count as spam (docs.github.com, Acceptable Use Policies, section 4). Write only where it helps their work.".to_owned(),
            "Kommentare an Fremde, die für etwas werben, gelten als Spam (docs.github.com, Acceptable Use Policies, Abschnitt 4). Schreib nur, wo es ihrer Arbeit hilft.".to_owned(),
        ),
    }
}

/// The platform has no private messages; what is written to somebody is read by everybody who can see the repository.
fn messages(brief: &Brief) -> Remark {
    Remark {
        verdict: Verdict::Warn,
        norm: String::new(),
        found: brief.messages_per_week,
        limit: 0.0,
        text: text(
            "There are no private messages here: what is meant as one stands in an issue for all to read. Plan questions by name, or write a mail.".to_owned(),
            "Private Nachrichten gibt es hier nicht: Was so gemeint ist, steht in einem Issue für alle lesbar. Plane namentliche Fragen, oder schreib eine Mail.".to_owned(),
        ),
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

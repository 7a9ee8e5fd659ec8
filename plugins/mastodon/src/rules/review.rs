//! What a planned campaign means on Mastodon: whether the time suffices for what it stirs up, and who posts it.
//!
//! Servers publish no number of strangers one may address; what limits it in practice is that whoever answers wants
//! to be answered. So the week is added up in minutes instead of being held against an invented limit.

use rin_plugin::prelude::{Brief, Remark, Text, Verdict, answer_probability};

use super::Rules;

/// 300 requests in five minutes, <https://docs.joinmastodon.org/api/rate-limits/>.
const REQUESTS_A_DAY: f64 = 86_400.0;

pub(super) fn review(rules: &Rules, brief: &Brief) -> Vec<Remark> {
    let mut remarks = vec![time(rules, brief)];
    let actions = brief.posts_per_week + brief.strangers_per_week + brief.messages_per_week;
    let per_day = actions / 7.0;
    if REQUESTS_A_DAY < per_day {
        remarks.push(Remark {
            verdict: Verdict::Stop,
            norm: "requests".to_owned(),
            found: per_day,
            limit: REQUESTS_A_DAY,
            text: text(
                "A server answers at most 86,400 requests of one account a day. Plan less.".to_owned(),
                "Ein Server beantwortet höchstens 86.400 Anfragen eines Kontos am Tag. Plane weniger.".to_owned(),
            ),
        });
    }
    if brief.automated {
        remarks.push(automated(brief));
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
                "Programs must not address people who did not ask for it; many servers suspend such accounts. Let people write first contacts and messages.".to_owned(),
                "Programme dürfen niemanden ungefragt ansprechen; viele Server sperren solche Konten. Lass Menschen Erstkontakte und Nachrichten schreiben.".to_owned(),
            )
        } else {
            text(
                "An account that posts by program is marked as automated in its profile settings; read the rules of your server first.".to_owned(),
                "Ein Konto, das per Programm postet, wird in den Profileinstellungen als automatisiert gekennzeichnet; lies zuerst die Regeln deines Servers.".to_owned(),
            )
        },
    }
}

fn text(en: String, de: String) -> Text {
    Text { en, de }
}

//! Why a line stands in the plan, with the dated facts behind it.

use jiff::tz::TimeZone;
use rin_core::Facts;

use crate::Lang;

/// Fills the figures into a strategy's sentence: `{days}`, `{contacts}`, `{alive}`, `{lapse}`.
pub(crate) fn fill(template: &str, facts: &Facts, lang: Lang, zone: &TimeZone) -> String {
    template
        .replace("{days}", &format!("{:.0}", facts.silence_days))
        .replace("{contacts}", &facts.contact_days.to_string())
        .replace("{alive}", &format!("{:.0}", 100.0 * facts.alive))
        .replace("{lapse}", &lang.date(facts.lapse, zone))
}

/// Says what the line rests on, in one sentence.
pub(crate) fn facts(facts: &Facts, lang: Lang, zone: &TimeZone) -> String {
    let days = lang.count(
        u64::from(facts.contact_days),
        ("day of contact", "Tag mit Kontakt"),
        ("days of contact", "Tage mit Kontakt"),
    );
    let last = facts.last.map_or_else(String::new, |last| {
        let date = lang.date(last, zone);
        lang.pick(format!(", last {date}"), format!(", zuletzt {date}"))
    });
    let open = facts.open_since.map_or_else(String::new, |since| {
        let date = lang.date(since, zone);
        lang.pick(format!("; waiting since {date}"), format!("; wartet seit {date}"))
    });
    let (now, after) = (Lang::percent(facts.alive), Lang::percent(facts.alive_after));
    let effect = Lang::percent(facts.effect);
    let chance = lang.pick(
        format!("alive {now}, after a contact {after} (chance of one: {effect})"),
        format!("lebendig {now}, nach einem Kontakt {after} (Chance darauf: {effect})"),
    );
    format!("{chance}; {}; {days}{last}{open}", lapse(facts, lang, zone))
}

fn lapse(facts: &Facts, lang: Lang, zone: &TimeZone) -> String {
    let date = lang.date(facts.lapse, zone);
    if facts.has_lapsed {
        lang.pick(format!("lapsed {date}"), format!("verfallen seit {date}"))
    } else {
        lang.pick(format!("lapses {date}"), format!("verfällt {date}"))
    }
}

//! What a report says in sentences: the balance, the effort, and what the figures do not cover.

use super::ReportView;
use crate::{BalanceView, Lang};

/// Returns what it says, and what it cannot say.
pub(super) fn told(view: &ReportView, lang: Lang) -> (Vec<String>, Vec<String>) {
    let mut said = Vec::new();
    said.extend(view.whole.as_ref().map(|whole| balance(whole, view, lang)));
    said.extend(view.whole.as_ref().and_then(|whole| kept(whole, lang)));
    said.push(effort(view, lang));
    (said, unknown(view, lang))
}

fn balance(whole: &BalanceView, view: &ReportView, lang: Lang) -> String {
    let (before, alive) = (whole.before, whole.alive);
    let end = last_day(if view.is_partial {
        std::cmp::min(&view.known_until, &view.until)
    } else {
        &view.until
    });
    let end = lang.shown(&end);
    let trend = match alive.cmp(&before) {
        std::cmp::Ordering::Less => {
            let fewer = before - alive;
            lang.pick(format!("{fewer} fewer than"), format!("{fewer} weniger als"))
        }
        std::cmp::Ordering::Equal => lang.pick("as many as", "so viele wie").to_owned(),
        std::cmp::Ordering::Greater => {
            let more = alive - before;
            lang.pick(format!("{more} more than"), format!("{more} mehr als"))
        }
    };
    let (won, revived, lost) = (whole.won, whole.revived, whole.lost);
    let (en, de) = match whole.into_sight {
        0 => (String::new(), String::new()),
        n => (format!(", {n} come into sight"), format!(", {n} in Sicht gekommen")),
    };
    lang.pick(
        format!(
            "On {end}, {alive} relationships were alive, {trend} at the beginning: {won} won, {revived} taken up again, {lost} lost{en}."
        ),
        format!(
            "Am {end} waren {alive} Beziehungen lebendig, {trend} zu Beginn: {won} gewonnen, {revived} wieder aufgenommen, {lost} verloren{de}."
        ),
    )
}

/// Says how many of those won are still there.
fn kept(whole: &BalanceView, lang: Lang) -> Option<String> {
    let (won, alive) = (whole.won, whole.won_alive);
    (0 < won).then(|| {
        lang.pick(
            format!("Of the {won} won, {alive} are alive today, as far as the sources reach."),
            format!(
                "Von den {won} Gewonnenen leben heute noch {alive}, so weit die Quellen reichen."
            ),
        )
    })
}

fn effort(view: &ReportView, lang: Lang) -> String {
    let effort = &view.effort;
    let budget = effort.budget_minutes.map(|minutes| lang.number(minutes.round()));
    let of = budget.map_or_else(String::new, |budget| {
        lang.pick(format!(" of {budget} budgeted"), format!(" von {budget} vorgesehenen"))
    });
    let Some(minutes) = effort.minutes else {
        return lang
            .pick(
                "Nothing was ever marked as done, so the time spent is not known.",
                "Noch nie wurde etwas als erledigt gemeldet; die aufgewendete Zeit ist nicht bekannt.",
            )
            .to_owned();
    };
    let minutes = lang.number(minutes);
    let lines = lang.count(effort.lines as u64, ("action", "Handlung"), ("actions", "Handlungen"));
    let parties = lang.count(effort.parties as u64, ("party", "Partei"), ("parties", "Parteien"));
    lang.pick(
        format!("{minutes} minutes{of} were spent on {lines} for {parties}."),
        format!("{minutes} Minuten{of} gingen in {lines} für {parties}."),
    )
}

fn unknown(view: &ReportView, lang: Lang) -> Vec<String> {
    let (since, until) = (lang.shown(&view.known_since), lang.shown(&last_day(&view.known_until)));
    let mut unknown = Vec::new();
    if view.whole.is_none() {
        unknown.push(lang.pick(
            format!("The sources of all accounts together tell everything from {since} to {until} only: nothing is known of {}.", view.title),
            format!("Die Quellen aller Konten zusammen zeigen nur die Zeit vom {since} bis {until} vollständig: über {} ist nichts bekannt.", view.title),
        ));
    } else if view.is_partial {
        unknown.push(lang.pick(
            format!("The sources tell everything from {since} to {until} only: the figures are those of that part."),
            format!("Die Quellen zeigen nur die Zeit vom {since} bis {until} vollständig: die Zahlen gelten für diesen Teil."),
        ));
    }
    if view.whole.is_some_and(|whole| 0 < whole.into_sight) {
        unknown.push(lang.pick(
            format!("Who was met within half a year of {since} may have been known before and is not called won."),
            format!("Wer binnen eines halben Jahres nach dem {since} zuerst gesehen wurde, kann vorher bekannt gewesen sein und gilt nicht als gewonnen."),
        ));
    }
    unknown
}

/// Returns the day before one in ISO 8601; anything else as it is.
pub(super) fn last_day(until: &str) -> String {
    let date: Option<jiff::civil::Date> = until.parse().ok();
    let before = date.and_then(|date| date.yesterday().ok());
    before.map_or_else(|| until.to_owned(), |date| date.to_string())
}

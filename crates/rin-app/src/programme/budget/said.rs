//! What a budget keeps alive in sentences of both languages.

use super::{BudgetPointView, BudgetView, KeepView, STEP_MINUTES};
use crate::{
    EstimateView, Lang, SimulateError,
    simulate::{LUCK, TOO_SHORT},
    touch,
};

/// Less than this is shown as zero.
const SHOWN: f64 = 0.05;

/// Says why nothing can be said, and what to do about it.
pub(super) fn unknown(error: &SimulateError, lang: Lang) -> String {
    let (why, remedy) = (error.message(lang), error.remedy());
    let remedy = lang.text(&remedy);
    lang.pick(
        format!("What the budget keeps alive is unknown: {why}. {remedy}"),
        format!("Was das Budget am Leben hält, ist unbekannt: {why}. {remedy}"),
    )
}

/// Returns what it means.
pub(super) fn sentences(view: &BudgetView, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(at) = view.curve.iter().position(|point| point.is_budget) {
        said.extend(view.curve.get(at).map(|now| kept(view, now, lang)));
        said.extend(changes(&view.curve, at, lang));
    } else if view.minutes_a_week.is_none() {
        said.push(
            lang.pick(
                "There is no budget to ask about: no period runs or is to come.",
                "Es gibt kein Budget, nach dem zu fragen wäre: Kein Zeitraum läuft oder kommt noch.",
            )
            .to_owned(),
        );
    } else {
        said.push(nobody(view, lang));
    }
    said.extend(view.keep.as_ref().map(|keep| to_keep(view, keep, lang)));
    said
}

fn nobody(view: &BudgetView, lang: Lang) -> String {
    let n = view.parties;
    lang.pick(
        format!("What the budget keeps alive is unknown: of {n} relationships on its platforms none was heard of twice and within the time that is planned for. Import a newer export."),
        format!("Was das Budget am Leben hält, ist unbekannt: Von {n} Beziehungen auf seinen Plattformen ist keine zweimal und in der Zeit belegt, für die geplant wird. Einen neueren Export einlesen."),
    )
}

fn kept(view: &BudgetView, now: &BudgetPointView, lang: Lang) -> String {
    let (ties, minutes) = (view.ties, lang.number(now.minutes_a_week));
    let alive = with_range(&now.alive, lang);
    let gained = with_range(&now.gained, lang);
    if now.minutes_a_week <= 0.0 {
        return lang.pick(
            format!("Of {ties} ties {alive} are expected to be alive after a year; nobody has minutes to keep more."),
            format!("Von {ties} Beziehungen leben nach einem Jahr voraussichtlich {alive}; niemand hat Minuten, um mehr zu erhalten."),
        );
    }
    lang.pick(
        format!("Of {ties} ties the {minutes} minutes a week are expected to leave {alive} alive after a year: {gained} more than if nobody acts."),
        format!("Von {ties} Beziehungen leben nach einem Jahr mit den {minutes} Minuten je Woche voraussichtlich {alive}: {gained} mehr, als wenn niemand etwas tut."),
    )
}

/// Says what half an hour a week more and less would change.
fn changes(curve: &[BudgetPointView], at: usize, lang: Lang) -> Option<String> {
    let more = curve.get(at + 1)?;
    let less = at.checked_sub(1).and_then(|at| curve.get(at));
    let less = less.filter(|less| 0.0 < less.minutes_a_week);
    let (step, more) = (lang.number(STEP_MINUTES), change(&more.changed, lang));
    let Some(less) = less.map(|less| change(&less.changed, lang)) else {
        return Some(lang.pick(
            format!("{step} minutes a week more would keep {more}."),
            format!("{step} Minuten mehr je Woche erhielten {more}."),
        ));
    };
    Some(lang.pick(
        format!("{step} minutes a week more would keep {more}; {step} less, {less}."),
        format!("{step} Minuten mehr je Woche erhielten {more}; {step} weniger {less}."),
    ))
}

fn change(changed: &EstimateView, lang: Lang) -> String {
    if changed.value.abs() < SHOWN {
        return lang.pick("as many", "ebenso viele").to_owned();
    }
    let chance = changed.interval.is_none_or(|range| range.low <= 0.0 && 0.0 <= range.high);
    let chance =
        if chance { lang.pick(", which may be chance", ", was Zufall sein kann") } else { "" };
    if changed.value < 0.0 {
        let fewer = EstimateView {
            value: -changed.value,
            interval: changed
                .interval
                .map(|range| crate::IntervalView { low: -range.high, high: -range.low }),
        };
        let fewer = with_range(&fewer, lang);
        return format!("{fewer} {}{chance}", lang.pick("fewer", "weniger"));
    }
    format!("{} {}{chance}", with_range(changed, lang), lang.pick("more", "mehr"))
}

fn to_keep(view: &BudgetView, keep: &KeepView, lang: Lang) -> String {
    let (segment, parties) = (&keep.segment, keep.parties);
    let ties = lang.count(keep.ties as u64, ("tie", "Beziehung"), ("ties", "Beziehungen"));
    let wanted = Lang::percent(keep.wanted);
    let (Some(reached), Some(without)) = (keep.reached, keep.without) else {
        return lang.pick(
            format!("What it takes to keep {segment} is unknown: of {parties} in it nobody was heard of twice and within the time that is planned for."),
            format!("Was es braucht, um {segment} zu halten, ist unbekannt: Von {parties} darin ist niemand zweimal und in der Zeit belegt, für die geplant wird."),
        );
    };
    let alone = share(&without, lang);
    let Some(minutes) = keep.minutes_a_week else {
        let most = share(&reached, lang);
        return lang.pick(
            format!("Minutes alone do not keep {wanted} of the {ties} in {segment}: even a contact with each every fortnight leaves {most} alive after a year, and without any it is {alone}."),
            format!("Minuten allein erhalten nicht {wanted} der {ties} in {segment}: Selbst bei einem Kontakt mit jeder alle zwei Wochen leben nach einem Jahr {most}, ohne jeden {alone}."),
        );
    };
    if minutes <= 0.0 {
        return lang.pick(
            format!("Keeping {wanted} of the {ties} in {segment} takes no minutes: {alone} are expected to be alive after a year if nobody acts."),
            format!("{wanted} der {ties} in {segment} zu halten braucht keine Minuten: Nach einem Jahr leben voraussichtlich {alone}, auch wenn niemand etwas tut."),
        );
    }
    // Rounded up: less would not be enough.
    let minutes = lang.number(minutes.ceil());
    let has = view.minutes_a_week.map_or_else(String::new, |has| {
        let has = lang.number(has);
        lang.pick(
            format!("; for everybody the programme has {has}"),
            format!("; für alle hat das Programm {has}"),
        )
    });
    lang.pick(
        format!("To keep {wanted} of the {ties} in {segment} alive for a year takes {minutes} minutes a week for them alone{has}. If nobody acts it is {alone}."),
        format!("{wanted} der {ties} in {segment} ein Jahr lang zu halten braucht {minutes} Minuten je Woche für sie allein{has}. Wenn niemand etwas tut, sind es {alone}."),
    )
}

/// Returns what else is to be known of the figures.
pub(super) fn notes(view: &BudgetView, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    let kept = view.keep.as_ref().filter(|keep| keep.reached.is_some());
    if view.curve.is_empty() && kept.is_none() {
        return notes;
    }
    notes.extend(view.start.as_ref().map(|start| {
        let start = lang.shown(start);
        lang.pick(
            format!("The year begins on {start}, where the sources end."),
            format!("Das Jahr beginnt am {start}, wo die Quellen enden."),
        )
    }));
    notes.push(contact(view, lang));
    if view.is_learned == Some(false) {
        notes.push(lang.pick(TOO_SHORT.0, TOO_SHORT.1).to_owned());
    }
    if !view.curve.is_empty() {
        notes.extend(left_out(view.parties, view.ties, "", lang));
        notes.extend(sampled(view.sample, view.ties, "", lang));
    }
    if let Some(keep) = kept {
        let of = format!("{}: ", keep.segment);
        notes.extend(left_out(keep.parties, keep.ties, &of, lang));
        notes.extend(sampled(keep.sample, keep.ties, &of, lang));
    }
    notes.push(lang.pick(LUCK.0, LUCK.1).to_owned());
    notes
}

fn contact(view: &BudgetView, lang: Lang) -> String {
    let touch = touch::said(view.minutes_a_touch, view.is_touch_known, lang);
    lang.pick(
        format!("{touch}, and nobody is written to more often than every fortnight."),
        format!("{touch}, und niemandem wird öfter als alle zwei Wochen geschrieben."),
    )
}

fn left_out(parties: usize, ties: usize, of: &str, lang: Lang) -> Option<String> {
    let n = parties.checked_sub(ties).filter(|n| 0 < *n)?;
    Some(lang.pick(
        format!("{of}{n} of {parties} were heard of but once or have been silent for too long to be planned for, and are left out."),
        format!("{of}{n} von {parties} sind nur einmal belegt oder schweigen zu lange, um für sie zu planen; sie fehlen hier."),
    ))
}

fn sampled(sample: usize, ties: usize, of: &str, lang: Lang) -> Option<String> {
    (sample < ties).then(|| {
        lang.pick(
            format!("{of}So many ties that a sample is lived through, {sample} of {ties}, with its share of the minutes; figures are for all, and its own chance is not in the intervals."),
            format!("{of}So viele Beziehungen, dass eine Stichprobe reichen muss, {sample} von {ties}, mit ihrem Teil der Minuten; die Zahlen gelten für alle, und ihr eigener Zufall steckt nicht in den Bereichen."),
        )
    })
}

fn with_range(estimate: &EstimateView, lang: Lang) -> String {
    let value = lang.number(estimate.value);
    let range = estimate.interval.map(|range| (lang.number(range.low), lang.number(range.high)));
    ranged(&value, range, lang)
}

fn share(estimate: &EstimateView, lang: Lang) -> String {
    let range = estimate.interval.map(|range| (lang.share(range.low), lang.share(range.high)));
    ranged(&lang.share(estimate.value), range, lang)
}

fn ranged(value: &str, range: Option<(String, String)>, lang: Lang) -> String {
    match range {
        Some((low, high)) if low != value || high != value => {
            lang.pick(format!("{value} ({low} to {high})"), format!("{value} ({low} bis {high})"))
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests;

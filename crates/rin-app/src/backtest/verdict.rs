//! What a back-test means, in sentences for somebody who has never heard of an AUC.
//!
//! The area under the curve is told as what it is: the share of pairs, one tie that went on and one that did not, that
//! a forecast put in the right order. Where chance could explain a difference the sentence says so, and where too few
//! ties went either way there is no verdict at all.

use rin_core::{Backtest, Compared, Difference, ForecastResult, Metric, ReliabilityRow, wilson};

use super::{
    Past, REFERENCE,
    methods::{REMINDER, label},
};
use crate::Lang;

/// Ties that must have gone on, and as many that must not have, before anything is said of who was right.
const LEAST: usize = 10;
/// Lapses of which fewer are not worth a comparison.
const LEAST_LAPSES: usize = 5;
/// What a calibration is shown by: the group given about as much.
const SHOWN: f64 = 0.7;
/// So near, as a share of what came, is near enough whatever chance says.
const CLOSE: f64 = 0.05;
/// A group of fewer ties shows nothing.
const LEAST_GROUP: usize = 10;

/// Whether there was enough to say which forecast is better.
pub(super) const fn is_enough(result: &Backtest) -> bool {
    LEAST <= result.contacts && LEAST <= result.ties - result.contacts
}

/// Returns the verdict.
pub(super) fn sentences(result: &Backtest, past: &Past, lang: Lang) -> Vec<String> {
    if !is_enough(result) {
        return vec![too_little(result, lang)];
    }
    let find = |name: &str| result.pooled.iter().find(|one| one.name == name);
    let (Some(rin), Some(reminder)) = (find(REFERENCE), find(REMINDER)) else { return Vec::new() };
    let mut said = vec![warnings(rin, reminder, past.is_own, lang)];
    let asked = lang
        .pick("Asked which of two ties goes on", "Gefragt, welche von zwei Beziehungen weitergeht");
    said.extend(order(asked, Metric::Auc, (rin, reminder), lang));
    if past.egos.is_none() {
        let asked = lang.pick(
            "Asked so of two ties of one person",
            "So gefragt nach zwei Beziehungen einer Person",
        );
        said.extend(order(asked, Metric::AucPerEgo, (rin, reminder), lang));
    }
    said.push(best(result, lang));
    said.extend(calibration(rin, lang));
    said
}

fn too_little(result: &Backtest, lang: Lang) -> String {
    let (ties, contacts) = (result.ties, result.contacts);
    let silent = ties - contacts;
    lang.pick(
        format!("Too little past to tell: of {ties} ties tested {contacts} were heard of again and {silent} were not; needs at least {LEAST} of each."),
        format!("Zu wenig Vergangenheit für ein Urteil: von {ties} geprüften Beziehungen kam bei {contacts} wieder Kontakt, bei {silent} nicht; nötig sind je mindestens {LEAST}."),
    )
}

/// Says how many lapses ours and a plain reminder would have warned of.
fn warnings(rin: &ForecastResult, reminder: &ForecastResult, is_own: bool, lang: Lang) -> String {
    let lapses = rin.warnings.lapses;
    if lapses < LEAST_LAPSES {
        return lang.pick(
            format!("Only {lapses} ties lapsed that had been alive: too few to compare warnings."),
            format!("Nur {lapses} Beziehungen verfielen, die lebendig gewesen waren: zu wenige, um Warnungen zu vergleichen."),
        );
    }
    let (ours, theirs) = (whole(rin.warnings.hits), whole(reminder.warnings.hits));
    let chance = whole(rin.warnings.hits_by_chance());
    let past = match (lang, is_own) {
        (Lang::En, true) => "On your past",
        (Lang::En, false) => "In this log",
        (Lang::De, true) => "In deiner Vergangenheit",
        (Lang::De, false) => "In diesem Log",
    };
    lang.pick(
        format!("{past}, Rin would have warned of {ours} of {lapses} lapses; simple reminders (days since) of {theirs}, drawing lots of {chance}, with as many warnings each."),
        format!("{past} hätte Rin bei {ours} von {lapses} Beziehungen gewarnt, die dann verfielen; einfache Erinnerungen (Tage seit Kontakt) bei {theirs}, das Los bei {chance}, mit je gleich vielen Warnungen."),
    )
}

/// Says how often ours and a plain reminder told apart who goes on.
fn order(
    asked: &str,
    metric: Metric,
    (rin, reminder): (&ForecastResult, &ForecastResult),
    lang: Lang,
) -> Option<String> {
    let ours = rin.get(metric)?.value?;
    let theirs = reminder.get(metric)?;
    let (ours, compared) = (whole(100.0 * ours), theirs.compared);
    let theirs = whole(100.0 * theirs.value?);
    let is = match compared.map(|compared| compared.is) {
        None => "",
        Some(Difference::Worse) => lang
            .pick("; the difference is more than chance", "; der Unterschied ist mehr als Zufall"),
        Some(Difference::Better) => lang.pick(
            "; reminders were better, by more than chance",
            "; Erinnerungen waren besser, um mehr als Zufall",
        ),
        Some(Difference::Noise) => {
            lang.pick("; the difference may be chance", "; der Unterschied kann Zufall sein")
        }
    };
    Some(lang.pick(
        format!("{asked}, Rin was right {ours} times in 100, reminders {theirs} times{is}."),
        format!("{asked}, lag Rin in {ours} von 100 Fällen richtig, Erinnerungen in {theirs}{is}."),
    ))
}

/// Says whether anything was better than ours.
fn best(result: &Backtest, lang: Lang) -> String {
    let compared = |one: &ForecastResult| one.get(Metric::Auc).and_then(|auc| auc.compared);
    let others = result.pooled.iter().filter_map(|one| Some((one, compared(one)?)));
    let count = |is| others.clone().filter(|(_, compared)| compared.is == is).count();
    let (worse, noise) = (count(Difference::Worse), count(Difference::Noise));
    let all = others.clone().count();
    let better = others.clone().filter(|(_, compared)| compared.is == Difference::Better);
    // Of equals the first, which is the simplest.
    let best = better.rev().max_by(|(_, a), (_, b)| by(a).total_cmp(&by(b)));
    if let Some((best, _)) = best {
        let value = best.get(Metric::Auc).and_then(|auc| auc.value).unwrap_or_default();
        let (name, value) = (label(&best.name, lang), whole(100.0 * value));
        return lang.pick(
            format!(
                "Better than Rin here was {name}: right {value} times in 100, by more than chance."
            ),
            format!(
                "Besser als Rin war hier {name}: in {value} von 100 Fällen richtig, und das ist mehr als Zufall."
            ),
        );
    }
    if all == 0 {
        return lang.pick(
            "Whether the differences are more than chance was not asked: --replicates 200 does.",
            "Ob die Unterschiede mehr als Zufall sind, wurde nicht gefragt: --replicates 200 tut es.",
        ).to_owned();
    }
    lang.pick(
        format!("Of {all} other methods none was better by more than chance; {worse} were worse, {noise} too close to tell."),
        format!("Von {all} anderen Verfahren war keines um mehr als Zufall besser; {worse} waren schlechter, {noise} zu nah für ein Urteil."),
    )
}

const fn by(compared: &Compared) -> f64 {
    compared.by
}

/// Says what became of the ties that were given about [`SHOWN`], and whether percentages can be taken at their word.
fn calibration(rin: &ForecastResult, lang: Lang) -> Option<String> {
    let rows = rin.reliability.iter();
    let off = |predicted: f64| (predicted - SHOWN).abs();
    let shown = rows
        .clone()
        .filter(|row| LEAST_GROUP <= row.ties)
        .min_by(|a, b| off(a.predicted).total_cmp(&off(b.predicted)))?;
    let is_inside =
        |row: &&ReliabilityRow| row.interval.0 <= row.predicted && row.predicted <= row.interval.1;
    let (all, inside) = (rows.clone().count(), rows.clone().filter(is_inside).count());
    let sum = |of: fn(&ReliabilityRow) -> f64| {
        rows.clone().map(|row| of(row) * to_f64(row.ties)).sum::<f64>()
    };
    let (ties, contacts) = (sum(|_| 1.0), sum(|row| row.observed));
    let (mean, came) = (sum(|row| row.predicted) / ties, contacts / ties);
    let (low, high) = wilson(contacts, ties);
    let (said, seen) = (lang.share(shown.predicted), lang.share(shown.observed));
    let first = lang.pick(
        format!("Of {} ties it gave about {said}, {seen} were heard of again", shown.ties),
        format!(
            "Von {} Beziehungen, denen es rund {said} gab, kam bei {seen} wieder Kontakt",
            shown.ties
        ),
    );
    let is_fit = (low <= mean && mean <= high) || (mean - came).abs() <= CLOSE * came;
    let rest = if is_fit {
        lang.pick(
            format!("what it said fits what came on the whole and in {inside} of {all} such groups."),
            format!("das Gesagte passt zum Eingetroffenen im Ganzen und in {inside} von {all} solchen Gruppen."),
        )
    } else {
        let way = if mean < came { ("low", "niedrig") } else { ("high", "hoch") };
        let (mean, came) = (lang.share(mean), lang.share(came));
        lang.pick(
            format!("on the whole its percentages were too {}: {mean} said, {came} came.", way.0),
            format!("im Ganzen waren seine Prozente zu {}: {mean} gesagt, {came} gekommen.", way.1),
        )
    };
    Some(format!("{first}; {rest}"))
}

/// Returns a number as a whole one.
fn whole(number: f64) -> String {
    format!("{number:.0}")
}

#[expect(clippy::cast_precision_loss, reason = "far fewer ties than 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

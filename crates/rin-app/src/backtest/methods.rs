//! What is put on the scales: our forecasts, rules of thumb, other products' scores and the models of the literature.

use rin_core::{
    BgNbd, CommonLaw, Forecast, Hawkes, LawPrior, OwnK, OwnLaw, ParetoNbd, SqrtRule, baselines,
};

use crate::Lang;

/// The plainest rule anybody uses, with which ours is compared in words.
pub(super) const REMINDER: &str = "days since";

/// Returns fresh forecasts, ours first.
pub(super) fn all(k: Option<f64>) -> Vec<Box<dyn Forecast>> {
    let prior = k.map_or_else(LawPrior::default, LawPrior::of_platform);
    let rule = k.map_or_else(SqrtRule::default, |k| SqrtRule { k });
    let mut all: Vec<Box<dyn Forecast>> = vec![
        Box::new(OwnLaw::new(prior)),
        Box::new(CommonLaw::new(&prior)),
        Box::new(rule),
        Box::new(OwnK::new(rule)),
    ];
    all.extend(baselines());
    all.push(Box::new(BgNbd::default()));
    all.push(Box::new(ParetoNbd::default()));
    all.push(Box::new(Hawkes::default()));
    all
}

/// Whether a forecast is one of ours.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with("rin") || name.starts_with('√')
}

/// Returns what people call a forecast.
pub(super) fn label(name: &str, lang: Lang) -> &str {
    let (en, de) = match name {
        "rin" => ("Rin", "Rin"),
        "rin, untrained" => ("Rin before learning", "Rin vor dem Lernen"),
        "√ rule" => ("√ rule", "√-Regel"),
        "√ rule, own k" => ("√ rule, own k", "√-Regel, eigenes k"),
        "reminder 30 d" => ("silent for 30 days", "30 Tage still"),
        "days since" => ("days since contact", "Tage seit Kontakt"),
        "count 90 d" => ("contact in 90 days", "Kontakt in 90 Tagen"),
        "own gap" => ("own rhythm", "eigener Takt"),
        "half-life 90 d" => ("half-life 90 days", "Halbwertszeit 90 T."),
        "half-life tuned" => ("half-life tuned", "eigene Halbwertszeit"),
        "bg/nbd" => ("BG/NBD", "BG/NBD"),
        "pareto/nbd" => ("Pareto/NBD", "Pareto/NBD"),
        "hawkes" => ("Hawkes", "Hawkes"),
        "orbit-like" => ("like Orbit", "wie Orbit"),
        "crowd.dev-like" => ("like crowd.dev", "wie crowd.dev"),
        "savannah-like" => ("like Savannah", "wie Savannah"),
        "pingcrm-like" => ("like PingCRM", "wie PingCRM"),
        "lifeos-like" => ("like LifeOS", "wie LifeOS"),
        other => (other, other),
    };
    lang.pick(en, de)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_a_name_people_read_and_ours_are_known() {
        let all = all(None);
        let names: Vec<&str> = all.iter().map(|one| one.name()).collect();
        assert_eq!(names[0], super::super::REFERENCE);
        assert!(names.contains(&REMINDER));
        let unnamed: Vec<&str> =
            names.iter().copied().filter(|name| label(name, Lang::De) == *name).collect();
        assert_eq!(unnamed, [""; 0]);
        assert_eq!(names.iter().filter(|name| is_ours(name)).count(), 4);
    }
}

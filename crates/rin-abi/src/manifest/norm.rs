//! One limit of a manifest: its rule by name, and a value that limits something.

use rin_core::{Norm, StrategyInfo};
use toml::Spanned;

use super::{
    Slip,
    check::{both, name, slip, text, unknown},
    shape::NormShape,
};
use crate::norms;

/// Rules by the names manifests use, with their numbers at the boundary.
const RULES: [(&str, u32); 5] = [
    ("cooldown-days", 1),
    ("per-day", 2),
    ("per-week", 3),
    ("max-unanswered", 4),
    ("max-length", 5),
];

/// Checks one limit against the kinds it may be about.
pub(super) fn norm(shape: NormShape, info: &StrategyInfo) -> Result<Norm, Slip> {
    let kinds = || info.kinds.iter().map(|kind| kind.id.as_str());
    for kind in &shape.kinds {
        if !kinds().any(|known| known == kind.get_ref()) {
            return Err(unknown(kind, "kind", kinds()));
        }
    }
    let rule = RULES.iter().find(|(name, _)| name == shape.rule.get_ref());
    let names = RULES.iter().map(|(name, _)| *name);
    let (rule_name, number) = rule.ok_or_else(|| unknown(&shape.rule, "rule", names))?;
    let value = *shape.value.get_ref();
    let no_limit = || {
        let allowed = match *rule_name {
            "cooldown-days" => "a number of days above 0",
            _ => "a whole number from 1 on",
        };
        slip(&shape.value.span(), format!("{value} is no limit: `{rule_name}` takes {allowed}"))
    };
    Ok(Norm {
        rule: norms::rule(*number, value).ok_or_else(no_limit)?,
        id: name(shape.id, "a norm")?,
        kinds: shape.kinds.into_iter().map(Spanned::into_inner).collect(),
        source: text(shape.source)?,
        text: both(shape.en, shape.de)?,
    })
}

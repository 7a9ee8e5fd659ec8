//! Limits that the user has set in place of a platform's own: `[plugin.mastodon.norms]` in `rin.toml`.
//!
//! A norm comes with a source for its number. The user's own number has the user for its source, and says so wherever it is
//! shown; it may be stricter or looser, since the account at stake is theirs. A key that is no norm of the plugin is refused.

use rin_core::{
    Batch, Brief, Norm, ProposalSink, Remark, Rule, Strategy, StrategyError, StrategyInfo,
    near_miss,
};
use rin_host::Found;

use crate::{Config, Lang};

/// The key in a plugin's section under which norms stand.
const KEY: &str = "norms";
/// What stands in the place of a source for the user's own number.
const SOURCE: &str = "rin.toml";

/// Why a norm in `rin.toml` cannot be used.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NormError {
    /// The plugin has no such norm.
    #[error("rin.toml: [plugin.{plugin}.norms]: there is no norm `{key}`{}", perhaps(nearest.as_deref(), known))]
    Unknown {
        /// The plugin.
        plugin: String,
        /// What stands there.
        key: String,
        /// What was probably meant.
        nearest: Option<String>,
        /// Those there are.
        known: Vec<String>,
    },
    /// What is set is no such limit.
    #[error("rin.toml: [plugin.{plugin}.norms]: {key} must be {range}, got {value}")]
    Value {
        /// The plugin.
        plugin: String,
        /// The norm.
        key: String,
        /// What is allowed.
        range: &'static str,
        /// What stands there.
        value: String,
    },
}

fn perhaps(nearest: Option<&str>, known: &[String]) -> String {
    match nearest {
        Some(nearest) => format!(", perhaps `{nearest}`"),
        None if known.is_empty() => String::new(),
        None => format!("; there are {}", known.join(", ")),
    }
}

/// Returns a plugin's section of `rin.toml`, by its id or its platform, of which the id has the last word: its parameters, and
/// apart from them its norms.
pub(super) fn section(found: &Found, config: &Config) -> (toml::Table, toml::Table) {
    let info = &found.manifest.info;
    let (mut params, mut norms) = (toml::Table::new(), toml::Table::new());
    for name in [&info.platform, &info.id] {
        let Some(section) = config.plugin.get(name) else { continue };
        for (key, value) in section {
            match value {
                toml::Value::Table(wishes) if key == KEY => norms.extend(wishes.clone()),
                _ => drop(params.insert(key.clone(), value.clone())),
            }
        }
    }
    (params, norms)
}

/// Returns norms with the user's own numbers in them.
pub(super) fn with_own(
    plugin: &str,
    norms: &[Norm],
    wishes: &toml::Table,
) -> Result<Vec<Norm>, NormError> {
    let mut all = norms.to_vec();
    for (key, value) in wishes {
        let Some(norm) = all.iter_mut().find(|norm| norm.id == *key) else {
            let known: Vec<String> = norms.iter().map(|norm| norm.id.clone()).collect();
            let nearest = near_miss(key, known.iter().map(String::as_str)).map(str::to_owned);
            return Err(NormError::Unknown {
                plugin: plugin.to_owned(),
                key: key.clone(),
                nearest,
                known,
            });
        };
        norm.rule = rule(norm.rule, value).ok_or_else(|| NormError::Value {
            plugin: plugin.to_owned(),
            key: key.clone(),
            range: match norm.rule {
                Rule::CooldownDays(_) => "a number of days from 0 to 36,500",
                _ => "a whole number from 0 to 1,000,000,000",
            },
            value: value.to_string(),
        })?;
        SOURCE.clone_into(&mut norm.source);
    }
    Ok(all)
}

/// Returns a rule of the same sort with another number; `None` if that is none.
fn rule(rule: Rule, value: &toml::Value) -> Option<Rule> {
    let number = value.as_float().or_else(|| value.as_integer().map(to_f64))?;
    let (sort, _) = rule.to_parts();
    let (is_whole, most) = match rule {
        Rule::CooldownDays(_) => (true, 36_500.0),
        _ => (number.fract().abs() < f64::EPSILON, 1e9),
    };
    let is_limit = is_whole && (0.0..=most).contains(&number);
    is_limit.then(|| Rule::from_parts(sort, number)).flatten()
}

#[expect(clippy::cast_precision_loss, reason = "a limit beyond 2⁵³ is refused anyway")]
const fn to_f64(number: i64) -> f64 {
    number as f64
}

/// Says which norms of a plugin the user has set, and what the plugin says itself; nothing if a key does not fit, which is told
/// elsewhere.
pub(super) fn told(found: &Found, config: &Config, lang: Lang) -> Vec<String> {
    let (platform, before) = (&found.manifest.info.platform, &found.manifest.norms);
    let (_, wishes) = section(found, config);
    let own = with_own(&found.manifest.info.id, before, &wishes).unwrap_or_default();
    let changed = own.iter().zip(before).filter(|(own, _)| wishes.contains_key(&own.id));
    changed
        .map(|(own, before)| {
            let (id, new, old) = (&own.id, own.rule.to_parts().1, before.rule.to_parts().1);
            let (new, old) = (lang.number(new), lang.number(old));
            lang.pick(
                format!("By your rin.toml, {platform}'s norm {id} is {new}; the plugin says {old}."),
                format!("Nach deiner rin.toml ist die Norm {id} von {platform} {new}; das Plugin sagt {old}."),
            )
        })
        .collect()
}

/// A strategy under the user's own limits.
pub(super) struct UnderOwnNorms {
    pub(super) strategy: Box<dyn Strategy>,
    pub(super) norms: Vec<Norm>,
}

impl Strategy for UnderOwnNorms {
    fn info(&self) -> &StrategyInfo {
        self.strategy.info()
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.strategy.propose(batch, sink)
    }

    fn norms(&self) -> &[Norm] {
        &self.norms
    }

    fn review(&mut self, brief: &Brief) -> Result<Vec<Remark>, StrategyError> {
        self.strategy.review(brief)
    }
}

#[cfg(test)]
mod tests {
    use rin_core::Text;

    use super::*;

    fn norm(id: &str, rule: Rule) -> Norm {
        let (kinds, source, text) = (Vec::new(), "https://a.example".into(), Text::default());
        Norm { id: id.into(), kinds, rule, source, text }
    }

    fn check(wishes: &str) -> Result<Vec<(Rule, String)>, String> {
        let norms =
            [norm("cooldown", Rule::CooldownDays(14.0)), norm("messages", Rule::PerWeek(5))];
        let own = with_own("org.rin.mastodon", &norms, &wishes.parse().unwrap());
        let own = own.map_err(|error| error.to_string())?;
        Ok(own.into_iter().map(|norm| (norm.rule, norm.source)).collect())
    }

    #[test]
    fn a_number_of_ones_own_takes_the_place_of_the_platforms_and_says_so() {
        let theirs = "https://a.example".to_owned();
        assert_eq!(
            check("messages = 2"),
            Ok(vec![(Rule::CooldownDays(14.0), theirs.clone()), (Rule::PerWeek(2), SOURCE.into())])
        );
        assert_eq!(
            check("cooldown = 10.5"),
            Ok(vec![(Rule::CooldownDays(10.5), SOURCE.into()), (Rule::PerWeek(5), theirs)])
        );
    }

    #[test]
    fn what_is_no_norm_or_no_limit_is_refused_with_what_may_stand_there() {
        let place = "rin.toml: [plugin.org.rin.mastodon.norms]:";
        for (wishes, expected) in [
            ("mesages = 2", "there is no norm `mesages`, perhaps `messages`"),
            ("length = 2", "there is no norm `length`; there are cooldown, messages"),
            ("messages = 2.5", "messages must be a whole number from 0 to 1,000,000,000, got 2.5"),
            ("messages = -1", "messages must be a whole number from 0 to 1,000,000,000, got -1"),
            ("cooldown = nan", "cooldown must be a number of days from 0 to 36,500, got nan"),
            (
                "cooldown = \"long\"",
                "cooldown must be a number of days from 0 to 36,500, got \"long\"",
            ),
        ] {
            assert_eq!(check(wishes), Err(format!("{place} {expected}")));
        }
    }
}

//! What the user has set in `rin.toml`, beside the store. Unknown keys are refused, never ignored.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use rin_core::ForecastModel;
use rin_host::Isolation;
use serde::Deserialize;

use crate::Lang;

/// The file's name.
pub(crate) const FILE: &str = "rin.toml";

/// What a fresh `rin.toml` holds: every key with its default, commented out.
pub(crate) const TEMPLATE: &str = "\
# Rin's settings. Every key may be left out; the values shown are the defaults.

# [plan]
# minutes-per-week = 60       # how much time you have for your relationships
# dormant-after-days = 365    # who has been silent longer is not planned for
# language = \"en\"             # \"en\" or \"de\"; without it the system's language

# [forecast]
# horizon-days = 180          # alive = another contact within so many days
# threshold = 0.5             # below this probability a relationship counts as lapsed

# [plugins]
# isolation = \"worker\"        # \"require\": a plugin that this system cannot confine wholly does not run

# [plugin.\"org.rin.mastodon\"] # a plugin's own parameters: rin plugin info org.rin.mastodon
";

/// What the user has set.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// About the plan.
    pub plan: PlanConfig,
    /// About the forecast.
    pub forecast: ForecastConfig,
    /// About plugins as such.
    pub plugins: PluginsConfig,
    /// Parameters of plugins, by the plugin's id.
    pub plugin: BTreeMap<String, toml::Table>,
}

/// About the plan.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PlanConfig {
    /// Minutes a week.
    pub minutes_per_week: f64,
    /// Days of silence after which nobody is planned for, 1 to 36,500.
    pub dormant_after_days: f64,
    /// `en` or `de`.
    pub language: Option<Language>,
}

/// A language tag in the settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// English.
    En,
    /// German.
    De,
}

/// About the forecast.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ForecastConfig {
    /// Horizon in days, 1 to 3,650.
    pub horizon_days: f64,
    /// Threshold, above 0 and below 1.
    pub threshold: f64,
}

/// About plugins as such.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PluginsConfig {
    /// How far they must be shut in.
    pub isolation: Confine,
}

/// How far plugins must be shut in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confine {
    /// As far as the system can.
    #[default]
    Worker,
    /// Wholly, or they do not run.
    Require,
}

impl PluginsConfig {
    /// Returns where plugins run of which nothing else was approved.
    pub(crate) const fn isolation(self) -> Isolation {
        match self.isolation {
            Confine::Worker => Isolation::Worker,
            Confine::Require => Isolation::Required,
        }
    }
}

impl Default for PlanConfig {
    fn default() -> Self {
        Self { minutes_per_week: 60.0, dormant_after_days: 365.0, language: None }
    }
}

impl Default for ForecastConfig {
    fn default() -> Self {
        let model = ForecastModel::default();
        Self { horizon_days: model.horizon_days, threshold: model.threshold }
    }
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is no TOML, or a key is unknown or of a wrong type.
    #[error("{} is not valid", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why, with the line.
        source: Box<toml::de::Error>,
    },
    /// A number lies outside its range.
    #[error("{}: {key} must be {range}, got {value}", path.display())]
    Range {
        /// The file.
        path: PathBuf,
        /// The key.
        key: &'static str,
        /// What is allowed.
        range: &'static str,
        /// What stands there.
        value: f64,
    },
}

impl Config {
    /// Reads `rin.toml` in `dir`; without one, everything has its default.
    ///
    /// # Errors
    /// [`ConfigError`] if it cannot be read or holds what it must not.
    pub fn read(dir: &Path) -> Result<Self, ConfigError> {
        let path = dir.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ConfigError::Read { path, source }),
        }
    }

    /// Reads settings from text; `path` is named in errors.
    ///
    /// # Errors
    /// [`ConfigError`] if the text holds what it must not.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        let config: Self = toml::from_str(text)
            .map_err(|source| ConfigError::Syntax { path: path.into(), source: source.into() })?;
        let range = |key, range, value: f64, is_inside: bool| {
            if is_inside {
                Ok(())
            } else {
                Err(ConfigError::Range { path: path.into(), key, range, value })
            }
        };
        let minutes = config.plan.minutes_per_week;
        range("minutes-per-week", "0 to 10,080", minutes, (0.0..=10_080.0).contains(&minutes))?;
        let days = config.plan.dormant_after_days;
        range("dormant-after-days", "1 to 36,500", days, (1.0..=36_500.0).contains(&days))?;
        let days = config.forecast.horizon_days;
        range("horizon-days", "1 to 3,650", days, (1.0..=3_650.0).contains(&days))?;
        let threshold = config.forecast.threshold;
        let is_inside = 0.0 < threshold && threshold < 1.0;
        range("threshold", "above 0 and below 1", threshold, is_inside)?;
        Ok(config)
    }

    /// Returns the language set, if one is.
    pub fn language(&self) -> Option<Lang> {
        self.plan.language.map(|language| match language {
            Language::En => Lang::En,
            Language::De => Lang::De,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    fn parse(text: &str) -> Result<Config, ConfigError> {
        Config::parse(text, Path::new("rin.toml"))
    }

    #[test]
    fn the_template_shows_the_defaults() {
        assert_eq!(parse(TEMPLATE).unwrap(), Config::default());
        // With the settings switched on, they are still the defaults.
        let keep = |line: &&str| line.contains('=') || line.starts_with("# [");
        let on: String = TEMPLATE
            .lines()
            .filter(keep)
            .map(|line| format!("{}\n", line.trim_start_matches("# ")))
            .filter(|line| !line.starts_with("Rin") && !line.starts_with("language"))
            .collect();
        let on = parse(&on).unwrap();
        assert_eq!((on.plan, on.forecast), (PlanConfig::default(), ForecastConfig::default()));
        assert_eq!(on.plugins, PluginsConfig::default());
        let strict = parse("[plugins]\nisolation = \"require\"\n").unwrap();
        assert_eq!(strict.plugins.isolation(), Isolation::Required);
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let error = parse("[plan]\nminutes-per-weak = 3\n").unwrap_err();
        assert_eq!(error.to_string(), "rin.toml is not valid");
        let place = error.source().unwrap().to_string();
        assert!(place.contains("line 2") && place.contains("minutes-per-week"), "{place}");
    }

    #[test]
    fn a_number_out_of_range_is_refused() {
        let error = parse("[forecast]\nthreshold = 1.5\n").unwrap_err();
        assert_eq!(error.to_string(), "rin.toml: threshold must be above 0 and below 1, got 1.5");
        assert!(parse("[plan]\nminutes-per-week = nan\n").is_err());
    }
}

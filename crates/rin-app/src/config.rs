//! What the user has set in `rin.toml`, beside the store. Unknown keys are refused, never ignored.

mod calendar;
mod importance;
mod retention;

pub use self::{
    calendar::QuietDay,
    importance::{ImportanceConfig, TierWeights},
    retention::RetentionConfig,
};

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use rin_core::{FilterError, ForecastModel};
use rin_host::Isolation;
use serde::Deserialize;

use crate::Lang;

/// The file's name.
pub(crate) const FILE: &str = "rin.toml";

/// What a fresh `rin.toml` holds: every key with its default, commented out.
pub(crate) const TEMPLATE: &str = "\
# Rin's settings. Every key may be left out; the values shown are the defaults.

# [plan]
# minutes-per-week = 60       # how much time you have for your relationships; a running programme has its own
# minutes-per-day = 60        # at most so many on one day and for each of the team; without it as much as a week has
# dormant-after-days = 365    # who has been silent longer is not planned for
# quiet-days = []             # days on which nothing is planned: [\"sat\", \"sun\"]
# holidays = []               # the same for dates: [\"2026-12-24..2027-01-02\", \"2027-05-01\"], the last day too
# lines-per-party = 1         # at most so many lines for one party, over all platforms, within
# party-days = 14             # so many days
# language = \"en\"             # \"en\" or \"de\"; without it the system's language

# [forecast]
# horizon-days = 180          # alive = another contact within so many days
# threshold = 0.5             # below this probability a relationship counts as lapsed

# [importance]                # how much who matters: the weights are multiplied
# reach = 0.1                 # whoever is known to be in contact with 10 people counts a tenth more, with 100 two tenths
# tiers = { inner = 2.0, close = 1.5, regular = 1.0, loose = 1.0 } # in touch once a fortnight, a month, a quarter, less
# tags = {}                   # your own words: { patron = 3.0, press = 0.5 }; see rin tag

# [retention]                 # nobody is erased unless you say so, and then only by: rin retention apply
# forget-after-years = 5      # without contact for so long, as far as the sources see; off without this line
# except = \"tag:patron\"     # who stays nevertheless, as a filter
# keep-interactions-years = 10 # older interactions are erased with each import, whoever they are with; all stay without this line

# [plugins]
# isolation = \"worker\"        # \"require\": a plugin that this system cannot confine wholly does not run

# [plugin.\"org.rin.mastodon\"] # a plugin's own parameters: rin plugin info org.rin.mastodon
# [plugin.mastodon.norms]     # limits of your own in place of its platform's: cooldown = 21
";

/// What the user has set.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// About the plan.
    pub plan: PlanConfig,
    /// About the forecast.
    pub forecast: ForecastConfig,
    /// How much who matters.
    pub importance: ImportanceConfig,
    /// How long people are kept.
    pub retention: RetentionConfig,
    /// About plugins as such.
    pub plugins: PluginsConfig,
    /// Parameters of plugins, by the plugin's id.
    pub plugin: BTreeMap<String, toml::Table>,
}

/// About the plan.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PlanConfig {
    /// Minutes a week where no programme runs.
    pub minutes_per_week: f64,
    /// Minutes a day for each of the team at most; `None` for as many as the week has.
    pub minutes_per_day: Option<f64>,
    /// Days of the week on which nothing is planned.
    pub quiet_days: Vec<QuietDay>,
    /// Dates on which nothing is planned: a day, or the first and the last of several.
    pub holidays: Vec<String>,
    /// At most so many lines for one party over all platforms, 1 to 100, …
    #[serde(rename = "lines-per-party")]
    pub party_lines: u32,
    /// … within so many days, 1 to 366.
    pub party_days: u32,
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
        Self {
            minutes_per_week: 60.0,
            minutes_per_day: None,
            quiet_days: Vec::new(),
            holidays: Vec::new(),
            party_lines: 1,
            party_days: 14,
            dormant_after_days: 365.0,
            language: None,
        }
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
    /// A holiday is no day and no span of days.
    #[error("{}: holidays: `{text}` is neither a day (2027-05-01) nor a first and last day (2026-12-24..2027-01-02)", path.display())]
    Holiday {
        /// The file.
        path: PathBuf,
        /// What stands there.
        text: String,
    },
    /// What should say who stays is no filter.
    #[error("{}: except: {source}", path.display())]
    Except {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: FilterError,
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
        let minutes = config.plan.minutes_per_day.unwrap_or_default();
        range("minutes-per-day", "0 to 1,440", minutes, (0.0..=1_440.0).contains(&minutes))?;
        let lines = f64::from(config.plan.party_lines);
        range("lines-per-party", "1 to 100", lines, (1.0..=100.0).contains(&lines))?;
        let days = f64::from(config.plan.party_days);
        range("party-days", "1 to 366", days, (1.0..=366.0).contains(&days))?;
        for (key, weight) in config.importance.weights() {
            range(key, "0 to 1,000", weight, (0.0..=1_000.0).contains(&weight))?;
        }
        for text in &config.plan.holidays {
            let wrong = || ConfigError::Holiday { path: path.into(), text: text.clone() };
            calendar::holiday(text).ok_or_else(wrong)?;
        }
        let years = config.retention.forget_after_years.unwrap_or(1.0);
        range("forget-after-years", "0.5 to 100", years, (0.5..=100.0).contains(&years))?;
        // Else whose interactions are all gone would never be found silent.
        let least = config.retention.forget_after_years.unwrap_or(0.5);
        let years = config.retention.keep_interactions_years.unwrap_or(100.0);
        let is_inside = (least..=100.0).contains(&years);
        range(
            "keep-interactions-years",
            "0.5 to 100 and not below forget-after-years",
            years,
            is_inside,
        )?;
        let except = config.retention.parse_except();
        except.map_err(|source| ConfigError::Except { path: path.into(), source })?;
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
            .filter(|line| !line.starts_with("minutes-per-day"))
            .filter(|line| !line.starts_with("forget-after") && !line.starts_with("except"))
            .filter(|line| !line.starts_with("keep-interactions"))
            .collect();
        let on = parse(&on).unwrap();
        assert_eq!((on.plan, on.forecast), (PlanConfig::default(), ForecastConfig::default()));
        assert_eq!(on.plugins, PluginsConfig::default());
        assert_eq!(on.importance, ImportanceConfig::default());
        assert_eq!(on.retention, RetentionConfig::default());
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
    fn days_that_are_none_are_refused_with_what_they_may_be() {
        let error = parse("[plan]\nholidays = [\"2027-01-02..2026-12-24\"]\n").unwrap_err();
        assert!(error.to_string().contains("`2027-01-02..2026-12-24` is neither a day"), "{error}");
        let error = parse("[plan]\nquiet-days = [\"sunday\"]\n").unwrap_err();
        assert!(error.source().unwrap().to_string().contains("`sun`"), "{:?}", error.source());
        assert!(parse("[importance]\ntags = { press = -1.0 }\n").is_err());
    }

    #[test]
    fn who_stays_is_a_filter_and_anything_else_is_refused() {
        let set = parse("[retention]\nforget-after-years = 5\nexcept = \"tag:patron\"\n").unwrap();
        assert_eq!(set.retention.except().to_string(), "tag:patron");
        let error = parse("[retention]\nexcept = \"tga:patron\"\n").unwrap_err();
        assert!(error.to_string().contains("perhaps `tag`"), "{error}");
        assert!(parse("[retention]\nforget-after-years = 0.1\n").is_err());
        let both = "[retention]\nforget-after-years = 5\nkeep-interactions-years = ";
        assert!(parse(&format!("{both}5\n")).is_ok());
        assert!(parse(&format!("{both}4\n")).is_err());
    }

    #[test]
    fn a_number_out_of_range_is_refused() {
        let error = parse("[forecast]\nthreshold = 1.5\n").unwrap_err();
        assert_eq!(error.to_string(), "rin.toml: threshold must be above 0 and below 1, got 1.5");
        assert!(parse("[plan]\nminutes-per-week = nan\n").is_err());
    }
}

//! How long people are kept with whom there is no contact.

use rin_core::{Filter, FilterError};
use serde::Deserialize;

/// How long people are kept.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct RetentionConfig {
    /// Years without contact after which somebody is erased, 0.5 to 100; `None` for never.
    pub forget_after_years: Option<f64>,
    /// Years after which an interaction is erased, whoever it is with, 0.5 to 100; `None` for never.
    pub keep_interactions_years: Option<f64>,
    /// Who stays nevertheless, as a filter.
    pub except: Option<String>,
}

impl RetentionConfig {
    /// Returns who stays nevertheless; everybody's filter stands for nobody.
    pub(crate) fn except(&self) -> Filter {
        self.parse_except().unwrap_or_default()
    }

    /// Reads the filter.
    pub(super) fn parse_except(&self) -> Result<Filter, FilterError> {
        self.except.as_deref().unwrap_or_default().parse()
    }
}

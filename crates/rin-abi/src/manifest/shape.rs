//! The shape of `plugin.toml`: which keys there are and of what type, with the place of every value that is checked.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use toml::Spanned;

use super::Slip;
use crate::nearest;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    pub(super) id: Spanned<String>,
    pub(super) version: Spanned<String>,
    pub(super) name: Spanned<String>,
    pub(super) license: Spanned<String>,
    pub(super) platform: Spanned<String>,
    pub(super) profile: Option<Spanned<String>>,
    pub(super) abi: Spanned<i64>,
    pub(super) provides: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) columns: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) permissions: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) param: Vec<ParamShape>,
    #[serde(default)]
    pub(super) kind: Vec<NamedShape>,
    #[serde(default)]
    pub(super) reason: Vec<NamedShape>,
    #[serde(default)]
    pub(super) norm: Vec<NormShape>,
    #[serde(default)]
    pub(super) example: Vec<ExampleShape>,
    #[serde(default)]
    pub(super) targets: BTreeMap<Spanned<String>, TargetShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParamShape {
    pub(super) key: Spanned<String>,
    pub(super) r#type: Spanned<String>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) default: Spanned<toml::Value>,
    pub(super) en: Spanned<String>,
    pub(super) de: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedShape {
    pub(super) id: Spanned<String>,
    pub(super) en: Spanned<String>,
    pub(super) de: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NormShape {
    pub(super) id: Spanned<String>,
    #[serde(default)]
    pub(super) kinds: Vec<Spanned<String>>,
    pub(super) rule: Spanned<String>,
    pub(super) value: Spanned<f64>,
    pub(super) source: Spanned<String>,
    pub(super) en: Spanned<String>,
    pub(super) de: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExampleShape {
    pub(super) en: Spanned<String>,
    pub(super) de: Spanned<String>,
    #[serde(rename = "now-ms")]
    pub(super) now_ms: Option<i64>,
    pub(super) row: BTreeMap<Spanned<String>, Spanned<toml::Value>>,
    pub(super) expect: Spanned<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectShape {
    pub(super) kind: String,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetShape {
    pub(super) file: Spanned<String>,
    pub(super) sha256: Option<Spanned<String>>,
}

/// Reads the text as far as keys and types go.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Slip> {
    toml::from_str(text).map_err(|error| {
        let message = error.message();
        let at = error.span().map_or(0, |span| span.start);
        Slip { at, what: in_words(message), hint: hint(message) }
    })
}

/// Says what the parser says, in words for somebody who does not know its types.
fn in_words(message: &str) -> String {
    let line = message.lines().next().unwrap_or("it is not TOML");
    if let Some(key) = line.strip_prefix("missing field ") {
        return format!("the key {key} is missing");
    }
    let types =
        line.strip_prefix("invalid type: ").and_then(|line| line.rsplit_once(", expected "));
    let Some((found, expected)) = types else { return line.to_owned() };
    let is_text = found.starts_with("string");
    let wanted = match expected {
        "f64" if is_text => "a number, without quotation marks",
        "i64" if is_text => "a whole number, without quotation marks",
        "f64" => "a number",
        "i64" => "a whole number",
        "a string" => "a text in quotation marks",
        "a sequence" if found == "map" => "a list: write [[ ]] around its name",
        "a sequence" => "a list in [ ]",
        "a map" => "a table in { }",
        _ => return line.to_owned(),
    };
    format!("this must be {wanted}")
}

/// Returns the known word nearest to the unknown one, out of "unknown field `x`, expected one of `a`, `b`".
fn hint(message: &str) -> Option<String> {
    let words = message.strip_prefix("unknown field")?;
    let mut quoted = words.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    nearest(unknown, quoted).map(str::to_owned)
}

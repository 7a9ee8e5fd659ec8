//! The user's settings for a plugin, checked against what its manifest declares.
//!
//! A plugin gets one value for every parameter and nothing else, so it needs no parser and no defaults of its own.

use rin_abi::{Manifest, Param, ParamKind, ParamValue, nearest};
use toml::{Table, Value};

/// Longest text of a parameter, in bytes.
const MAX_TEXT: usize = rin_abi::MAX_TEXT;

/// A value for every parameter of a plugin, in the manifest's order.
#[derive(Clone, PartialEq, Debug)]
pub struct Params {
    values: Vec<ParamValue>,
}

/// Why a setting is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("setting {key} of plugin {plugin} {what}{}", meant(hint.as_deref()))]
pub struct ParamError {
    /// The plugin's id.
    pub plugin: String,
    /// The setting.
    pub key: String,
    /// What is wrong with it.
    pub what: String,
    /// The setting that was probably meant.
    pub hint: Option<String>,
}

fn meant(hint: Option<&str>) -> String {
    hint.map_or_else(String::new, |hint| format!("; did you mean {hint}?"))
}

impl Params {
    /// Takes the default of every parameter.
    pub fn defaults(manifest: &Manifest) -> Self {
        Self { values: manifest.defaults() }
    }

    /// Takes the user's settings, and the default where there is none.
    ///
    /// # Errors
    /// [`ParamError`] for the first setting that is unknown, of the wrong type or out of range.
    pub fn check(manifest: &Manifest, settings: &Table) -> Result<Self, ParamError> {
        let fail = |key: &str, what: String, hint: Option<&str>| ParamError {
            plugin: manifest.info.id.clone(),
            key: key.to_owned(),
            what,
            hint: hint.map(str::to_owned),
        };
        let keys = || manifest.params.iter().map(|param| param.key.as_str());
        if let Some(key) = settings.keys().find(|key| !keys().any(|known| known == *key)) {
            return Err(fail(key, "is not known".to_owned(), nearest(key, keys())));
        }
        let value = |param: &Param| match settings.get(&param.key) {
            None => Ok(param.default_value()),
            Some(value) => check(param, value).map_err(|what| fail(&param.key, what, None)),
        };
        let values = manifest.params.iter().map(value).collect::<Result<_, _>>()?;
        Ok(Self { values })
    }

    pub(crate) fn values(&self) -> &[ParamValue] {
        &self.values
    }
}

fn check(param: &Param, value: &Value) -> Result<ParamValue, String> {
    match (&param.kind, value) {
        (ParamKind::Number { min, max, .. }, value) => {
            let number = match value {
                Value::Float(number) => *number,
                #[expect(clippy::cast_precision_loss, reason = "a setting has no 16 digits")]
                Value::Integer(number) => *number as f64,
                _ => return Err("must be a number".to_owned()),
            };
            if *min <= number && number <= *max {
                Ok(ParamValue::Number(number))
            } else {
                Err(format!("is {number}, it must lie between {min} and {max}"))
            }
        }
        (ParamKind::Switch { .. }, Value::Boolean(on)) => {
            Ok(ParamValue::Number(f64::from(u8::from(*on))))
        }
        (ParamKind::Switch { .. }, _) => Err("must be true or false".to_owned()),
        (ParamKind::Text { .. }, Value::String(text)) if text.len() <= MAX_TEXT => {
            Ok(ParamValue::Text(text.clone()))
        }
        (ParamKind::Text { .. }, Value::String(_)) => {
            Err(format!("is longer than {MAX_TEXT} bytes"))
        }
        (ParamKind::Text { .. }, _) => Err("must be a text".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"
        id = "org.example.x"
        version = "1.0.0"
        name = "X"
        license = "MIT"
        platform = "x"
        abi = 1
        provides = ["reader"]
        param = [
            { key = "minutes", type = "number", min = 1, max = 9, default = 5, en = "M", de = "M" },
            { key = "formal", type = "switch", default = true, en = "F", de = "F" },
            { key = "server", type = "text", default = "a.example", en = "S", de = "S" },
        ]
    "#;

    fn check(settings: &str, expected: Result<(f64, f64, &str), &str>) {
        let manifest = Manifest::parse("x", MANIFEST).unwrap();
        let params = Params::check(&manifest, &settings.parse().unwrap());
        let expected = expected.map(|(minutes, formal, server)| Params {
            values: vec![
                ParamValue::Number(minutes),
                ParamValue::Number(formal),
                ParamValue::Text(server.to_owned()),
            ],
        });
        assert_eq!(params.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
    }

    #[test]
    fn settings_are_checked_against_the_manifest() {
        check("", Ok((5.0, 1.0, "a.example")));
        check("minutes = 2\nformal = false\nserver = \"b\"", Ok((2.0, 0.0, "b")));
        let of = "of plugin org.example.x";
        let unknown = format!("setting minuts {of} is not known; did you mean minutes?");
        check("minuts = 2", Err(&unknown));
        check("colour = 2", Err(&format!("setting colour {of} is not known")));
        let range = format!("setting minutes {of} is 10, it must lie between 1 and 9");
        check("minutes = 10", Err(&range));
        check("minutes = nan", Err(&range.replace("10", "NaN")));
        check("minutes = true", Err(&format!("setting minutes {of} must be a number")));
        check("formal = 1", Err(&format!("setting formal {of} must be true or false")));
        check("server = 1", Err(&format!("setting server {of} must be a text")));
    }
}

//! A day in a campaign's file: TOML's own date or a text, `2027-06-01`.

use serde::{Deserialize, Deserializer, de::Error as _};

/// A day or moment as it was written; the calendar is asked later.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct WrittenDay(pub(super) String);

impl<'de> Deserialize<'de> for WrittenDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(day) => Ok(Self(day.to_string())),
            toml::Value::String(day) => Ok(Self(day)),
            other => Err(D::Error::custom(format!(
                "invalid type: {}, expected a day such as 2027-06-01",
                other.type_str()
            ))),
        }
    }
}

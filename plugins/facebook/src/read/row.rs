//! What one row of an export holds, whatever era wrote it.

use rin_plugin::text::repair;
use serde_json::Value;

/// How Facebook shows an account that was deleted.
const DELETED: [&str; 6] = [
    "Facebook User",
    "Facebook user",
    "Facebook-Nutzer",
    "Facebook-Nutzer:in",
    "Utilisateur Facebook",
    "Usuario de Facebook",
];

/// Returns the text under a key; empty if there is none.
pub(super) fn text_of<'v>(value: Option<&'v Value>, key: &str) -> &'v str {
    value.and_then(|value| value.get(key)).and_then(Value::as_str).unwrap_or_default()
}

/// Returns the same put right.
pub(super) fn repaired(value: Option<&Value>, key: &str) -> String {
    repair(text_of(value, key)).trim().to_owned()
}

/// Returns the seconds since 1970 that a row is dated with; 0 stands for a date that is not said.
pub(super) fn seconds(value: &Value) -> i64 {
    value.get("timestamp").and_then(Value::as_i64).unwrap_or(0)
}

/// Whether it is what stands in the place of a deleted account's name.
pub(super) fn is_deleted(name: &str) -> bool {
    DELETED.contains(&name)
}

/// Returns what the data of a comment or reaction holds under a key.
pub(super) fn inner<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let data = value.get("data").and_then(Value::as_array)?;
    data.iter().find_map(|one| one.get(key))
}

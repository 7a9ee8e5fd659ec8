//! The file's text: always the same for the same approvals, whatever order they were given in.

use std::fmt::Write as _;

use rin_core::{Column, Day};

use super::{super::Kept, calendar};

const HEAD: &str = "\
# Which plugins may run, byte for byte. Written by `rin plugin approve` and `rin plugin revoke`.
# A plugin that is not listed runs only if it came with the program.
";

/// The longest account of an end that is kept, in bytes: most of it is a stranger's last words.
const MAX_HOW: usize = 300;

/// Writes everything down.
pub(super) fn print(kept: &Kept) -> String {
    let mut out = HEAD.to_owned();
    for it in &kept.approvals {
        let permissions: Vec<_> = it.permissions.iter().copied().map(Column::name).collect();
        let rows = [
            ("id", quoted(&it.id)),
            ("version", quoted(&it.version)),
            ("sha256", quoted(&it.sha256)),
            ("isolation", quoted(it.isolation.name())),
            ("permissions", toml::Value::from(permissions).to_string()),
            ("date", day(it.date)),
        ];
        section(&mut out, "plugin", &rows);
    }
    for it in &kept.revoked {
        section(&mut out, "revoked", &[("id", quoted(&it.id)), ("date", day(it.date))]);
    }
    for it in &kept.crashed {
        let mut rows = vec![
            ("sha256", quoted(&it.sha256)),
            ("plugin", quoted(&it.plugin)),
            ("count", it.count.to_string()),
            ("how", quoted(it.how.get(..it.how.floor_char_boundary(MAX_HOW)).unwrap_or_default())),
        ];
        rows.extend(it.noted.map(|noted| ("noted", day(noted.day()))));
        section(&mut out, "crashed", &rows);
    }
    out
}

fn section(out: &mut String, name: &str, rows: &[(&str, String)]) {
    // Writing into a text cannot fail.
    let _ = writeln!(out, "\n[[{name}]]");
    for (key, value) in rows {
        let _ = writeln!(out, "{key} = {value}");
    }
}

fn day(day: Day) -> String {
    calendar::date(day).to_string()
}

/// Returns a text as TOML on one line, whatever is in it.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    toml::Value::from(plain).to_string()
}

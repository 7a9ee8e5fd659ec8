//! The file's keys and what they may hold, with the line of everything that is refused.

use std::{ops::Range, path::Path};

use rin_abi::nearest;
use rin_core::{Column, Day};
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{
    super::{Approval, Kept, Revocation, TrustError},
    calendar,
};
use crate::{Crashes, Isolation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    #[serde(default)]
    plugin: Vec<ApprovalShape>,
    #[serde(default)]
    revoked: Vec<RevocationShape>,
    #[serde(default)]
    crashed: Vec<CrashesShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApprovalShape {
    id: Spanned<String>,
    version: String,
    sha256: Spanned<String>,
    isolation: Spanned<String>,
    permissions: Vec<Spanned<String>>,
    date: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RevocationShape {
    id: Spanned<String>,
    date: Spanned<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CrashesShape {
    sha256: Spanned<String>,
    plugin: String,
    count: u32,
    how: String,
    noted: Option<Spanned<Datetime>>,
}

/// What is wrong at which byte.
struct Slip {
    at: usize,
    what: String,
    hint: Option<String>,
}

/// Reads the file's text; `path` is for the error.
pub(super) fn parse(path: &Path, text: &str) -> Result<Kept, TrustError> {
    // Some editors put a byte order mark before everything.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shape: Result<Shape, Slip> = toml::from_str(text).map_err(|error| Slip {
        at: error.span().map_or(0, |span| span.start),
        what: error.message().lines().next().unwrap_or("it is not TOML").to_owned(),
        hint: hint(error.message()),
    });
    shape.and_then(check).map_err(|slip| TrustError::Syntax {
        path: path.to_owned(),
        line: 1 + text.get(..slip.at).unwrap_or_default().matches('\n').count(),
        what: slip.what,
        hint: slip.hint,
    })
}

/// Returns the known word nearest to the unknown one, out of "unknown field `x`, expected one of `a`, `b`".
fn hint(message: &str) -> Option<String> {
    let mut quoted = message.strip_prefix("unknown field")?.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    nearest(unknown, quoted).map(str::to_owned)
}

fn check(shape: Shape) -> Result<Kept, Slip> {
    let mut kept = Kept::default();
    for it in shape.plugin {
        once(&it.id, kept.approvals.iter().map(|known| known.id.as_str()))?;
        kept.approvals.push(approval(it)?);
    }
    for it in shape.revoked {
        once(&it.id, kept.revoked.iter().map(|known| known.id.as_str()))?;
        let approved = kept.approvals.iter().map(|known| known.id.as_str());
        once(&it.id, approved)?;
        kept.revoked.push(Revocation { date: day(&it.date)?, id: it.id.into_inner() });
    }
    for it in shape.crashed {
        once(&it.sha256, kept.crashed.iter().map(|known| known.sha256.as_str()))?;
        let noted = it.noted.as_ref().map(day).transpose()?.map(Day::start);
        kept.crashed.push(Crashes {
            sha256: checksum(it.sha256)?,
            plugin: it.plugin,
            count: it.count,
            how: it.how,
            noted,
        });
    }
    kept.sort();
    Ok(kept)
}

fn approval(it: ApprovalShape) -> Result<Approval, Slip> {
    let isolation = Isolation::from_name(it.isolation.as_ref()).ok_or_else(|| {
        let known = ["worker", "required", "in-process"];
        unknown(&it.isolation, "isolation", &known)
    })?;
    Ok(Approval {
        version: it.version,
        sha256: checksum(it.sha256)?,
        isolation,
        permissions: it.permissions.iter().map(personal).collect::<Result<_, _>>()?,
        date: day(&it.date)?,
        id: it.id.into_inner(),
    })
}

fn personal(name: &Spanned<String>) -> Result<Column, Slip> {
    let column = Column::from_name(name.as_ref()).filter(|column| column.is_personal());
    column.ok_or_else(|| {
        let known: Vec<_> = Column::ALL.into_iter().filter(|column| column.is_personal()).collect();
        let known: Vec<_> = known.into_iter().map(Column::name).collect();
        unknown(name, "personal column", &known)
    })
}

fn unknown(word: &Spanned<String>, what: &str, known: &[&str]) -> Slip {
    let word_text = word.as_ref();
    Slip {
        at: word.span().start,
        what: format!("unknown {what} `{word_text}`, there are {}", known.join(", ")),
        hint: nearest(word_text, known.iter().copied()).map(str::to_owned),
    }
}

/// Refuses a second entry for the same thing, of which one would be ignored.
fn once<'a>(key: &Spanned<String>, mut known: impl Iterator<Item = &'a str>) -> Result<(), Slip> {
    if known.all(|known| known != key.as_ref()) {
        return Ok(());
    }
    Err(slip(key.span(), format!("a second entry for `{}`", key.as_ref())))
}

fn checksum(sha256: Spanned<String>) -> Result<String, Slip> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if sha256.as_ref().len() == 64 && sha256.as_ref().bytes().all(is_digit) {
        return Ok(sha256.into_inner());
    }
    Err(slip(sha256.span(), "a SHA-256 has 64 lower-case hexadecimal digits".to_owned()))
}

fn day(date: &Spanned<Datetime>) -> Result<Day, Slip> {
    match date.as_ref() {
        Datetime { date: Some(date), time: None, offset: None } => Ok(calendar::day(*date)),
        _ => Err(slip(date.span(), "this must be a day such as 2026-08-17".to_owned())),
    }
}

const fn slip(at: Range<usize>, what: String) -> Slip {
    Slip { at: at.start, what, hint: None }
}

//! What the types of a manifest cannot say: names in their alphabet, numbers in their range, references that exist.

use std::ops::Range;

use rin_core::{ActionKind, Column, ColumnRequest, Reason, StrategyInfo, Text};
use toml::Spanned;

use super::{
    Example, ExampleValue, Expect, Manifest, Param, ParamKind, Provides, Slip, Target,
    norm::norm,
    profile::ProfileLink,
    shape::{ExampleShape, ExpectShape, NamedShape, ParamShape, Shape, TargetShape},
};
use crate::{ABI_MAJOR, MAX_TEXT, nearest};

/// Items in any list of a manifest.
const MAX_ITEMS: usize = 1024;
/// The moment at which a worked example is judged if it names none: 2026-01-01T00:00:00Z.
const EXAMPLE_NOW_MS: i64 = 1_767_225_600_000;
/// Known words listed behind an unknown one; more would bury it.
const MAX_LISTED: usize = 8;
/// What a reason may hold; filled by whoever shows the plan.
const PLACEHOLDERS: [&str; 4] = ["days", "contacts", "alive", "lapse"];
/// What other formats call the types of a parameter.
const OTHER_TYPES: [(&str, &str); 8] = [
    ("string", "text"),
    ("str", "text"),
    ("bool", "switch"),
    ("boolean", "switch"),
    ("int", "number"),
    ("integer", "number"),
    ("float", "number"),
    ("f64", "number"),
];

pub(super) fn manifest(shape: Shape) -> Result<Manifest, Slip> {
    let abi = shape.abi;
    if *abi.get_ref() != i64::from(ABI_MAJOR) {
        let what = format!("abi is {}, this version of Rin speaks {ABI_MAJOR}", abi.get_ref());
        return Err(slip(&abi.span(), what));
    }
    let provides = provides(&shape.provides)?;
    let permissions = permissions(&shape.permissions)?;
    let kinds: Vec<_> = named(shape.kind, "a kind")?;
    shape.reason.iter().flat_map(|reason| [&reason.en, &reason.de]).try_for_each(placeholders)?;
    let reasons: Vec<_> = named(shape.reason, "a reason")?;
    if provides.strategy && (kinds.is_empty() || reasons.is_empty()) {
        let what = "a strategy needs at least one [[kind]] and one [[reason]]".to_owned();
        return Err(slip(&shape.provides.span(), what));
    }
    let info = StrategyInfo {
        id: plugin_id(shape.id)?,
        version: version(shape.version)?,
        name: text(shape.name)?,
        license: text(shape.license)?,
        platform: name(shape.platform, "a platform")?,
        columns: columns(&shape.columns, &permissions)?,
        kinds: kinds.into_iter().map(|(id, text)| ActionKind { id, text }).collect(),
        reasons: reasons.into_iter().map(|(id, text)| Reason { id, text }).collect(),
    };
    let profile = shape.profile.map(ProfileLink::read).transpose()?;
    let norm = |shape| norm(shape, &info);
    let norms = unique(shape.norm, |norm| &norm.id, "norm")?.into_iter().map(norm);
    let example = |shape| example(shape, &info);
    Ok(Manifest {
        norms: norms.collect::<Result<_, _>>()?,
        examples: shape.example.into_iter().map(example).collect::<Result<_, _>>()?,
        params: params(shape.param)?,
        targets: shape.targets.into_iter().map(target).collect::<Result<_, _>>()?,
        provides,
        permissions,
        profile,
        info,
    })
}

pub(super) fn slip(at: &Range<usize>, what: String) -> Slip {
    Slip { at: at.start, what, hint: None }
}

/// Says that a word is none of the known ones, which was probably meant, and which there are if they are few.
pub(super) fn unknown<'a>(
    word: &Spanned<String>,
    what: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Slip {
    let known: Vec<_> = known.into_iter().collect();
    let hint = nearest(word.get_ref(), known.iter().copied()).map(str::to_owned);
    let mut what = format!("unknown {what} `{}`", word.get_ref());
    if (1..=MAX_LISTED).contains(&known.len()) {
        what = format!("{what}; known: `{}`", known.join("`, `"));
    }
    Slip { at: word.span().start, what, hint }
}

/// Refuses a `{word}` that nobody fills, since people would read it as it stands.
fn placeholders(text: &Spanned<String>) -> Result<(), Slip> {
    let mut parts = text.get_ref().split('{');
    // What comes before the first brace.
    parts.next();
    for part in parts {
        let Some((word, _)) = part.split_once('}') else {
            return Err(slip(&text.span(), "a `{` in this text is never closed".to_owned()));
        };
        if !PLACEHOLDERS.contains(&word) {
            let known = PLACEHOLDERS.map(|known| format!("`{{{known}}}`")).join(", ");
            let what = format!("unknown placeholder `{{{word}}}`; known: {known}");
            let hint = nearest(word.trim(), PLACEHOLDERS).map(|word| format!("{{{word}}}"));
            return Err(Slip { at: text.span().start, what, hint });
        }
    }
    Ok(())
}

pub(super) fn text(text: Spanned<String>) -> Result<String, Slip> {
    let trimmed = text.get_ref().trim();
    if trimmed.is_empty() {
        return Err(slip(&text.span(), "this text is empty".to_owned()));
    }
    if MAX_TEXT < trimmed.len() {
        return Err(slip(&text.span(), format!("this text is longer than {MAX_TEXT} bytes")));
    }
    Ok(text.into_inner())
}

pub(super) fn both(en: Spanned<String>, de: Spanned<String>) -> Result<Text, Slip> {
    Ok(Text { en: text(en)?, de: text(de)? })
}

/// Lower-case letters, digits and hyphens, beginning with a letter.
pub(super) fn name(word: Spanned<String>, what: &str) -> Result<String, Slip> {
    let letters = word.get_ref();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if letters.len() <= 64
        && letters.starts_with(|c: char| c.is_ascii_lowercase())
        && letters.chars().all(fits)
    {
        return Ok(word.into_inner());
    }
    let what = format!("{what} is named in a-z, 0-9 and -, beginning with a letter");
    Err(slip(&word.span(), what))
}

fn plugin_id(id: Spanned<String>) -> Result<String, Slip> {
    let part_fits = |part: &str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !part.is_empty() && !part.starts_with('-') && part.chars().all(fits)
    };
    let parts = id.get_ref().split('.');
    if id.get_ref().len() <= 128 && 2 <= parts.clone().count() && parts.clone().all(part_fits) {
        return Ok(id.into_inner());
    }
    let what = "an id is a reversed domain in a-z, 0-9, - and ., like `org.example.hello`";
    Err(slip(&id.span(), what.to_owned()))
}

fn version(version: Spanned<String>) -> Result<String, Slip> {
    let number = version.get_ref().split(['-', '+']).next().unwrap_or_default();
    let is_number = |part: &str| part.len() <= 9 && part.parse::<u32>().is_ok();
    let has_only = |c: char| c.is_ascii_alphanumeric() || "-+.".contains(c);
    if number.split('.').count() == 3
        && number.split('.').all(is_number)
        && version.get_ref().chars().all(has_only)
    {
        return Ok(version.into_inner());
    }
    Err(slip(&version.span(), "a version is three numbers, like `1.0.2`".to_owned()))
}

fn provides(list: &Spanned<Vec<Spanned<String>>>) -> Result<Provides, Slip> {
    let mut provides = Provides::default();
    for word in list.get_ref() {
        match word.get_ref().as_str() {
            "reader" => provides.reader = true,
            "strategy" => provides.strategy = true,
            _ => return Err(unknown(word, "ability", ["reader", "strategy"])),
        }
    }
    if provides == Provides::default() {
        let what = "a plugin provides `reader`, `strategy` or both".to_owned();
        return Err(slip(&list.span(), what));
    }
    Ok(provides)
}

fn column(word: &Spanned<String>, name: &str) -> Result<Column, Slip> {
    let known = Column::ALL.into_iter().map(Column::name);
    let hint = nearest(name, known).map(str::to_owned);
    let what = format!("unknown column `{name}`");
    Column::from_name(name).ok_or(Slip { at: word.span().start, what, hint })
}

fn permissions(words: &[Spanned<String>]) -> Result<Vec<Column>, Slip> {
    let personal = || Column::ALL.into_iter().filter(|column| column.is_personal());
    let permission = |word: &Spanned<String>| {
        let found = personal().find(|column| column.name() == word.get_ref());
        found.ok_or_else(|| unknown(word, "permission", personal().map(Column::name)))
    };
    words.iter().map(permission).collect()
}

fn columns(words: &[Spanned<String>], permitted: &[Column]) -> Result<Vec<ColumnRequest>, Slip> {
    let mut requests: Vec<ColumnRequest> = Vec::new();
    for word in words {
        let name = word.get_ref().strip_suffix('?');
        let is_optional = name.is_some();
        let column = column(word, name.unwrap_or(word.get_ref()))?;
        if requests.iter().any(|request| request.column == column) {
            let what = format!("column `{}` is asked for twice", column.name());
            return Err(slip(&word.span(), what));
        }
        if column.is_personal() && !permitted.contains(&column) {
            let name = column.name();
            let what = format!("column `{name}` is personal: it must stand in permissions as well");
            return Err(slip(&word.span(), what));
        }
        requests.push(ColumnRequest { column, is_optional });
    }
    Ok(requests)
}

/// Refuses a second one of the same name, and a list beyond all reason.
fn unique<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> &Spanned<String>,
    what: &str,
) -> Result<Vec<T>, Slip> {
    for (i, item) in items.iter().enumerate() {
        let word = key(item);
        if MAX_ITEMS <= i {
            return Err(slip(&word.span(), format!("there are more than {MAX_ITEMS} of {what}")));
        }
        if items.iter().take(i).any(|earlier| key(earlier).get_ref() == word.get_ref()) {
            return Err(slip(&word.span(), format!("{what} `{}` stands twice", word.get_ref())));
        }
    }
    Ok(items)
}

fn named(items: Vec<NamedShape>, what: &str) -> Result<Vec<(String, Text)>, Slip> {
    let pair = |item: NamedShape| Ok((name(item.id, what)?, both(item.en, item.de)?));
    unique(items, |item| &item.id, what)?.into_iter().map(pair).collect()
}

fn params(items: Vec<ParamShape>) -> Result<Vec<Param>, Slip> {
    let param = |item: ParamShape| {
        let kind = param_kind(&item)?;
        Ok(Param { key: name(item.key, "a parameter")?, kind, text: both(item.en, item.de)? })
    };
    unique(items, |item| &item.key, "parameter")?.into_iter().map(param).collect()
}

fn param_kind(item: &ParamShape) -> Result<ParamKind, Slip> {
    let at = item.default.span();
    let wrong = |what: &str| slip(&at, format!("the default of `{}` {what}", item.key.get_ref()));
    let types = ["number", "switch", "text"];
    let name = item.r#type.get_ref().as_str();
    if !types.contains(&name) {
        let other = OTHER_TYPES.iter().find(|(other, _)| *other == name.to_ascii_lowercase());
        let mut slip = unknown(&item.r#type, "type", types);
        slip.hint = other.map(|(_, ours)| (*ours).to_owned()).or(slip.hint);
        return Err(slip);
    }
    if name != "number" && (item.min.is_some() || item.max.is_some()) {
        return Err(slip(&item.r#type.span(), "only a number has min and max".to_owned()));
    }
    match (name, item.default.get_ref()) {
        ("switch", toml::Value::Boolean(default)) => Ok(ParamKind::Switch { default: *default }),
        ("switch", _) => Err(wrong("is neither true nor false")),
        ("text", toml::Value::String(default)) if default.len() <= MAX_TEXT => {
            Ok(ParamKind::Text { default: default.clone() })
        }
        ("text", _) => Err(wrong("is no text")),
        (_, value) => {
            let default = number(value).ok_or_else(|| wrong("is no number"))?;
            let min = item.min.unwrap_or(f64::MIN);
            let max = item.max.unwrap_or(f64::MAX);
            if min <= default && default <= max {
                Ok(ParamKind::Number { min, max, default })
            } else {
                Err(wrong("is not between its min and max"))
            }
        }
    }
}

fn number(value: &toml::Value) -> Option<f64> {
    match value {
        toml::Value::Float(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "a setting beyond 2^53 means no other one")]
        toml::Value::Integer(number) => Some(*number as f64),
        _ => None,
    }
}

fn example(shape: ExampleShape, info: &StrategyInfo) -> Result<Example, Slip> {
    let mut row = Vec::new();
    for (key, value) in shape.row {
        let column = column(&key, key.get_ref())?;
        if !info.columns.iter().any(|request| request.column == column) {
            let what = format!("the strategy does not ask for column `{}`", column.name());
            return Err(slip(&key.span(), what));
        }
        let example = ExampleValue::new(column, value.get_ref());
        let what = format!("this is no value of column `{}`", column.name());
        row.push((column, example.ok_or_else(|| slip(&value.span(), what))?));
    }
    Ok(Example {
        text: both(shape.en, shape.de)?,
        now: rin_core::Moment::from_unix_ms(shape.now_ms.unwrap_or(EXAMPLE_NOW_MS)),
        row,
        expect: expect(&shape.expect, info)?,
    })
}

fn expect(value: &Spanned<toml::Value>, info: &StrategyInfo) -> Result<Expect, Slip> {
    let at = value.span();
    if value.get_ref().as_str() == Some("nothing") {
        return Ok(Expect::Nothing);
    }
    let shape: ExpectShape = value.get_ref().clone().try_into().map_err(|_| {
        slip(&at, "expect is \"nothing\" or { kind = \"…\", reason = \"…\" }".to_owned())
    })?;
    let position = |found: Option<usize>, what: &str, word: String| {
        let found = found.and_then(|position| u32::try_from(position).ok());
        found.ok_or_else(|| slip(&at, format!("unknown {what} `{word}`")))
    };
    let kind = info.kinds.iter().position(|kind| kind.id == shape.kind);
    let reason = info.reasons.iter().position(|reason| reason.id == shape.reason);
    Ok(Expect::Proposal {
        kind: position(kind, "kind", shape.kind)?,
        reason: position(reason, "reason", shape.reason)?,
    })
}

fn target((triple, shape): (Spanned<String>, TargetShape)) -> Result<Target, Slip> {
    let file = shape.file.get_ref();
    let is_plain = !file.is_empty()
        && file.len() <= 255
        && file != "."
        && file != ".."
        && !file.contains(['/', '\\', ':', '\0']);
    if !is_plain {
        let what = "this must be a file name beside the manifest, without folders".to_owned();
        return Err(slip(&shape.file.span(), what));
    }
    if let Some(sum) = &shape.sha256 {
        let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if sum.get_ref().len() != 64 || !sum.get_ref().chars().all(is_hex) {
            let what = "a SHA-256 is 64 digits of 0-9 and a-f".to_owned();
            return Err(slip(&sum.span(), what));
        }
    }
    Ok(Target {
        triple: triple.into_inner(),
        file: shape.file.into_inner(),
        sha256: shape.sha256.map(Spanned::into_inner),
    })
}

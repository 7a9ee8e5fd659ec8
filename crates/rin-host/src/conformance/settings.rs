//! Parameters at their ends and in between, for those that the caller has not set.

use rin_core::Text;
use toml::{Table, Value};

use super::random::Random;
use crate::{Manifest, Param, ParamKind};

/// Returns settings in which each free parameter is at one end of its range, and some at random.
pub(super) fn settings(manifest: &Manifest, pinned: &Table, seed: u64) -> Vec<Table> {
    let mut random = Random::new(seed);
    let mut all = Vec::new();
    for param in free(manifest, pinned) {
        all.extend(ends(param).into_iter().map(|value| with(pinned, &param.key, value)));
    }
    all.extend((0..16).map(|_| chance(manifest, pinned, &mut random)));
    all
}

/// Returns settings at random.
pub(super) fn chance(manifest: &Manifest, pinned: &Table, random: &mut Random) -> Table {
    let mut table = pinned.clone();
    for param in free(manifest, pinned) {
        let value = match &param.kind {
            _ if random.once_in(3) => random.pick(&ends(param)),
            ParamKind::Number { min, max, .. } => {
                let share = random.unit();
                Some(Value::Float((min * (1.0 - share) + max * share).clamp(*min, *max)))
            }
            ParamKind::Switch { .. } => Some(Value::Boolean(random.once_in(2))),
            ParamKind::Text { .. } => {
                let letters = (0..random.below(20)).filter_map(|_| random.pick(&LETTERS));
                Some(Value::String(letters.collect()))
            }
        };
        table.extend(value.map(|value| (param.key.clone(), value)));
    }
    table
}

const LETTERS: [char; 8] = ['a', 'Z', '7', ' ', 'ü', '"', '/', '\u{1f600}'];

fn free<'a>(manifest: &'a Manifest, pinned: &'a Table) -> impl Iterator<Item = &'a Param> {
    manifest.params.iter().filter(|param| !pinned.contains_key(&param.key))
}

fn ends(param: &Param) -> Vec<Value> {
    match &param.kind {
        ParamKind::Number { min, max, default } => {
            [min, max, default].map(|n| Value::Float(*n)).into()
        }
        ParamKind::Switch { .. } => [true, false].map(Value::Boolean).into(),
        ParamKind::Text { default } => {
            let long = "ü".repeat(rin_abi::MAX_TEXT / 2);
            let texts = ["", "\n", "ünï\u{202e}çødé", default.as_str(), long.as_str()];
            texts.map(|text| Value::String(text.to_owned())).into()
        }
    }
}

fn with(pinned: &Table, key: &str, value: Value) -> Table {
    let mut table = pinned.clone();
    table.insert(key.to_owned(), value);
    table
}

/// Writes settings in one line.
pub(super) fn in_words(settings: &Table) -> String {
    let short = |value: &Value| {
        let text = value.to_string();
        if text.len() < 60 { text } else { format!("a value of {} bytes", text.len()) }
    };
    let words = settings.iter().map(|(key, value)| format!("{key} = {}", short(value)));
    words.collect::<Vec<_>>().join(", ")
}

/// Whether both languages say something.
pub(super) fn is_said(text: &Text) -> bool {
    !text.en.trim().is_empty() && !text.de.trim().is_empty()
}

//! The elements of one long array in a JSON file, one after the other, in constant memory.
//!
//! Exports put a life into one array, inside an object or as the whole file. It is cut into its elements by brackets and quotation marks alone and each is
//! handed over as bytes; whoever takes it parses it. So one broken element costs itself, not the file, and what
//! stands before the place where a download broke off is read.

mod nest;

use std::io::Read;

use rin_core::Stop;

use self::nest::{DEPTH, Met, pass};
use super::window::Window;
use crate::archive::Fault;

/// One element of the array.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Item<'a> {
    /// Its number, counted from 0 through all arrays of that key.
    pub index: u64,
    /// The byte of the file it begins at, counted from 1.
    pub place: u64,
    /// Its text, without the white space around it.
    pub bytes: &'a [u8],
}

/// What was in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Items {
    /// How many elements were handed over or were too long.
    pub count: u64,
    /// How often the key was there; a key that is there twice is read twice.
    pub arrays: u64,
    /// How many elements were longer than allowed and so left out.
    pub too_long: u64,
    /// The byte the first of them begins at, counted from 1.
    pub first_too_long: u64,
}

impl Items {
    fn add_too_long(&mut self, place: u64) {
        self.too_long += 1;
        if self.too_long == 1 {
            self.first_too_long = place;
        }
    }
}

/// Why the reading ended early.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ItemsError {
    /// The file is damaged from a place on; everything before it was handed over.
    #[error("the file is damaged")]
    Fault(#[source] Fault),
    /// The taker wants no more.
    #[error("the taker of the items wants no more")]
    Stopped,
}

impl From<Stop> for ItemsError {
    fn from(_: Stop) -> Self {
        Self::Stopped
    }
}

impl From<Fault> for ItemsError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Hands over the elements of the arrays that the top-level object of `reader` calls `key`.
///
/// A `null` in place of the array is an empty one. Elements longer than `max_item_bytes` are counted, not kept;
/// memory stays below that length and some 64 KiB.
///
/// # Errors
/// [`ItemsError`] after the elements before the fault have been handed over.
///
/// # Example
/// ```
/// use rin_plugin::text::json_items;
///
/// let file = br#"{"n": 2, "items": [], "items": [{"a": "}"}, 7]}"#;
/// let mut seen = Vec::new();
/// let items = json_items(&file[..], "items", 1024, |item| {
///     seen.push(String::from_utf8_lossy(item.bytes).into_owned());
///     Ok(())
/// })?;
/// assert_eq!((items.arrays, seen), (2, vec![r#"{"a": "}"}"#.to_owned(), "7".to_owned()]));
/// # Ok::<(), rin_plugin::text::ItemsError>(())
/// ```
pub fn json_items<R: Read>(
    reader: R,
    key: &str,
    max_item_bytes: usize,
    mut each: impl FnMut(Item<'_>) -> Result<(), Stop>,
) -> Result<Items, ItemsError> {
    let mut scanner = Scanner { window: Window::new(reader), max: max_item_bytes };
    let mut items = Items::default();
    scanner.skip_mark()?;
    scanner.open(b'{', NO_OBJECT)?;
    if scanner.token()? == Some(b'}') {
        scanner.window.advance(1);
        scanner.end_of_file()?;
        return Ok(items);
    }
    loop {
        let is_wanted = scanner.key()?.as_deref() == Some(key);
        match scanner.token()? {
            Some(b'[') if is_wanted => {
                scanner.window.advance(1);
                scanner.elements(&mut items, &mut each)?;
            }
            Some(b'n') if is_wanted => {
                items.arrays += 1;
                scanner.skip_value()?;
            }
            Some(_) if is_wanted => return Err(scanner.no_list(key).into()),
            _ => scanner.skip_value()?,
        }
        if scanner.next_or_end(b'}')? {
            scanner.end_of_file()?;
            return Ok(items);
        }
    }
}

/// Hands over the elements of a file that is one array from its first byte to its last.
///
/// Elements longer than `max_item_bytes` are counted, not kept; memory stays below that length and some 64 KiB.
///
/// # Errors
/// [`ItemsError`] after the elements before the fault have been handed over.
///
/// # Example
/// ```
/// use rin_plugin::text::json_array;
///
/// let mut seen = Vec::new();
/// let items = json_array(&br#"[{"a": "]"}, 7]"#[..], 1024, |item| {
///     seen.push((item.place, String::from_utf8_lossy(item.bytes).into_owned()));
///     Ok(())
/// })?;
/// assert_eq!((items.count, seen), (2, vec![(2, r#"{"a": "]"}"#.to_owned()), (14, "7".to_owned())]));
/// # Ok::<(), rin_plugin::text::ItemsError>(())
/// ```
pub fn json_array<R: Read>(
    reader: R,
    max_item_bytes: usize,
    mut each: impl FnMut(Item<'_>) -> Result<(), Stop>,
) -> Result<Items, ItemsError> {
    let mut scanner = Scanner { window: Window::new(reader), max: max_item_bytes };
    let mut items = Items::default();
    scanner.skip_mark()?;
    scanner.open(b'[', NO_ARRAY)?;
    scanner.elements(&mut items, &mut each)?;
    scanner.end_of_file()?;
    Ok(items)
}

/// What a file that must be an object is told if it is none, in English and German.
const NO_OBJECT: [&str; 2] = [
    "The file does not begin as a JSON object, so nothing in it was read. Download the export again.",
    "Die Datei beginnt nicht als JSON-Objekt, daher wurde nichts darin gelesen. Lade den Export neu herunter.",
];
/// The same for an array.
const NO_ARRAY: [&str; 2] = [
    "The file does not begin as a JSON list, so nothing in it was read. Download the export again.",
    "Die Datei beginnt nicht als JSON-Liste, daher wurde nichts darin gelesen. Lade den Export neu herunter.",
];

struct Scanner<R> {
    window: Window<R>,
    max: usize,
}

impl<R: Read> Scanner<R> {
    /// Hands over the elements of the array whose bracket was just passed.
    fn elements(
        &mut self,
        items: &mut Items,
        each: &mut impl FnMut(Item<'_>) -> Result<(), Stop>,
    ) -> Result<(), ItemsError> {
        items.arrays += 1;
        if self.token()? == Some(b']') {
            self.window.advance(1);
            return Ok(());
        }
        loop {
            self.token()?;
            let place = self.window.place();
            let index = items.count;
            self.window.keep();
            let is_whole = self.value()?;
            items.count += 1;
            if is_whole {
                each(Item { index, place, bytes: self.window.kept() })?;
            } else {
                items.add_too_long(place);
            }
            self.window.release();
            if self.next_or_end(b']')? {
                return Ok(());
            }
        }
    }

    /// Goes past one value; `false` if it was too long to be kept.
    fn value(&mut self) -> Result<bool, Fault> {
        match self.window_peek()? {
            Some(b'"') => self.string(),
            Some(b'{' | b'[') => self.nested(),
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => self.scalar(),
            _ => Err(self.malformed()),
        }
    }

    fn skip_value(&mut self) -> Result<(), Fault> {
        self.value().map(|_| ())
    }

    /// Goes past an object or array.
    fn nested(&mut self) -> Result<bool, Fault> {
        let mut depth = 0_u32;
        let mut is_whole = true;
        loop {
            let (amount, met) = pass(self.ready()?, &mut depth);
            self.window.advance(amount);
            match met {
                Met::Cut => is_whole &= self.bound(),
                Met::String => is_whole &= self.string()?,
                Met::End => return Ok(self.bound() && is_whole),
                Met::TooDeep => return Err(self.too_deep()),
            }
        }
    }

    /// Goes past a string, the opening mark included.
    fn string(&mut self) -> Result<bool, Fault> {
        self.window.advance(1);
        let mut is_whole = true;
        loop {
            let ready = self.ready()?;
            let found = memchr::memchr2(b'"', b'\\', ready);
            let byte = found.and_then(|at| ready.get(at).copied());
            let amount = found.unwrap_or(ready.len());
            self.window.advance(amount);
            is_whole &= self.bound();
            match byte {
                Some(b'"') => {
                    self.window.advance(1);
                    return Ok(is_whole);
                }
                Some(_) => {
                    self.window.advance(1);
                    self.ready()?;
                    self.window.advance(1);
                }
                None => {}
            }
        }
    }

    /// Goes past a number, `true`, `false` or `null`; whoever parses it says whether it is one.
    fn scalar(&mut self) -> Result<bool, Fault> {
        let mut is_whole = true;
        loop {
            let ready = self.window.ready().map_err(|e| Fault::from_io(&e, 0))?;
            let end = ready
                .iter()
                .position(|byte| !byte.is_ascii_alphanumeric() && !b"+-.".contains(byte));
            let amount = end.unwrap_or(ready.len());
            let is_over = end.is_some() || ready.is_empty();
            self.window.advance(amount);
            is_whole &= self.bound();
            if is_over {
                return Ok(is_whole);
            }
        }
    }

    /// Forgets what is kept once it is too long; `false` then.
    fn bound(&mut self) -> bool {
        if self.window.kept().len() <= self.max {
            return true;
        }
        self.window.release();
        false
    }

    /// Returns the next key and stands before its value; `None` for one too long to be ours.
    fn key(&mut self) -> Result<Option<String>, Fault> {
        if self.token()? != Some(b'"') {
            return Err(self.malformed());
        }
        self.window.keep();
        let is_whole = self.string()?;
        let key = is_whole.then(|| serde_json::from_slice(self.window.kept()).ok()).flatten();
        self.window.release();
        if self.token()? != Some(b':') {
            return Err(self.malformed());
        }
        self.window.advance(1);
        Ok(key)
    }

    /// Takes a comma, or `end`: `true` if it was the end.
    fn next_or_end(&mut self, end: u8) -> Result<bool, Fault> {
        match self.token()? {
            Some(b',') => {
                self.window.advance(1);
                self.token()?;
                Ok(false)
            }
            Some(byte) if byte == end => {
                self.window.advance(1);
                Ok(true)
            }
            _ => Err(self.malformed()),
        }
    }

    /// Goes past white space and returns the next byte without taking it; `None` at the end.
    fn token(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let Some(byte) = self.window_peek()? else { return Ok(None) };
            if !b" \t\r\n".contains(&byte) {
                return Ok(Some(byte));
            }
            self.window.advance(1);
        }
    }

    fn window_peek(&mut self) -> Result<Option<u8>, Fault> {
        let place = self.window.place();
        self.window.peek().map_err(|error| Fault::from_io(&error, place))
    }

    /// Returns what lies ready inside a value, where the file must not end.
    fn ready(&mut self) -> Result<&[u8], Fault> {
        let place = self.window.place();
        let ready = self.window.ready().map_err(|error| Fault::from_io(&error, place))?;
        if ready.is_empty() { Err(cut_off(place)) } else { Ok(ready) }
    }

    fn skip_mark(&mut self) -> Result<(), Fault> {
        if self.window_peek()? != Some(0xef) {
            return Ok(());
        }
        for byte in b"\xef\xbb\xbf" {
            if self.window_peek()? != Some(*byte) {
                return Err(self.malformed());
            }
            self.window.advance(1);
        }
        Ok(())
    }

    /// Goes past the bracket that the file begins with; `otherwise` says in both languages what it is not.
    fn open(&mut self, bracket: u8, otherwise: [&str; 2]) -> Result<(), Fault> {
        let [en, de] = match self.token()? {
            Some(byte) if byte == bracket => {
                self.window.advance(1);
                return Ok(());
            }
            None => return Err(cut_off(self.window.place())),
            Some(b'<') => {
                let en =
                    "The file is a web page and no JSON. Sign in and download the export again.";
                let de = "Die Datei ist eine Webseite und kein JSON. Melde dich an und lade den Export neu herunter.";
                return Err(Fault::new("html", en, de).at(self.window.place()));
            }
            Some(_) => otherwise,
        };
        Err(Fault::new("malformed", en, de).at(self.window.place()))
    }

    fn end_of_file(&mut self) -> Result<(), Fault> {
        // Some writers pad with zeros; anything else is not the file it claims to be.
        while let Some(byte) = self.token()? {
            if byte != 0 {
                return Err(self.malformed());
            }
            self.window.advance(1);
        }
        Ok(())
    }

    fn malformed(&mut self) -> Fault {
        let place = self.window.place();
        if matches!(self.window.peek(), Ok(None)) {
            return cut_off(place);
        }
        Fault::new(
            "malformed",
            "From this place on the file is no valid JSON and was read no further. Download the export again.",
            "Ab dieser Stelle ist die Datei kein gültiges JSON, weiter wurde sie nicht gelesen. Lade den Export neu herunter.",
        )
        .at(place)
    }

    /// The key stands there, and something else than a list behind it.
    fn no_list(&self, key: &str) -> Fault {
        Fault::new(
            "malformed",
            format!("\"{key}\" is no list, so the file was read no further. Download the export again."),
            format!("»{key}« ist keine Liste, daher wurde die Datei nicht weitergelesen. Lade den Export neu herunter."),
        )
        .at(self.window.place())
    }

    fn too_deep(&self) -> Fault {
        Fault::new(
            "too-deep",
            format!("From this place on the file is nested deeper than any known export (more than {DEPTH} levels) and was read no further. Download the export again."),
            format!("Ab dieser Stelle ist die Datei tiefer verschachtelt als jeder bekannte Export (mehr als {DEPTH} Ebenen), weiter wurde sie nicht gelesen. Lade den Export neu herunter."),
        )
        .at(self.window.place())
    }
}

/// Returns the fault of a file that ends at byte `place`, counted from 1: at the first one it is empty.
fn cut_off(place: u64) -> Fault {
    let (en, de) = if place <= 1 {
        (
            "The file is empty. Download the export again.",
            "Die Datei ist leer. Lade den Export neu herunter.",
        )
    } else {
        (
            "The file ends in the middle, and the rest is missing. Download the export again.",
            "Die Datei endet mittendrin, der Rest fehlt. Lade den Export neu herunter.",
        )
    };
    Fault::new("truncated", en, de).at(place)
}

#[cfg(test)]
mod tests;

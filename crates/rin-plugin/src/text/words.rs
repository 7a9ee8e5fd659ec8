//! Texts that come again and again, each kept once and known by a number.

use std::fmt;

use string_interner::{StringInterner, Symbol as _, backend::StringBackend, symbol::SymbolU32};

/// Texts, each kept once, all in one memory, and numbered in the order in which they came.
///
/// A reader that has to remember who stands in every row keeps four bytes for each instead of a text of its own.
///
/// # Example
/// ```
/// use rin_plugin::text::Words;
///
/// let mut words = Words::default();
/// let numbers = ["ann", "ben", "ann"].map(|name| words.add(name));
/// assert_eq!(numbers, [0, 1, 0]);
/// assert_eq!((words.get(1), words.find("ben"), words.find("cy")), ("ben", Some(1), None));
/// assert_eq!(words.len(), 2);
/// ```
#[derive(Clone, Default)]
pub struct Words {
    all: StringInterner<StringBackend<SymbolU32>>,
    /// The number given last, since a text often comes again at once.
    last: usize,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("len", &self.len()).finish_non_exhaustive()
    }
}

impl Words {
    /// Makes room for so many different texts, for which it would have to grow and to be sorted anew many times.
    pub fn with_capacity(count: usize) -> Self {
        Self { all: StringInterner::with_capacity(count), last: 0 }
    }

    /// Returns the number of a text, which it has from now on.
    pub fn add(&mut self, text: &str) -> usize {
        if self.get(self.last) != text || text.is_empty() {
            self.last = self.all.get_or_intern(text).to_usize();
        }
        self.last
    }

    /// Returns the number of a text; `None` if it never came.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.all.get(text).map(SymbolU32::to_usize)
    }

    /// Returns the text of a number; empty for one that was not given.
    pub fn get(&self, number: usize) -> &str {
        SymbolU32::try_from_usize(number).and_then(|symbol| self.all.resolve(symbol)).unwrap_or("")
    }

    /// Returns how many different texts there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

//! Why a text is no filter: where, what was found, what may stand there, and what was probably meant.

use std::fmt;

/// Why a text is no filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilterError {
    /// The character at which it goes wrong, from 1.
    pub at: usize,
    /// What is wrong there.
    pub fault: FilterFault,
}

/// What is wrong with a filter.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum FilterFault {
    /// The text is longer than a filter may be.
    TooLong {
        /// How many characters it may have.
        longest: usize,
    },
    /// Parentheses stand within too many others.
    TooDeep {
        /// How many may.
        deepest: usize,
    },
    /// A quotation mark is never closed.
    OpenQuote,
    /// A parenthesis is never closed.
    OpenParenthesis,
    /// A parenthesis is closed that was never opened.
    StrayParenthesis,
    /// Something to look for should stand here.
    NoTerm {
        /// What stands here; empty for the end.
        found: String,
    },
    /// A word is none of the language.
    UnknownWord {
        /// What stands there.
        word: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// A name that is compared with a number stands without one, or with a colon.
    NoComparison {
        /// The name.
        name: &'static str,
    },
    /// A name that takes a word after a colon stands without one, or with a comparison.
    NoValue {
        /// The name.
        name: &'static str,
        /// Values it may have, if there are only these.
        allowed: Vec<&'static str>,
    },
    /// A name takes only some words, and this is none of them.
    UnknownValue {
        /// The name.
        name: &'static str,
        /// What stands there.
        value: String,
        /// Values it may have.
        allowed: Vec<&'static str>,
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// What is compared with is no number of the kind asked for.
    NotANumber {
        /// The name.
        name: &'static str,
        /// What stands there.
        value: String,
        /// An example of what may.
        example: &'static str,
    },
    /// What should be a day, a month, a year or a span of them is none.
    NotADay {
        /// The name.
        name: &'static str,
        /// What stands there.
        value: String,
    },
}

impl std::error::Error for FilterError {}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at;
        match &self.fault {
            FilterFault::TooLong { longest } => {
                write!(f, "a filter has at most {longest} characters")
            }
            FilterFault::TooDeep { deepest } => {
                write!(f, "more than {deepest} parentheses within one another at character {at}")
            }
            FilterFault::OpenQuote => {
                write!(f, "the quotation mark at character {at} is never closed")
            }
            FilterFault::OpenParenthesis => {
                write!(f, "the parenthesis at character {at} is never closed")
            }
            FilterFault::StrayParenthesis => {
                write!(f, "the parenthesis at character {at} closes nothing")
            }
            FilterFault::NoTerm { found } if found.is_empty() => {
                write!(f, "something to look for is missing at the end")
            }
            FilterFault::NoTerm { found } => {
                write!(f, "something to look for is missing before `{found}` at character {at}")
            }
            FilterFault::UnknownWord { word, nearest } => {
                write!(f, "`{word}` at character {at} is no word of the filter language")?;
                perhaps(f, *nearest)
            }
            FilterFault::NoComparison { name } => {
                write!(
                    f,
                    "`{name}` at character {at} is compared with a number by <, <=, >, >= or ="
                )
            }
            FilterFault::NoValue { name, allowed } => {
                write!(f, "`{name}` at character {at} takes a word right after a colon")?;
                if allowed.is_empty() { Ok(()) } else { write!(f, ": {}", allowed.join(", ")) }
            }
            FilterFault::UnknownValue { name, value, allowed, nearest } => {
                let allowed = allowed.join(", ");
                write!(f, "`{value}` at character {at} is no {name}, which may be {allowed}")?;
                perhaps(f, *nearest)
            }
            FilterFault::NotANumber { name, value, example } => {
                write!(f, "`{value}` at character {at} is no number for {name}, such as {example}")
            }
            FilterFault::NotADay { name, value } => {
                write!(
                    f,
                    "`{value}` at character {at} is no time for {name}, such as 2026, 2026-03, 2026-03-05 or 2026-01..2026-03"
                )
            }
        }
    }
}

fn perhaps(f: &mut fmt::Formatter<'_>, nearest: Option<&str>) -> fmt::Result {
    nearest.map_or(Ok(()), |nearest| write!(f, ", perhaps `{nearest}`"))
}

//! Whom a list is about, in a line somebody types: `platform:linkedin alive<0.5 tag:press`.
//!
//! One small language for every list. A [`Filter`] is read from text, printed back in one spelling, and asked about the
//! [`FilterFacts`] of one party. It has three answers: what no source shows is neither inside nor outside, so a figure that
//! is unknown matches neither `alive<0.5` nor `not alive<0.5` (the strong logic of S. C. Kleene, Introduction to Metamathematics,
//! 1952, § 64). Text from strangers can make it fail, but not panic, and its depth is bounded.

mod day;
mod error;
mod facts;
mod lex;
mod parse;
mod print;
mod term;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, str::FromStr};

use self::term::Term;
pub use self::{
    day::{DaySpan, day_of_date},
    error::{FilterError, FilterFault},
    facts::{FilterFacts, TieRole},
};

/// Longest text, in characters.
const LONGEST: usize = 2_000;
/// Parentheses within parentheses.
const DEEPEST: usize = 24;

/// Whom a list is about. The default is everybody.
///
/// # Example
/// ```
/// use rin_core::{Filter, FilterFacts};
///
/// let filter: Filter = "alive<50% (tag:press or tag:radio) -platform:mail".parse()?;
/// let mut ann = FilterFacts { tags: vec!["press".into()], ..FilterFacts::default() };
/// assert_eq!(filter.answer(&ann), None); // how alive it is nobody knows
/// ann.alive = Some(0.3);
/// assert!(filter.matches(&ann));
/// assert_eq!(filter.to_string(), "alive<0.5 (tag:press or tag:radio) -platform:mail");
///
/// let error = "alvie<0.5".parse::<Filter>().unwrap_err();
/// assert_eq!(error.to_string(), "`alvie` at character 1 is no word of the filter language, perhaps `alive`");
/// # Ok::<(), rin_core::FilterError>(())
/// ```
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    root: Option<Expression>,
}

/// An expression in one shape: no sum within a sum, no double negation, and sums have two parts at least.
#[derive(Clone, PartialEq, Debug)]
enum Expression {
    Term(Term),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Filter {
    /// Whether everybody is meant.
    pub const fn is_everybody(&self) -> bool {
        self.root.is_none()
    }

    /// Whether somebody is known to be meant; whoever cannot be decided is not.
    ///
    /// # Complexity
    /// Linear in the filter and in what is known of the party.
    pub fn matches(&self, facts: &FilterFacts) -> bool {
        self.answer(facts) == Some(true)
    }

    /// Whether somebody is meant; `None` if what is known does not decide it.
    pub fn answer(&self, facts: &FilterFacts) -> Option<bool> {
        self.root.as_ref().map_or(Some(true), |root| root.answer(facts))
    }

    /// Returns the names of all that is asked about, so that nothing else needs to be read: `alive`, `note`, `campaign`.
    ///
    /// # Example
    /// ```
    /// use rin_core::Filter;
    /// let filter: Filter = "note:award or -(alive<0.5 fading)".parse()?;
    /// assert_eq!(filter.asks_about().into_iter().collect::<Vec<_>>(), ["alive", "level", "note"]);
    /// # Ok::<(), rin_core::FilterError>(())
    /// ```
    pub fn asks_about(&self) -> BTreeSet<&'static str> {
        let mut names = BTreeSet::new();
        if let Some(root) = &self.root {
            root.each_term(&mut |term| {
                names.insert(term.name());
            });
        }
        names
    }

    /// Returns the words that are looked for under a name (`tag`, `platform`, `campaign`), so that a face can say which
    /// of them nobody bears.
    pub fn words_of(&self, name: &str) -> Vec<&str> {
        let mut words = Vec::new();
        if let Some(root) = &self.root {
            root.each_term(&mut |term| words.extend(term.word().filter(|_| term.name() == name)));
        }
        words
    }
}

impl FromStr for Filter {
    type Err = FilterError;

    /// Reads a filter; empty text means everybody.
    fn from_str(text: &str) -> Result<Self, FilterError> {
        parse::parse(text).map(|root| Self { root })
    }
}

impl Expression {
    /// Answers by Kleene's tables: one *no* decides an *all*, one *yes* an *any*, whatever else is unknown.
    fn answer(&self, facts: &FilterFacts) -> Option<bool> {
        match self {
            Self::Term(term) => term.answer(facts),
            Self::Not(part) => part.answer(facts).map(|answer| !answer),
            Self::All(parts) => joined(parts, facts, false),
            Self::Any(parts) => joined(parts, facts, true),
        }
    }

    fn each_term<'e>(&'e self, visit: &mut impl FnMut(&'e Term)) {
        match self {
            Self::Term(term) => visit(term),
            Self::Not(part) => part.each_term(visit),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_term(visit);
                }
            }
        }
    }
}

/// Joins answers of which one like `deciding` decides.
fn joined(parts: &[Expression], facts: &FilterFacts, deciding: bool) -> Option<bool> {
    let mut all = Some(!deciding);
    for part in parts {
        match part.answer(facts) {
            Some(answer) if answer == deciding => return Some(deciding),
            Some(_) => {}
            None => all = None,
        }
    }
    all
}

//! What a profile or a card says of who stands behind an account, by which one human is known again on other platforms.
//!
//! Addresses, mail addresses and employers are written in one form whatever the platform. What says nothing, or is too
//! long, is left out; so is what goes beyond thirty facts, which no profile needs.

use rin_core::{FactKind, normal_fact};

/// Facts taken from one profile.
const MOST: usize = 30;
/// Longest fact in bytes.
const LONGEST: usize = 512;

/// The facts of one account, on their way into [`AccountRecord::facts`](rin_core::AccountRecord).
///
/// # Example
/// ```
/// use rin_plugin::{prelude::FactKind, text::Facts};
/// let mut facts = Facts::default();
/// facts.add(FactKind::Page, "https://social.example/@Ann");
/// facts.add(FactKind::Mail, "Ann@Example.org");
/// facts.add(FactKind::Link, "no address");
/// assert_eq!(facts.as_str(), "page social.example/@ann\nmail ann@example.org");
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    text: String,
    count: usize,
}

impl Facts {
    /// Takes one thing that is said; what says nothing is left out.
    pub fn add(&mut self, kind: FactKind, text: &str) {
        if text.is_empty() {
            return;
        }
        let Some(normal) = normal_fact(kind, text) else { return };
        let line = format!("{} {normal}", kind.name());
        let is_known = self.text.lines().any(|known| known == line);
        if is_known || LONGEST < line.len() || self.count == MOST {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&line);
        self.count += 1;
    }

    /// Returns them, one a line.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_left_out() {
        let mut facts = Facts::default();
        for odd in ["", " ", "a b", "line\nbreak", "@"] {
            facts.add(FactKind::Mail, odd);
            facts.add(FactKind::Vouched, odd);
        }
        facts.add(FactKind::Place, &"x".repeat(600));
        assert_eq!(facts.as_str(), "");
        facts.add(FactKind::Organisation, " Lichtwerk\n GmbH ");
        assert_eq!(facts.as_str(), "organisation Lichtwerk GmbH");
        for n in 0..100 {
            facts.add(FactKind::Place, &n.to_string());
        }
        assert_eq!(facts.as_str().lines().count(), MOST);
    }
}

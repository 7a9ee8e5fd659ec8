//! One line that is typed.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Letters a line may have; a filter has no more.
const MOST: usize = 2_000;

/// What a line is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// Whom week and network are about.
    Filter,
    /// Until when a line of the plan waits.
    Later,
    /// In how many minutes it was done.
    Minutes,
    /// A word for somebody.
    Tag,
    /// A note about somebody.
    Note,
    /// When a pause begins.
    From,
    /// When it ends.
    Until,
}

/// What a key did to the line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Typed {
    /// It is being typed.
    More,
    /// It is done.
    Done,
    /// Nothing is wanted.
    Away,
}

/// A line being typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Prompt {
    pub(super) purpose: Purpose,
    letters: Vec<char>,
    /// Before which letter the cursor stands.
    at: usize,
}

impl Prompt {
    /// Begins a line with a text.
    pub(super) fn new(purpose: Purpose, text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        Self { purpose, at: letters.len(), letters }
    }

    /// Returns what was typed.
    pub(super) fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Returns what was typed before the cursor, and what after it.
    pub(super) fn parts(&self) -> (String, String) {
        let (before, after) = self.letters.split_at(self.at.min(self.letters.len()));
        (before.iter().collect(), after.iter().collect())
    }

    fn insert(&mut self, letter: char) {
        if self.letters.len() < MOST {
            self.letters.insert(self.at, letter);
            self.at += 1;
        }
    }

    /// Takes a key.
    pub(super) fn key(&mut self, key: KeyEvent) -> Typed {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return Typed::Done,
            KeyCode::Esc => return Typed::Away,
            KeyCode::Char('u') if is_control => {
                self.letters.drain(..self.at);
                self.at = 0;
            }
            KeyCode::Char('a') if is_control => self.at = 0,
            KeyCode::Char('e') if is_control => self.at = self.letters.len(),
            KeyCode::Char(letter) if !is_control && !letter.is_control() => self.insert(letter),
            KeyCode::Backspace if 0 < self.at => {
                self.at -= 1;
                self.letters.remove(self.at);
            }
            KeyCode::Delete if self.at < self.letters.len() => {
                self.letters.remove(self.at);
            }
            KeyCode::Left => self.at = self.at.saturating_sub(1),
            KeyCode::Right => self.at = self.letters.len().min(self.at + 1),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = self.letters.len(),
            _ => {}
        }
        Typed::More
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[KeyCode]) -> (String, String) {
        let mut prompt = Prompt::new(Purpose::Filter, "abc");
        for key in keys {
            prompt.key(KeyEvent::from(*key));
        }
        prompt.parts()
    }

    #[test]
    fn letters_go_where_the_cursor_stands() {
        use KeyCode::{Backspace, Char, Delete, End, Home, Left, Right};
        for (keys, shown) in [
            (&[Char('ö')][..], ("abcö", "")),
            (&[Left, Left, Char('x')], ("ax", "bc")),
            (&[Home, Delete, Delete], ("", "c")),
            (&[Home, Backspace, Left, Right, Right, Right, Right, Right], ("abc", "")),
            (&[Left, Backspace, End, Delete], ("ac", "")),
        ] {
            assert_eq!(typed(keys), (shown.0.to_owned(), shown.1.to_owned()), "{keys:?}");
        }
    }

    #[test]
    fn a_line_does_not_grow_for_ever() {
        let mut prompt = Prompt::new(Purpose::Note, "");
        for _ in 0..3_000 {
            prompt.key(KeyEvent::from(KeyCode::Char('x')));
        }
        assert_eq!(prompt.text().len(), MOST);
    }
}

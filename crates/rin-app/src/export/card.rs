//! Address cards: vCard 4.0 (RFC 6350), accounts as `EMAIL` or `SOCIALPROFILE` (RFC 9554).
//!
//! A card holds what people need to reach somebody and nothing that Rin computed: it is made to be given on.

use std::io::{self, Write};

use rin_core::PartyId;

use super::{Source, kind};
use crate::{
    SessionError,
    people::{clean, handle_of},
};

/// Octets of a line at most, its end not counted (RFC 6350, 3.2).
const LINE: usize = 75;

/// One card.
pub(super) struct Card {
    lines: Vec<String>,
}

impl Source<'_> {
    /// Returns a card for everybody but us, in the order of parties.
    pub(super) fn cards(&self) -> Result<Vec<Card>, SessionError> {
        let tags = self.tags_of()?;
        let own = |party: &PartyId| {
            self.accounts_of(*party).iter().any(|account| self.people.own.contains(account))
        };
        let others = self.by_party.keys().filter(|party| !own(party));
        Ok(others
            .map(|party| self.card(*party, tags.get(party).map_or(&[], Vec::as_slice)))
            .collect())
    }

    fn card(&self, party: PartyId, tags: &[String]) -> Card {
        let accounts = self.accounts_of(party);
        let name = escaped(&self.name(party));
        let mut lines = vec!["BEGIN:VCARD".to_owned(), "VERSION:4.0".to_owned()];
        match kind(self.people, accounts) {
            Some("organisation") => lines.push("KIND:org".to_owned()),
            Some("person") => lines.push("KIND:individual".to_owned()),
            Some("bot") => lines.push("KIND:application".to_owned()),
            _ => {}
        }
        lines.push(format!("FN:{name}"));
        lines.push(format!("UID;VALUE=text:rin-party-{}", party.get()));
        for known in accounts.iter().filter_map(|account| self.people.accounts.get(account)) {
            let key = &known.account.key;
            let handle = handle_of(known).unwrap_or_else(|| clean(&key.id));
            let platform = word(&key.platform);
            lines.push(if key.platform == "mail" && handle.contains('@') {
                format!("EMAIL:{}", escaped(&handle))
            } else if is_address(&key.id) {
                let user = quoted(&handle);
                format!("SOCIALPROFILE;SERVICE-TYPE={platform};USERNAME={user}:{}", clean(&key.id))
            } else {
                format!("SOCIALPROFILE;SERVICE-TYPE={platform};VALUE=text:{}", escaped(&handle))
            });
        }
        if !tags.is_empty() {
            let tags: Vec<String> = tags.iter().map(|tag| escaped(tag)).collect();
            lines.push(format!("CATEGORIES:{}", tags.join(",")));
        }
        lines.push("END:VCARD".to_owned());
        Card { lines }
    }
}

impl Card {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.lines.iter().try_for_each(|line| out.write_all(folded(line).as_bytes()))
    }
}

/// Whether a native id is an address by itself, without anything that a line could not hold.
fn is_address(id: &str) -> bool {
    (id.starts_with("https://") || id.starts_with("http://"))
        && id.chars().all(|letter| letter.is_ascii_graphic())
}

/// Returns a platform's name as a parameter holds it.
fn word(platform: &str) -> String {
    platform.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Returns a parameter in quotes, in which a quote cannot stand (RFC 6868 writes `^'`).
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('^', "^^").replace('"', "^'"))
}

/// Returns a text as a value holds it (RFC 6350, 3.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ',' | ';' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Returns a line with its end, broken where it is too long and never inside a letter.
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::with_capacity(line.len() + 2), 0);
    for letter in line.chars() {
        if LINE < length + letter.len_utf8() {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters_and_come_back_whole() {
        let line = format!("FN:{}", "Müller-Öztürk 🌻 ".repeat(20));
        let text = folded(&line);
        assert!(text.lines().all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end_matches("\r\n"), line);
    }

    #[test]
    fn names_cannot_add_lines_or_fields() {
        assert_eq!(escaped("a;b,c\\d\r\nTEL:1"), "a\\;b\\,c\\\\d\\nTEL:1");
        assert_eq!(quoted("a\":b"), "\"a^':b\"");
        assert!(!is_address("https://a.example/\r\nTEL:1"));
    }
}

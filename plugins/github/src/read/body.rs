//! Whom a text names and which pages it leads to; nothing else of it is kept.
//!
//! Code is passed over: a decorator or a package's scope looks like a name, and nobody was addressed.

use rin_plugin::text::Labels;

use super::item::is_login;

/// Names taken from one text.
const MOST: usize = 30;

/// Returns the logins a text names, in lower case, each once.
pub(super) fn mentions(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in prose(text) {
        for at in memchr::memchr_iter(b'@', piece.as_bytes()) {
            let (before, rest) = piece.split_at(at);
            let is_inside = |letter: char| letter.is_alphanumeric() || "/.@_-".contains(letter);
            if before.ends_with(is_inside) || found.len() == MOST {
                continue;
            }
            let rest = rest.get(1..).unwrap_or_default();
            let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
            let end = rest.find(|letter| !fits(letter)).unwrap_or(rest.len());
            let (login, after) = rest.split_at(end);
            let login = login.trim_end_matches('-').to_lowercase();
            // `@club/writers` is a team and `@a.example` a server.
            let is_name = !after.starts_with(['/', '_'])
                && !after
                    .strip_prefix('.')
                    .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            if is_name && is_login(&login) && !found.contains(&login) {
                found.push(login);
            }
        }
    }
    found
}

/// Takes the addresses in a text.
pub(super) fn add_links(text: &str, labels: &mut Labels) {
    for piece in prose(text) {
        let is_gap = |letter: char| letter.is_whitespace() || "()<>[]\"'".contains(letter);
        for word in piece.split(is_gap) {
            labels.add_link(word.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']));
        }
    }
}

/// Returns the lines of a text without code and without what they quote of others, in pieces.
fn prose(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            is_code = !is_code;
        } else if !is_code && !start.starts_with('>') && !line.contains('`') {
            pieces.push(line);
        } else if !is_code && !start.starts_with('>') {
            // Every second piece stands between backticks, unless the last is never closed.
            let parts: Vec<&str> = line.split('`').collect();
            let is_even = parts.len() % 2 == 1;
            let is_prose = |at: usize| at.is_multiple_of(2) || (!is_even && at + 1 == parts.len());
            pieces.extend(
                parts.iter().enumerate().filter(|(at, _)| is_prose(*at)).map(|(_, part)| *part),
            );
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_are_mentions() {
        let text = "cc @Ann, (@ben-b) and @ann again. Mail a@b.example or see @types/node, @club/writers.\n\
            `@decorator` and `open @carl\n> @quoted said so\n```\n@code\n```\n@dora. @under_score @e.example";
        assert_eq!(mentions(text), ["ann", "ben-b", "carl", "dora"]);
        assert!(mentions(&"@a ".repeat(9)).len() == 1 && mentions("@ @- @@x").is_empty());
    }

    #[test]
    fn links_are_taken_without_their_brackets_and_stops() {
        let mut labels = Labels::default();
        add_links(
            "See [it](https://a.example/x), https://b.example. `https://code.example`",
            &mut labels,
        );
        assert_eq!(labels.as_str(), "https://a.example/x\nhttps://b.example");
    }
}

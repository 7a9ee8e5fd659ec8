//! Whom a text names and which pages it leads to; nothing else of it is kept.
//!
//! Code is passed over: a decorator or a package's scope looks like a name, and nobody was addressed.

use rin_plugin::text::Labels;

use super::item::{GHOST, is_login};

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
            // Nor is what another server follows, `@ann@social.example`, nor what stands in an address.
            let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            let is_name = !after.starts_with(['/', '_', '@'])
                && !word.contains("://")
                && login != GHOST
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
    let mut open: Option<Fence> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let is_code = open.is_some();
        if let Some(fence) = fence(start) {
            // Only as many marks as opened it close it, with nothing behind them.
            open = open.filter(|open| !fence.closes(*open)).or(Some(fence).filter(|_| !is_code));
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

/// A line that begins or ends code.
#[derive(Clone, Copy)]
struct Fence {
    mark: char,
    length: usize,
    is_bare: bool,
}

impl Fence {
    fn closes(self, open: Self) -> bool {
        self.is_bare && self.mark == open.mark && open.length <= self.length
    }
}

fn fence(line: &str) -> Option<Fence> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (3 <= length).then(|| Fence { mark, length, is_bare: rest.trim().is_empty() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_people_are_mentions() {
        let text = "cc @Ann, (@ben-b) and @ann again. Mail a@b.example or see @types/node, @club/writers.\n\
            `@decorator` and `open @carl\n> @quoted said so\n```\n@code\n```\n@dora. @under_score @e.example";
        assert_eq!(mentions(text), ["ann", "ben-b", "carl", "dora"]);
        let text =
            "````\n@a\n```\n@b\n````\n@cy @-bad @ghost @sam@social.example https://x.example/?q=@z";
        assert_eq!(mentions(text), ["cy"]);
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

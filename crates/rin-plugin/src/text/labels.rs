//! Hashtags and addresses of a post, by which a campaign knows what belongs to it.
//!
//! Written in one way whatever the platform: a hashtag in lower case behind one `#`, an address as it is. What is
//! neither, or too long, is left out; a post that names more than thirty is not about any of them.

/// Labels taken from one post.
const MOST: usize = 30;
/// Longest label in bytes.
const LONGEST: usize = 512;

/// The labels of one post, on their way into [`InteractionRecord::labels`](rin_core::InteractionRecord).
///
/// # Example
/// ```
/// use rin_plugin::text::Labels;
/// let mut labels = Labels::default();
/// labels.add_hashtag("#Lesewoche");
/// labels.add_hashtag("lesewoche");
/// labels.add_link("https://buecherei.example/lesewoche");
/// labels.add_link("javascript:alert(1)");
/// assert_eq!(labels.as_str(), "#lesewoche\nhttps://buecherei.example/lesewoche");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Labels {
    text: String,
    count: usize,
}

impl Labels {
    /// Takes a hashtag, with or without its `#`.
    pub fn add_hashtag(&mut self, name: &str) {
        let name = name.trim().trim_start_matches(['#', '＃']);
        if !name.contains(is_gap) {
            self.add_name(name);
        }
    }

    /// Takes the name of a hashtag, in which nothing parts words.
    fn add_name(&mut self, name: &str) {
        if name.is_empty() {
            return;
        }
        self.add(|text| {
            text.push('#');
            let lower = name.chars().map(|letter| letter.to_ascii_lowercase());
            if name.is_ascii() { text.extend(lower) } else { text.push_str(&name.to_lowercase()) }
        });
    }

    /// Takes the address of a page; what begins otherwise than `http://` or `https://` is left out.
    pub fn add_link(&mut self, address: &str) {
        let address = address.trim();
        let is_page = address.starts_with("https://") || address.starts_with("http://");
        if is_page && !address.contains(is_gap) {
            self.add(|text| text.push_str(address));
        }
    }

    /// Takes the hashtags and addresses that stand in a text: words that begin so, without the marks of punctuation behind.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::text::Labels;
    /// let mut labels = Labels::default();
    /// labels.add_text("Come to (#Lesewoche), see https://buecherei.example/. No#hashtag");
    /// assert_eq!(labels.as_str(), "#lesewoche\nhttps://buecherei.example/");
    /// ```
    pub fn add_text(&mut self, text: &str) {
        for found in memchr::memchr2_iter(b'#', b':', text.as_bytes()) {
            let (before, rest) = text.split_at(found);
            let scheme = match rest.as_bytes() {
                [b'#', ..] => "",
                [b':', b'/', b'/', ..] if before.ends_with("https") => "https",
                [b':', b'/', b'/', ..] if before.ends_with("http") => "http",
                _ => continue,
            };
            let (before, rest) = text.split_at(found - scheme.len());
            if !before.chars().next_back().is_none_or(parts_words) {
                continue;
            }
            let word = rest.split(parts_words).next().unwrap_or_default();
            let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            match word.strip_prefix('#') {
                Some(name) => self.add_name(name.trim_start_matches(['#', '＃'])),
                None => self.add(|text| text.push_str(word)),
            }
        }
    }

    /// Forgets all of them, and keeps their room.
    pub fn clear(&mut self) {
        self.text.clear();
        self.count = 0;
    }

    /// Returns them, one a line.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Takes what `write` writes, unless it is known, too long or one too many.
    fn add(&mut self, write: impl FnOnce(&mut String)) {
        if self.count == MOST {
            return;
        }
        let before = self.text.len();
        if before != 0 {
            self.text.push('\n');
        }
        let start = self.text.len();
        write(&mut self.text);
        let (known, label) = self.text.split_at(start);
        let is_known = known.lines().any(|line| line == label);
        if is_known || LONGEST < label.len() {
            self.text.truncate(before);
        } else {
            self.count += 1;
        }
    }
}

/// Whether a letter parts words of prose.
fn parts_words(letter: char) -> bool {
    is_gap(letter) || matches!(letter, '(' | ')' | '<' | '>' | '"')
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_label_is_left_out() {
        let mut labels = Labels::default();
        for odd in ["", "#", " # ", "two words", "line\nbreak"] {
            labels.add_hashtag(odd);
            labels.add_link(odd);
        }
        labels.add_link(&format!("https://long.example/{}", "x".repeat(600)));
        assert_eq!(labels.as_str(), "");
        for n in 0..100 {
            labels.add_hashtag(&n.to_string());
        }
        assert_eq!(labels.as_str().lines().count(), MOST);
        labels.clear();
        labels.add_hashtag("ÜBER");
        assert_eq!(labels.as_str(), "#über");
        labels.clear();
        labels.add_text(
            " ://x ftp://a.example a#b # #! xhttp://a.example (##Zwei) https: http://b.example/#c",
        );
        assert_eq!(labels.as_str(), "#zwei\nhttp://b.example/#c");
    }
}

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
        if !name.is_empty() && !name.contains(is_gap) {
            self.add(&format!("#{}", name.to_lowercase()));
        }
    }

    /// Takes the address of a page; what begins otherwise than `http://` or `https://` is left out.
    pub fn add_link(&mut self, address: &str) {
        let address = address.trim();
        let is_page = address.starts_with("https://") || address.starts_with("http://");
        if is_page && !address.contains(is_gap) {
            self.add(address);
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

    fn add(&mut self, label: &str) {
        let is_known = self.text.lines().any(|line| line == label);
        if is_known || LONGEST < label.len() || self.count == MOST {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(label);
        self.count += 1;
    }
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
    }
}

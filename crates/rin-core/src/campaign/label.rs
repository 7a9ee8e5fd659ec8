//! Hashtags and links in one form, so that what a reader reports and what a campaign names are found to be the same.
//!
//! People write `#LeseSommer` and `lesesommer`, and links with and without `https://www.` or a slash at the end. A text
//! with a dot or a slash is a link, everything else a hashtag: no platform lets a hashtag hold either.

/// Returns the one form of a hashtag or link; `None` if nothing is left of it or the link names no host.
///
/// A hashtag begins with `#` and is in lower case. A link has no scheme, no `www.`, no fragment and no slash at its
/// end; its host is in lower case, its path as it is.
///
/// # Example
/// ```
/// use rin_core::normal_label;
/// assert_eq!(normal_label(" LeseSommer "), normal_label("#lesesommer"));
/// assert_eq!(normal_label("https://www.Example.org/Summer/#top").as_deref(), Some("example.org/Summer"));
/// assert_eq!(normal_label("#"), None);
/// ```
pub fn normal_label(text: &str) -> Option<String> {
    let text = text.trim();
    let is_link = !text.starts_with('#') && text.contains(['.', '/']);
    if is_link { link(text) } else { hashtag(text) }
}

fn hashtag(text: &str) -> Option<String> {
    let word = text.trim_matches(|end: char| end == '#' || end.is_whitespace());
    (!word.is_empty()).then(|| format!("#{}", word.to_lowercase()))
}

fn link(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some((scheme, after)) = rest.split_once("://")
        && !scheme.contains(['/', '?', '#'])
    {
        rest = after;
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let rest = rest.trim_start().trim_end_matches(|end: char| end == '/' || end.is_whitespace());
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_lowercase();
    let host = host.trim_start_matches("www.");
    // What has no dot is the name of no machine that the world can reach.
    host.trim_matches('.').contains('.').then(|| format!("{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_comes_to_one_form() {
        for (text, normal) in [
            ("#LeseSommer", Some("#lesesommer")),
            ("ÜBERMORGEN", Some("#übermorgen")),
            ("##a", Some("#a")),
            ("# #a# ", Some("#a")),
            ("http://Example.org", Some("example.org")),
            ("example.org/", Some("example.org")),
            ("https://www.example.org/A/b?utm=C#x", Some("example.org/A/b?utm=C")),
            ("https://example.org?q=1", Some("example.org?q=1")),
            ("", None),
            ("https://", None),
            ("a/b", None),
            (" # ", None),
        ] {
            assert_eq!(normal_label(text).as_deref(), normal, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_form_of_a_form_is_itself(text in "[#a-zA-Z./:?ß ]{0,12}") {
            if let Some(normal) = normal_label(&text) {
                assert_eq!(normal_label(&normal), Some(normal));
            }
        }
    }
}

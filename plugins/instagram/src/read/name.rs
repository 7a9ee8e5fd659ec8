//! User names, wherever an export hides them: in a value, a title, an address, a text.
//!
//! A user name is what an account is known by; it changes when its owner wishes, and no export gives a number that stays.

/// Longest user name in letters.
const LONGEST: usize = 30;
/// First parts of an address that name a thing and nobody.
const PLACES: [&str; 13] = [
    "_u", "p", "reel", "reels", "tv", "stories", "explore", "accounts", "direct", "about", "share",
    "s", "c",
];
/// Second parts of an address behind which a post stands, so that its author stands before.
const POSTS: [&str; 4] = ["p", "reel", "tv", "post"];
/// How the name of a deleted account begins.
const DELETED: &str = "__deleted__";

/// Returns a user name in its one spelling, or nothing if it is none: letters, digits, dots and underscores.
pub(super) fn user_name(text: &str) -> Option<String> {
    let name = text.trim().trim_start_matches('@');
    let is_name = (1..=LONGEST).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._".contains(&byte))
        && name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| name.to_ascii_lowercase())
}

/// Whether it is what stands in the place of a deleted account's name.
pub(super) fn is_deleted(text: &str) -> bool {
    text.trim().starts_with(DELETED)
}

/// Returns whose page or post an address shows, if it says so.
///
/// `https://www.instagram.com/NAME`, `…/_u/NAME` (since autumn 2025), `…/NAME/p/CODE/`, `https://www.threads.com/@NAME`.
pub(super) fn of_address(address: &str) -> Option<String> {
    let rest = address.trim();
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !["instagram.com", "threads.net", "threads.com"].contains(&host) {
        return None;
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(4).collect();
    let name = match *parts.as_slice() {
        ["_u", name] | [name] => name,
        [name, kind, ..] if POSTS.contains(&kind) => name,
        _ => return None,
    };
    if PLACES.contains(&name) { None } else { user_name(name) }
}

/// Hands over the names, hashtags and addresses that stand in a public text, each as `@name`, `#tag` or `https://…`.
pub(super) fn marks(text: &str, mut each: impl FnMut(&str)) {
    for word in text.split_whitespace() {
        if word.starts_with("https://") || word.starts_with("http://") {
            each(word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '"', '…']));
            continue;
        }
        let mut rest = word;
        while let Some(at) = rest.find(['@', '#']) {
            let (before, marked) = rest.split_at(at);
            let sign = marked.get(..1).unwrap_or_default();
            let after = marked.get(1..).unwrap_or_default();
            let end = after.find(|letter| !is_part(sign, letter)).unwrap_or(after.len());
            let (name, next) = after.split_at(end);
            // In `ann@mail.example` nobody is named, nor in an address.
            let is_free =
                !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '/');
            let name = if sign == "@" { name.trim_end_matches('.') } else { name };
            if is_free && !name.is_empty() {
                each(&format!("{sign}{name}"));
            }
            rest = next;
        }
    }
}

fn is_part(sign: &str, letter: char) -> bool {
    if sign == "@" {
        letter.is_ascii_alphanumeric() || "._".contains(letter)
    } else {
        letter.is_alphanumeric() || letter == '_'
    }
}

/// Returns what a display name becomes in the name of a folder: its plain letters and digits, small.
pub(super) fn slug(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_names_are_small_whatever_their_case() {
        assert_eq!(user_name(" BEKIR.Nowak_8 ").as_deref(), Some("bekir.nowak_8"));
        assert_eq!(user_name("@ann").as_deref(), Some("ann"));
        for none in ["", "_", "...", "two words", "Zoë", "👍", &"a".repeat(31), "a/b"] {
            assert_eq!(user_name(none), None, "{none}");
        }
        assert!(is_deleted("__deleted__20c4") && !is_deleted("deleted"));
    }

    #[test]
    fn u_hrefs_name_the_person_behind_them_and_not_u() {
        let of = |address: &str| of_address(address).unwrap_or_default();
        assert_eq!(of("https://www.instagram.com/_u/ann.a"), "ann.a");
        assert_eq!(of("https://instagram.com/Ann/?hl=de"), "ann");
        assert_eq!(of("https://www.threads.net/@ann"), "ann");
        assert_eq!(of("https://www.threads.com/@ann/post/D0"), "ann");
        assert_eq!(of("https://www.instagram.com/ann/p/abc/"), "ann");
        for none in [
            "https://www.instagram.com/_u/",
            "https://www.instagram.com/p/x/",
            "https://www.instagram.com/reel/x",
            "https://www.instagram.com/explore/",
            "https://www.instagram.com/",
            "https://instagram.com.example/ann",
            "ftp://instagram.com/ann",
            "ann",
        ] {
            assert_eq!(of_address(none), None, "{none}");
        }
    }

    #[test]
    fn marks_of_a_text_are_names_hashtags_and_addresses() {
        let mut seen = Vec::new();
        let text = "Danke @Ann.a. und (@ben_2), ann@mail.example #Lesewoche#kurz https://b.example/x. x/@no @ # 🌻@cara";
        marks(text, |mark| seen.push(mark.to_owned()));
        assert_eq!(
            seen,
            ["@Ann.a", "@ben_2", "#Lesewoche", "#kurz", "https://b.example/x", "@cara"]
        );
    }

    #[test]
    fn a_slug_is_what_folders_are_called_by() {
        assert_eq!(slug("Jörg D’Amico"), "jrgdamico");
    }
}

//! Words that several pages share.

use maud::{Markup, html};
use rin_app::Lang;

/// Shows a platform: its name behind a dot in its colour.
pub(in crate::web) fn platform(id: &str) -> Markup {
    html! { span class={ "platform on-" (class(id)) } { (platform_name(id)) } }
}

/// Returns a platform's name as its users write it.
pub(in crate::web) fn platform_name(id: &str) -> String {
    let known = match id {
        "github" => "GitHub",
        "gitlab" => "GitLab",
        "linkedin" => "LinkedIn",
        "tiktok" => "TikTok",
        "youtube" => "YouTube",
        "mail" => "E-Mail",
        other => {
            let mut letters = other.chars();
            let first = letters.next().map(char::to_uppercase);
            return first.into_iter().flatten().chain(letters).collect();
        }
    };
    known.to_owned()
}

/// Returns a platform's id as it may stand in a class.
pub(in crate::web) fn class(id: &str) -> String {
    id.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// Returns how a relationship stands, in a word.
pub(in crate::web) fn level(name: &str, lang: Lang) -> &'static str {
    match name {
        "alive" => lang.pick("alive", "lebendig"),
        "fading" => lang.pick("fading", "verblassend"),
        _ => lang.pick("lapsed", "verfallen"),
    }
}

/// Shows a probability as a bar and a number.
pub(in crate::web) fn probability(share: f64, label: &str) -> Markup {
    html! {
        span.share {
            meter min="0" max="1" low="0.5" high="0.75" optimum="1" value=(format!("{share:.2}"))
                aria-label=(label) {}
            span { (Lang::chance(share)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_platform_nobody_knows_is_shown_and_breaks_nothing() {
        assert_eq!(platform_name("mastodon"), "Mastodon");
        assert_eq!(platform_name("öl"), "Öl");
        assert_eq!(class("a\" onload=x b"), "aonloadxb");
        let shown = platform("<b>").into_string();
        assert_eq!(shown, "<span class=\"platform on-b\">&lt;b&gt;</span>");
    }
}

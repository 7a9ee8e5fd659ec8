//! Words that several pages share.

use maud::{Markup, html};
use rin_app::Lang;

pub(in crate::web) use crate::words::level;
use crate::words::platform_name;

/// Shows a platform: its name behind a dot in its colour.
pub(in crate::web) fn platform(id: &str) -> Markup {
    html! { span class={ "platform on-" (class(id)) } { (platform_name(id)) } }
}

/// Returns a platform's id as it may stand in a class.
pub(in crate::web) fn class(id: &str) -> String {
    id.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
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
    fn a_platform_nobody_knows_breaks_nothing() {
        assert_eq!(class("a\" onload=x b"), "aonloadxb");
        let shown = platform("<b>").into_string();
        assert_eq!(shown, "<span class=\"platform on-b\">&lt;b&gt;</span>");
    }
}

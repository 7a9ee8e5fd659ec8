//! Small parts that several pages are made of: meters, charts, figures with their intervals.

use maud::{Markup, PreEscaped, html};
use rin_app::Lang;

use super::words;

/// Returns the classes that colour a platform.
pub(in crate::web) fn platform_class(name: &str) -> String {
    format!("platform on-{}", words::class(name))
}

/// Returns a level in the language; `None` is no contact that any source shows.
pub(in crate::web) fn level(level: Option<&str>, lang: Lang) -> &'static str {
    level.map_or_else(
        || lang.pick("no contact seen", "kein Kontakt zu sehen"),
        |name| words::level(name, lang),
    )
}

/// Shows what is not known as a dash, which is read out as what it means.
fn unknown(lang: Lang) -> Markup {
    let unknown = lang.pick("not known", "nicht bekannt");
    html! { span.faint title=(unknown) { span aria-hidden="true" { "–" } span.hidden { (unknown) } } }
}

/// Shows a number; a dash where it is not known.
pub(in crate::web) fn known(number: Option<u32>, lang: Lang) -> Markup {
    number.map_or_else(|| unknown(lang), |number| html! { (number) })
}

/// Shows a probability as a meter with its number; a dash where it is not known.
pub(in crate::web) fn alive(share: Option<f64>, lang: Lang) -> Markup {
    let Some(share) = share else { return unknown(lang) };
    let text = Lang::percent(share);
    html! {
        span.odds {
            meter min="0" max="1" low="0.3" high="0.6" optimum="1" value=(format!("{share:.2}"))
                aria-label=(lang.pick("probability of being alive", "Wahrscheinlichkeit, lebendig zu sein")) {
                (text)
            }
            span { (text) }
        }
    }
}

/// Shows a chart that was drawn as SVG.
pub(in crate::web) fn chart(svg: String, name: &str) -> Markup {
    // On a narrow screen it is moved sideways, with the keyboard too.
    html! { div.wide.drawn role="group" aria-label=(name) tabindex="0" { (PreEscaped(svg)) } }
}

/// Shows a name that may be an address, which breaks after its first part rather than anywhere.
pub(in crate::web) fn breakable(name: &str) -> Markup {
    let parts = name.split_inclusive('@');
    html! { @for (at, part) in parts.enumerate() { @if 0 < at { wbr; } (part) } }
}

/// Shows sentences, each a paragraph.
pub(in crate::web) fn sentences(all: &[String]) -> Markup {
    html! { @for sentence in all { p { (sentence) } } }
}

/// Shows what is to be known besides, folded away.
pub(in crate::web) fn notes(all: &[String], lang: Lang) -> Markup {
    html! {
        @if !all.is_empty() {
            details {
                summary { (lang.pick("What is assumed", "Was dabei angenommen wird")) }
                ul.faint.small { @for note in all { li { (note) } } }
            }
        }
    }
}

/// Returns a figure with its interval: `12 (7–18)`.
pub(in crate::web) fn ranged(value: f64, range: Option<(f64, f64)>, lang: Lang) -> String {
    let value = lang.number(value);
    range.map_or_else(
        || value.clone(),
        |(low, high)| format!("{value} ({}–{})", lang.number(low), lang.number(high)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_breaks_after_its_first_part() {
        assert_eq!(breakable("ann@<b>").into_string(), "ann@<wbr>&lt;b&gt;");
        assert_eq!(breakable("Ann B").into_string(), "Ann B");
    }

    #[test]
    fn what_is_not_known_is_no_zero() {
        assert!(!alive(None, Lang::En).into_string().contains('0'));
        assert!(alive(Some(0.37), Lang::De).into_string().contains("37 %"));
        assert_eq!(ranged(2.0, Some((1.0, 3.5)), Lang::De), "2 (1–3,5)");
    }
}

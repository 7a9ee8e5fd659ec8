//! Words that several faces share.

#[cfg(any(feature = "tui", feature = "web"))]
pub(crate) mod standing;

use rin_app::Lang;
#[cfg(any(feature = "tui", feature = "web"))]
use rin_app::{ConcentrationView, CostView};

/// Returns the words of a text between which a line may break; a number stays with its `%`, its `<` and its `>`.
pub(crate) fn unbroken(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(last) if word.starts_with('%') || matches!(last.as_str(), "<" | ">") => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Returns a platform's name as its users write it.
#[cfg(any(feature = "tui", feature = "web"))]
pub(crate) fn platform_name(id: &str) -> String {
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

/// Returns how a relationship stands, in a word.
pub(crate) fn level(name: &str, lang: Lang) -> &'static str {
    match name {
        "alive" => lang.pick("alive", "lebendig"),
        "fading" => lang.pick("fading", "verblassend"),
        _ => lang.pick("lapsed", "verfallen"),
    }
}

/// Returns on how few accounts the living relationships hang, as a sentence.
#[cfg(any(feature = "tui", feature = "web"))]
pub(crate) fn concentrated(spread: &ConcentrationView, lang: Lang) -> String {
    let (n, holders) = (spread.bus_factor, lang.number(spread.effective_holders));
    let [en, de] = if holders == "1" {
        ["a single account", "auf einem einzigen Konto"].map(str::to_owned)
    } else {
        [format!("{holders} equal accounts"), format!("auf {holders} gleichen Konten")]
    };
    lang.pick(
        format!("As concentrated as on {en}; the end of {n} would leave half of it with nobody."),
        format!("So gebündelt wie {de}; das Ende von {n} ließe die Hälfte ohne jemanden."),
    )
}

/// Returns what a pause costs in whole relationships, with its interval.
#[cfg(any(feature = "tui", feature = "web"))]
pub(crate) fn cost_of_pause(cost: &CostView, lang: Lang) -> String {
    let whole = |value: f64| lang.number(value.round());
    let [from, to] = cost.range.map(whole);
    format!("{} ({from} – {to})", whole(cost.ties))
}

/// Returns how a campaign stands, in a word.
#[cfg(any(feature = "tui", feature = "web"))]
pub(crate) fn campaign_state(state: &str, lang: Lang) -> &'static str {
    match state {
        "planned" => lang.pick("planned", "geplant"),
        "running" => lang.pick("running", "läuft"),
        "over" => lang.pick("over, to be ended", "vorbei, noch zu beenden"),
        "ended" => lang.pick("ended", "beendet"),
        _ => lang.pick("unreadable", "unlesbar"),
    }
}

/// Returns how a question about a campaign was answered, in a word.
#[cfg(any(feature = "tui", feature = "web"))]
pub(crate) fn verdict(verdict: &str, lang: Lang) -> &'static str {
    match verdict {
        "ok" => lang.pick("ready", "bereit"),
        "warn" => lang.pick("doubtful", "fraglich"),
        _ => lang.pick("stop", "halt"),
    }
}

/// Returns the arrow of a direction: from us, or to us.
pub(crate) fn arrow(direction: &str) -> &'static str {
    if direction == "sent" { "→" } else { "←" }
}

#[cfg(all(test, any(feature = "tui", feature = "web")))]
mod tests {
    use super::*;

    #[test]
    #[cfg(any(feature = "tui", feature = "web"))]
    fn what_comes_to_nothing_has_no_sign() {
        let cost = |ties| cost_of_pause(&CostView { ties, range: [-0.6, 11.2] }, Lang::En);
        assert_eq!([-0.4, 0.4, -3.0].map(cost), ["0 (−1 – 11)", "0 (−1 – 11)", "−3 (−1 – 11)"]);
    }

    #[test]
    fn a_platform_nobody_knows_is_shown_too() {
        assert_eq!(platform_name("mastodon"), "Mastodon");
        assert_eq!(platform_name("öl"), "Öl");
    }
}

//! What stands around every page: head, navigation, language, and the way past all that for a keyboard.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rin_app::Lang;

use super::{asset, visit::Visit};

/// The places of the page, in the order of the navigation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// This week's plan.
    Week,
    /// Everybody, as a picture.
    Network,
    /// Whom we know.
    People,
    /// The lasting commitment and its budget.
    Programme,
    /// What is finite and supports it.
    Campaigns,
    /// A pause or an exit, thought through.
    Exit,
    /// What reads exports.
    Plugins,
    /// Reading exports.
    Import,
}

impl Place {
    const ALL: [Self; 8] = [
        Self::Week,
        Self::Network,
        Self::People,
        Self::Programme,
        Self::Campaigns,
        Self::Exit,
        Self::Plugins,
        Self::Import,
    ];

    /// Returns where it is.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Week => "/week",
            Self::People => "/people",
            Self::Plugins => "/plugins",
            Self::Import => "/import",
            Self::Network => "/network",
            Self::Programme => "/programme",
            Self::Campaigns => "/campaigns",
            Self::Exit => "/exit",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Week => lang.pick("Week", "Woche"),
            Self::People => lang.pick("People", "Menschen"),
            Self::Plugins => "Plugins",
            Self::Import => "Import",
            Self::Network => lang.pick("Network", "Netz"),
            Self::Programme => lang.pick("Programme", "Programm"),
            Self::Campaigns => lang.pick("Campaigns", "Kampagnen"),
            Self::Exit => lang.pick("Exit", "Ausstieg"),
        }
    }
}

/// What the shell says about the page inside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    /// Who asks.
    pub(super) visit: &'a Visit,
    /// The page's own title.
    pub(super) title: &'a str,
    /// Where that is; `None` if nowhere in the navigation.
    pub(super) current: Option<Place>,
}

/// Puts a page into its surroundings.
pub(super) fn shell(frame: &Frame<'_>, body: &Markup) -> Markup {
    let lang = frame.visit.lang;
    let (other, other_name) = lang.pick(("de", "Deutsch"), ("en", "English"));
    let back = encoded(&frame.visit.here);
    html! {
        (DOCTYPE)
        html lang=(lang.pick("en", "de")) {
            (head(frame.title))
            body {
                a.skip href="#main" { (lang.pick("Skip to the content", "Zum Inhalt springen")) }
                header.top {
                    a.mark href="/" { "Rin" }
                    nav aria-label=(lang.pick("Views", "Ansichten")) {
                        @for place in Place::ALL {
                            @let is_here = frame.current == Some(place);
                            a href=(place.path()) aria-current=[is_here.then_some("page")] {
                                (place.name(lang))
                            }
                        }
                    }
                    a.language href={ "/language/" (other) "?to=" (back) } lang=(other) hreflang=(other) {
                        (other_name)
                    }
                }
                main #main tabindex="-1" { (together(body)) }
                footer.bottom {
                    p { (lang.pick(
                        "Everything here stays on this machine.",
                        "Alles hier bleibt auf diesem Rechner.",
                    )) }
                }
            }
        }
    }
}

/// Keeps a number and its percent sign in one line.
fn together(body: &Markup) -> Markup {
    let (mut text, mut rest) = (String::with_capacity(body.0.len() + 64), body.0.as_str());
    while let Some((before, after)) = rest.split_once(" %") {
        let number = before.ends_with(|last: char| last.is_ascii_digit());
        text.push_str(before);
        text.push_str(if number { "\u{a0}%" } else { " %" });
        rest = after;
    }
    text.push_str(rest);
    PreEscaped(text)
}

/// Puts a message alone on a page, for whoever may not see more.
pub(super) fn bare(lang: Lang, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.pick("en", "de")) {
            (head(title))
            body { main #main { (body) } }
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Rin" }
            link rel="icon" href="data:,";
            link rel="stylesheet" href=(asset::style());
            script defer src=(asset::script()) {}
        }
    }
}

/// Returns a text as it may stand in a query.
pub(super) fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_stays_with_its_number() {
        let body = html! { p { "94 % of 100 %, never \"a % b\"" } };
        assert_eq!(
            together(&body).into_string(),
            "<p>94\u{a0}% of 100\u{a0}%, never &quot;a % b&quot;</p>"
        );
    }

    #[test]
    fn names_are_text_wherever_they_stand() {
        let hostile = "\"><script>alert(1)</script>&lang=";
        let visit = Visit { lang: Lang::De, here: hostile.to_owned() };
        let body = html! { p title=(hostile) { (hostile) } };
        let frame = Frame { visit: &visit, title: hostile, current: Some(Place::Week) };
        let page = shell(&frame, &body).into_string();
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert!(page.contains("<title>&quot;&gt;&lt;script&gt;"), "{page}");
        assert!(page.contains("?to=%22%3E%3Cscript%3E"), "{page}");
        assert_eq!(encoded("/week?a=ä&b"), "/week%3Fa%3D%C3%A4%26b");
    }
}

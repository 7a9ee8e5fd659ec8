//! What a profile or a card says of who stands behind an account, and the one form in which it is kept and compared.
//!
//! A reader reports facts as one text, a line each (`mail ann@example.org`), as it reports labels of posts. So a later
//! version can add a kind without another field at the plugin boundary, and an earlier one leaves out what it does not
//! know.

use super::fold::fold;

/// What kind of thing is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum FactKind {
    /// The account's own public address: `https://example.social/@ann`.
    Page,
    /// An address that its holder's own profile names: a home page, another account.
    Link,
    /// An address that somebody else vouches to be the same holder's: the platform checked it, or the user's own card
    /// of the person lists it.
    Vouched,
    /// A mail address.
    Mail,
    /// Whom they work for or belong to.
    Organisation,
    /// As what they do so.
    Role,
    /// Where they live: a town, a country.
    Place,
}

impl FactKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Page,
        Self::Link,
        Self::Vouched,
        Self::Mail,
        Self::Organisation,
        Self::Role,
        Self::Place,
    ];

    /// Returns its number in files, from 1.
    ///
    /// # Example
    /// ```
    /// assert_eq!(rin_core::FactKind::Mail.number(), 4);
    /// ```
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// Returns the kind of that number.
    ///
    /// # Example
    /// ```
    /// use rin_core::FactKind;
    ///
    /// assert_eq!(FactKind::from_number(4), Some(FactKind::Mail));
    /// assert_eq!(FactKind::from_number(0), None);
    /// ```
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Returns the word that stands for it at the beginning of a line.
    ///
    /// # Example
    /// ```
    /// assert_eq!(rin_core::FactKind::Vouched.name(), "vouched");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Link => "link",
            Self::Vouched => "vouched",
            Self::Mail => "mail",
            Self::Organisation => "organisation",
            Self::Role => "role",
            Self::Place => "place",
        }
    }
}

/// One thing that is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fact<'a> {
    /// What kind.
    pub kind: FactKind,
    /// What.
    pub text: &'a str,
}

/// Returns what stands in the lines of an account's facts; lines of a kind that is not known are left out.
///
/// # Example
/// ```
/// use rin_core::{FactKind, facts};
///
/// let said = "mail ann@example.org\nshoe 42\nplace Bonn am Rhein";
/// let said: Vec<_> = facts(said).map(|fact| (fact.kind, fact.text)).collect();
/// assert_eq!(said, [(FactKind::Mail, "ann@example.org"), (FactKind::Place, "Bonn am Rhein")]);
/// ```
pub fn facts(lines: &str) -> impl Iterator<Item = Fact<'_>> {
    lines.lines().filter_map(|line| {
        let (word, text) = line.trim_start().split_once(' ')?;
        let kind = FactKind::ALL.into_iter().find(|kind| kind.name() == word)?;
        let text = text.trim();
        (!text.is_empty()).then_some(Fact { kind, text })
    })
}

/// Returns the one form in which a fact is kept and compared, or `None` if it says nothing.
///
/// Addresses lose scheme, `www.`, fragment and the case, and old names of hosts become the present ones; a mail address
/// loses the case and what stands behind a `+`. Names of organisations, roles and places are kept as they are written.
///
/// # Example
/// ```
/// use rin_core::{FactKind, normal_fact};
///
/// let normal = |kind, text| normal_fact(kind, text).unwrap();
/// assert_eq!(normal(FactKind::Link, "https://www.Twitter.com/Ann/"), "x.com/ann");
/// assert_eq!(normal(FactKind::Link, "acct:ann@example.social"), "example.social/@ann");
/// assert_eq!(normal(FactKind::Mail, "mailto:Ann+news@Example.org"), "ann@example.org");
/// assert_eq!(normal_fact(FactKind::Link, "no address"), None);
/// ```
pub fn normal_fact(kind: FactKind, text: &str) -> Option<String> {
    match kind {
        FactKind::Page | FactKind::Link | FactKind::Vouched => address(text),
        FactKind::Mail => mail(text),
        FactKind::Organisation | FactKind::Role | FactKind::Place => {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            (!fold(&words).is_empty()).then_some(words)
        }
    }
}

/// Returns the form of an address in which two spellings of it are equal.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((user, host)) = text.strip_prefix("acct:").and_then(|rest| rest.split_once('@')) {
        return Some(format!("{}/@{}", host.to_lowercase(), user.to_lowercase()));
    }
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default().trim_end_matches('/').to_lowercase();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = ["www.", "m.", "mobile."]
        .into_iter()
        .find_map(|front| host.strip_prefix(front).filter(|host| host.contains('.')))
        .unwrap_or(host);
    let host = match host {
        "twitter.com" => "x.com",
        // A country's door to the same house: de.linkedin.com.
        host if host.ends_with(".linkedin.com") => "linkedin.com",
        "threads.com" => "threads.net",
        host => host,
    };
    let is_host = host.trim_matches('.').contains('.') && !host.contains([' ', '@', ':']);
    (is_host && !path.contains(' ')).then(|| format!("{host}{path}"))
}

fn mail(text: &str) -> Option<String> {
    // Most ids are no address, which is seen before anything is copied.
    if !text.contains('@') {
        return None;
    }
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text);
    let (local, domain) = text.rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or(local);
    let is_mail = !local.is_empty() && domain.contains('.') && !text.contains([' ', '/', '<', '>']);
    is_mail.then(|| format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_address_comes_to_one_form() {
        for (text, normal) in [
            ("https://Example.social/@Ann", Some("example.social/@ann")),
            ("http://www.example.org/", Some("example.org")),
            ("example.org/a?b=1#c", Some("example.org/a?b=1")),
            ("https://mobile.twitter.com/ann", Some("x.com/ann")),
            ("https://de.linkedin.com/in/ann/", Some("linkedin.com/in/ann")),
            ("m.de", Some("m.de")),
            ("she/her", None),
            ("ann@example.org", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(address(text).as_deref(), normal, "{text}");
        }
    }

    #[test]
    fn what_is_no_mail_address_is_none() {
        for text in ["", "@example.org", "ann@localhost", "ann example.org", "a b@example.org"] {
            assert_eq!(mail(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_and_words_lead_back() {
        for kind in FactKind::ALL {
            assert_eq!(FactKind::from_number(kind.number()), Some(kind));
            let line = format!("{} text", kind.name());
            assert_eq!(facts(&line).next(), Some(Fact { kind, text: "text" }));
        }
    }
}

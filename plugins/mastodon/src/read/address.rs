//! Who is meant: actor URIs, `user@host` addresses, and what one says about the other.
//!
//! An archive names people by the URI of their actor, a CSV by their address, and a reply by the URI of a post. All
//! three are brought to one spelling here: lower case, and hosts of other scripts in their own letters, because a URI
//! holds them as `xn--…` and a CSV does not.

/// What stands before the name in the path of an actor.
const ACTORS: [&str; 5] = ["users/", "@", "profile/", "accounts/", "video-channels/"];

/// The address people type: `user@host`, in one spelling.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Address {
    user: String,
    host: String,
}

/// Who wrote a post, as far as its URI says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Author {
    /// The URI of the actor is its beginning.
    Actor(String),
    /// It holds the name only.
    Address(Address),
}

impl Address {
    /// Reads `user@host`, `@user@host`, or `user` alone at `own_host`; `None` if it is no address.
    pub(crate) fn parse(text: &str, own_host: Option<&str>) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        let (user, host) = match text.rsplit_once('@') {
            Some((user, host)) => (user, host),
            None => (text, own_host?),
        };
        let is_user = !user.is_empty()
            && user.len() <= 256
            && user.chars().all(|c| c.is_alphanumeric() || "_-.~+!".contains(c));
        let is_host = !host.is_empty()
            && host.len() <= 256
            && host.chars().all(|c| c.is_alphanumeric() || "-.:".contains(c));
        (is_user && is_host).then(|| Self { user: user.to_lowercase(), host: spell_host(host) })
    }

    /// Returns the address that the URI of an actor shows: `https://HOST/users/NAME` or `https://HOST/@NAME`, and
    /// `profile/NAME` (Friendica), `accounts/NAME` and `video-channels/NAME` (`PeerTube`).
    pub(crate) fn of_actor(uri: &str) -> Option<Self> {
        let (host, path) = split(uri)?;
        let name = ACTORS.iter().find_map(|before| path.strip_prefix(before))?;
        let name = name.strip_suffix('/').unwrap_or(name);
        if name.contains('/') { None } else { Self::parse(name, Some(host)) }
    }

    /// Returns its native id: `acct:user@host`.
    pub(crate) fn id(&self) -> String {
        format!("acct:{}@{}", self.user, self.host)
    }

    /// Returns what people type: `user@host`.
    pub(crate) fn handle(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }

    /// Returns the host.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

/// Returns who wrote the post of that URI, if the URI shows it.
///
/// `…/users/NAME/statuses/1` and `…/ap/users/7/statuses/1` begin with the actor's own URI; `…/@NAME/1` and Pixelfed's
/// `…/p/NAME/1` hold the name. Others (`/objects/…`, `/notes/…`) show nothing.
pub(crate) fn author(status: &str) -> Option<Author> {
    let (host, path) = split(status)?;
    if let Some(after) = path.strip_prefix('@') {
        let (name, rest) = after.split_once('/')?;
        return (!rest.is_empty()).then(|| Address::parse(name, Some(host)))?.map(Author::Address);
    }
    if let Some((name, number)) = path.strip_prefix("p/").and_then(|after| after.split_once('/')) {
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        return is_number.then(|| Address::parse(name, Some(host)))?.map(Author::Address);
    }
    let (actor, _) = path.split_once("/statuses/")?;
    let name = actor.strip_prefix("users/").or_else(|| actor.strip_prefix("ap/users/"))?;
    if name.is_empty() || name.contains('/') {
        return None;
    }
    let length = status.len() - path.len() + actor.len();
    status.get(..length).map(|actor| Author::Actor(actor.to_owned()))
}

/// Returns the host of a URI in one spelling.
pub(crate) fn host_of(uri: &str) -> Option<String> {
    split(uri).map(|(host, _)| spell_host(host))
}

/// Whether `uri` lies below `parent`: `https://h/users/a` is above `https://h/users/a/1`, not above `…/ab/1`.
pub(crate) fn is_below(uri: &str, parent: &str) -> bool {
    uri.strip_prefix(parent).is_some_and(|rest| rest.starts_with(['/', '#']))
}

/// Splits a web address into host and path without its first `/`.
fn split(uri: &str) -> Option<(&str, &str)> {
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if host.is_empty() { None } else { Some((host, path)) }
}

fn spell_host(host: &str) -> String {
    let lower = host.to_lowercase();
    let labels = lower.split('.').map(|label| {
        label.strip_prefix("xn--").and_then(punycode).unwrap_or_else(|| label.to_owned())
    });
    labels.collect::<Vec<_>>().join(".")
}

/// Returns the letters that a label after `xn--` stands for (RFC 3492, sections 5 and 6.2); `None` if for none.
fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    let (basic, extended) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = basic.chars().collect();
    let (mut code, mut at, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = extended.bytes().peekable();
    while digits.peek().is_some() {
        let start = at;
        let mut weight = 1_u32;
        for step in 1.. {
            let digit = match digits.next()? {
                byte @ b'a'..=b'z' => u32::from(byte - b'a'),
                byte @ b'0'..=b'9' => u32::from(byte - b'0') + 26,
                _ => return None,
            };
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = (BASE * step).saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
        }
        let length = u32::try_from(letters.len()).ok()?.checked_add(1)?;
        bias = adapt(at - start, length, start == 0);
        code = code.checked_add(at / length)?;
        at %= length;
        letters.insert(usize::try_from(at).ok()?, char::from_u32(code)?);
        at += 1;
    }
    Some(letters.into_iter().collect::<String>().to_lowercase())
}

fn adapt(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { 700 } else { 2 };
    delta += delta / length;
    let mut bias = 0;
    while 455 < delta {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, own_host: Option<&str>, expected: Option<&str>) {
        let handle = Address::parse(text, own_host).map(|address| address.handle());
        assert_eq!(handle.as_deref(), expected, "{text}");
    }

    #[test]
    fn addresses_are_brought_to_one_spelling() {
        check("bob@x.example", None, Some("bob@x.example"));
        check(" @Bob@X.Example ", None, Some("bob@x.example"));
        check("@nare@թութ.հայ", None, Some("nare@թութ.հայ"));
        check("nare@xn--69aa8bzb.xn--y9a3aq", None, Some("nare@թութ.հայ"));
        check("@ann", Some("a.example"), Some("ann@a.example"));
        check("localhost_user@localhost:3000", None, Some("localhost_user@localhost:3000"));
        for bad in [
            "",
            "@",
            "ann",
            "a b@x.example",
            "=HYPERLINK(\"http://x\")@x.example",
            "a@",
            "@@x",
            "a@x/y",
        ] {
            check(bad, None, None);
        }
    }

    #[test]
    fn punycode_agrees_with_the_samples_of_its_rfc() {
        // RFC 3492, section 7.1, (A) Arabic, (D) Czech, (I) Russian, in lower case.
        assert_eq!(punycode("egbpdaj6bu4bxfgehfvwxn").unwrap(), "ليهمابتكلموشعربي؟");
        assert_eq!(punycode("proprostnemluvesky-uyb24dma41a").unwrap(), "pročprostěnemluvíčesky");
        assert_eq!(
            punycode("b1abfaaepdrnnbgefbadotcwatmq2g4l").unwrap(),
            "почемужеонинеговорятпорусски"
        );
        assert_eq!(punycode("bcher-kva").unwrap(), "bücher");
        for bad in ["bcher-kv!", "99999999", "a-é"] {
            assert_eq!(punycode(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_actor_shows_its_address_where_the_path_holds_the_name() {
        let of = |uri: &str| Address::of_actor(uri).map(|address| address.id());
        assert_eq!(of("https://a.example/users/Ann").as_deref(), Some("acct:ann@a.example"));
        assert_eq!(of("https://a.example/@ann").as_deref(), Some("acct:ann@a.example"));
        for path in ["profile/ann", "accounts/ann", "video-channels/ann"] {
            let id = of(&format!("https://a.example/{path}"));
            assert_eq!(id.as_deref(), Some("acct:ann@a.example"), "{path}");
        }
        assert_eq!(of("https://a.example/ap/users/115"), None);
        assert_eq!(of("https://a.example/users/ann/statuses/1"), None);
        assert_eq!(of("tag:a.example,2016:x"), None);
    }

    #[test]
    fn a_post_shows_its_author_where_the_path_does() {
        let actor = |uri: &str| Some(Author::Actor(uri.to_owned()));
        assert_eq!(
            author("https://a.example/users/ann/statuses/1"),
            actor("https://a.example/users/ann")
        );
        assert_eq!(
            author("https://a.example/ap/users/7/statuses/1"),
            actor("https://a.example/ap/users/7")
        );
        let ann = Address::parse("ann@b.example", None).map(Author::Address);
        assert_eq!(author("https://b.example/@ann/1"), ann);
        assert_eq!(author("https://a.example/@ann@b.example/1"), ann);
        assert_eq!(author("https://b.example/p/ann/1"), ann);
        for silent in [
            "https://a.example/objects/0-1",
            "https://a.example/@ann",
            "https://a.example/users//statuses/1",
            "https://a.example/p/ann/x",
        ] {
            assert_eq!(author(silent), None, "{silent}");
        }
        assert!(is_below("https://a.example/users/a/1", "https://a.example/users/a"));
        assert!(!is_below("https://a.example/users/ab/1", "https://a.example/users/a"));
        assert_eq!(host_of("https://XN--Bcher-KVA.example/x").as_deref(), Some("bücher.example"));
    }
}

//! Where people look at an account: an address with a gap for its id or handle.

use toml::Spanned;

use super::{Slip, check::slip};

/// Longest address kept, in bytes.
const MAX_BYTES: usize = 512;

/// What addresses may begin with: pages and letters, nothing that runs.
const BEGINNINGS: [&str; 2] = ["https://", "mailto:"];

/// An address with gaps, as the manifest gives it: `https://club.example/{id}`, or `{id}` where an account's own id is
/// its address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProfileLink(String);

impl ProfileLink {
    /// Reads it, if it has exactly one gap and cannot lead elsewhere than it says.
    pub(super) fn read(text: Spanned<String>) -> Result<Self, Slip> {
        let pattern = text.get_ref();
        let gaps = pattern.matches("{id}").count() + pattern.matches("{handle}").count();
        let is_whole = pattern == "{id}" || pattern == "{handle}";
        let has_beginning = BEGINNINGS.iter().any(|begin| pattern.starts_with(begin));
        if gaps != 1 || !(is_whole || has_beginning) || MAX_BYTES < pattern.len() {
            let what = "a profile is an address beginning with `https://` or `mailto:` that holds \
                        `{id}` or `{handle}` once, or `{id}` alone"
                .to_owned();
            return Err(slip(&text.span(), what));
        }
        Ok(Self(text.into_inner()))
    }

    /// Returns an account's address; `None` if the account has no handle where one is needed, or what it says of itself
    /// makes no address.
    ///
    /// # Example
    /// ```
    /// let text = r#"
    /// id = "org.example.hello"
    /// version = "1.0.0"
    /// name = "Hello"
    /// license = "MIT"
    /// platform = "hello"
    /// profile = "https://hello.example/people/{id}"
    /// abi = 1
    /// provides = ["reader"]
    /// "#;
    /// let manifest = rin_abi::Manifest::parse("plugin.toml", text)?;
    /// let link = manifest.profile.ok_or("none")?;
    /// assert_eq!(link.of("42", None).as_deref(), Some("https://hello.example/people/42"));
    /// assert_eq!(link.of("a/b", None).as_deref(), Some("https://hello.example/people/a%2Fb"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(&self, id: &str, handle: Option<&str>) -> Option<String> {
        let (gap, value) =
            if self.0.contains("{id}") { ("{id}", id) } else { ("{handle}", handle?) };
        let value = value.trim();
        let address = if self.0 == gap {
            value.to_owned()
        } else {
            self.0.replace(gap, &encoded(value.trim_start_matches('@')))
        };
        let is_address = BEGINNINGS
            .iter()
            .any(|begin| address.strip_prefix(begin).is_some_and(|rest| !rest.is_empty()));
        let is_plain = address
            .chars()
            .all(|letter| !letter.is_control() && !letter.is_whitespace() && letter != '\\');
        let is_letter = address.starts_with("mailto:");
        (!value.is_empty()
            && is_address
            && is_plain
            && (!is_letter || value.contains('@'))
            && address.len() <= MAX_BYTES)
            .then_some(address)
    }
}

/// Returns a text as it may stand in one part of a path.
fn encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:@".contains(&byte);
    let one = |byte: u8| {
        if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(pattern: &str) -> Option<ProfileLink> {
        ProfileLink::read(Spanned::new(0..1, pattern.to_owned())).ok()
    }

    #[test]
    fn what_accounts_say_of_themselves_leads_nowhere_else() {
        let own = link("{id}").unwrap();
        let there = own.of("https://buecherei.example/users/anna", None);
        assert_eq!(there.as_deref(), Some("https://buecherei.example/users/anna"));
        for id in [
            "javascript:alert(1)",
            "data:text/html,x",
            "http://a.example",
            "",
            "https://",
            "https://a b",
        ] {
            assert_eq!(own.of(id, None), None, "{id}");
        }
        let by_handle = link("https://www.tiktok.com/@{handle}").unwrap();
        assert_eq!(
            by_handle.of("1", Some("@anna")).as_deref(),
            Some("https://www.tiktok.com/@anna")
        );
        assert_eq!(by_handle.of("1", None), None);
        let letter = link("mailto:{id}").unwrap();
        let address = letter.of("a@b.example?bcc=c@d.example", None);
        assert_eq!(address.as_deref(), Some("mailto:a@b.example%3Fbcc%3Dc@d.example"));
        assert_eq!(letter.of("card 7", None), None);
    }

    #[test]
    fn a_pattern_has_one_gap_and_a_safe_beginning() {
        for pattern in
            ["", "https://a.example", "javascript:{id}", "https://{id}/{handle}", "http://a/{id}"]
        {
            assert_eq!(link(pattern), None, "{pattern}");
        }
    }
}

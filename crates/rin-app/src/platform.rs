//! How long ties stay on a platform, by its kind, before anything of one's own past is known (docs/METHODS.md).

/// Names of platforms by their staying power *k*, as it was measured for their kind.
const STAYING_POWER: [(f64, &[&str]); 5] = [
    (0.3, &["q&a", "qa", "stackexchange", "stackoverflow", "discourse", "forum"]),
    (0.5, &["review", "gerrit", "github", "gitlab", "git"]),
    (
        0.6,
        &["chat", "discord", "irc", "matrix", "signal", "slack", "telegram", "whatsapp", "zulip"],
    ),
    (
        1.0,
        &[
            "bluesky",
            "facebook",
            "instagram",
            "linkedin",
            "mastodon",
            "social",
            "threads",
            "tiktok",
            "twitter",
            "wall",
            "x",
            "youtube",
        ],
    ),
    (1.5, &["call", "calls", "email", "mail", "phone", "sms"]),
];

/// Returns a platform's staying power *k*; `None` if its kind is not known.
pub(crate) fn staying_power(platform: &str) -> Option<f64> {
    let name = platform.to_lowercase();
    STAYING_POWER.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(k, _)| *k)
}

/// Returns the staying power of several platforms, if it is known of each and the same.
pub(crate) fn common_staying_power<'p>(
    platforms: impl IntoIterator<Item = &'p String>,
) -> Option<f64> {
    let mut all = platforms.into_iter().map(|name| staying_power(name));
    let first = all.next()??;
    all.all(|k| k.is_some_and(|k| k.total_cmp(&first).is_eq())).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_of_one_kind_have_a_common_staying_power() {
        let of = |names: &[&str]| {
            common_staying_power(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!((of(&["mastodon", "Bluesky"]), of(&["Zulip"])), (Some(1.0), Some(0.6)));
        assert_eq!(
            (of(&["mastodon", "mail"]), of(&["mastodon", "pinboard"]), of(&[])),
            (None, None, None)
        );
    }
}

//! Made-up files for the reader of mastodon.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[
        (
            "actor.json",
            br#"{"@context":"https://www.w3.org/ns/activitystreams","id":"https://buecherei.example/users/stadtbuecherei","type":"Person","preferredUsername":"stadtbuecherei"}"#,
        ),
    ],
    names: &[
        "outbox.json",
        "following_accounts.csv",
        "lists.csv",
        "followers.json",
        "x.zip",
        "x.tar.gz",
    ],
};

fuzz::target!(rin_mastodon::Mastodon, TARGET);

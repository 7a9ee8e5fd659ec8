//! Made-up files for the reader of x.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[
        (
            "data/account.js",
            br#"window.YTD.account.part0 = [{"account":{"username":"mara","accountId":"1400000000000000001"}}]"#,
        ),
    ],
    names: &[
        "data/tweets.js",
        "data/direct-messages.js",
        "data/direct-messages-group.js",
        "data/follower.js",
        "data/manifest.js",
        "tweets.csv",
    ],
};

fuzz::target!(rin_x::X, TARGET);

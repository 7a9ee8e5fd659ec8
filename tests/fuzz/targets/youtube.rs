//! Made-up files for the reader of youtube.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[],
    names: &[
        "comments/comments.csv",
        "subscriptions/subscriptions.csv",
        "history/watch-history.json",
        "history/watch-history.html",
    ],
};

fuzz::target!(rin_youtube::YouTube, TARGET);

//! Made-up files for the reader of github.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target {
    beside: &[("schema.json", br#"{"version":"1.0.1"}"#)],
    names: &[
        "issues_000001.json",
        "issue_comments_000001.json",
        "organizations_000001.json",
        "pull_request_reviews_000001.json",
    ],
};

fuzz::target!(rin_github::GitHub, TARGET);

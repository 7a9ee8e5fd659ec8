//! Made-up files for the reader of tiktok.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> =
    Target { beside: &[], names: &["user_data.json", "Direct Messages.txt", "Follower.txt"] };

fuzz::target!(rin_tiktok::TikTok, TARGET);

//! Made-up files for the reader of bluesky.
#![no_main]

use fuzz::Target;

const TARGET: Target<'_> = Target { beside: &[], names: &["a.car", "a.car.gz", "a.didDoc.json"] };

fuzz::target!(rin_bluesky::Bluesky, TARGET);

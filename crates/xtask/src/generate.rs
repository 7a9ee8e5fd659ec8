//! Seeded generators of exports, for the demo and for benches.

pub mod car;
pub mod mastodon;
pub mod town;

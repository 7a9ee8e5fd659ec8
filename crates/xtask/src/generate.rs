//! Seeded generators of exports, for the demo and for benches.

pub mod car;
pub mod exports;
pub mod mastodon;

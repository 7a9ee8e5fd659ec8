//! Markup: a pure function a page, from a view to what a browser shows.

pub(super) mod import;
pub(super) mod party;
pub(super) mod people;
pub(super) mod plugins;
pub(super) mod week;
pub(super) mod words;

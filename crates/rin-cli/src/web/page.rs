//! Markup: a pure function a page, from a view to what a browser shows.

pub(super) mod campaigns;
pub(super) mod exit;
pub(super) mod import;
pub(super) mod network;
mod part;
pub(super) mod party;
pub(super) mod people;
pub(super) mod plugins;
pub(super) mod programme;
pub(super) mod week;
pub(super) mod words;

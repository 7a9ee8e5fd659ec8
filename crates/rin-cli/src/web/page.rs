//! Markup: a pure function a page, from a view to what a browser shows.

pub(super) mod week;

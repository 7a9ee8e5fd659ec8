//! How well forecasts do on the past: ours, and the models of others that it is measured against.

mod reference;

pub use self::reference::{BgNbd, Hawkes, ParetoNbd, Purchases};

//! Between what and what a figure lies.

/// An interval; what share of cases it is meant to hold stands where it is given.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

//! What a platform's norms mean for a planned campaign.

use super::Text;
use crate::{Minutes, Window};

/// A campaign as a strategy sees it: what would be done on its platform, how often and with whom.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Brief {
    /// From when until when.
    pub window: Window,
    /// Own posts a week.
    pub posts_per_week: f64,
    /// First contacts a week to people who have no tie to us.
    pub strangers_per_week: f64,
    /// Private messages a week.
    pub messages_per_week: f64,
    /// Working time a week.
    pub minutes_per_week: Minutes,
    /// How many people work on it.
    pub team: u32,
    /// Whether any of it would be posted by a program.
    pub automated: bool,
}

/// One thing a strategy says about a campaign.
#[derive(Clone, PartialEq, Debug)]
pub struct Remark {
    /// How grave.
    pub verdict: Verdict,
    /// Id of the norm behind it; empty if there is none.
    pub norm: String,
    /// The figure found.
    pub found: f64,
    /// The limit it is held against.
    pub limit: f64,
    /// What is so and what to do, as a person reads it.
    pub text: Text,
}

/// How a check came out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Verdict {
    /// Nothing speaks against it.
    Ok = 0,
    /// Think again.
    Warn = 1,
    /// Not like this.
    Stop = 2,
}

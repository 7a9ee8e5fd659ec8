//! What can be said of a relationship: a mergeable state, and what is computed from it and a moment.

mod assess;
mod codec;
mod decayed;
mod fold;
mod state;

pub(crate) use self::assess::{RECENT_HALF_LIFE, STRENGTH_HALF_LIFE};
pub use self::{
    assess::{Assessment, Level, Momentum, assess, assess_among, decayed_days},
    codec::StateError,
    decayed::Decayed,
    fold::{Partition, StateTable, fold, fold_share, partition, shares_for},
    state::{ContactDay, Span, TieState},
};

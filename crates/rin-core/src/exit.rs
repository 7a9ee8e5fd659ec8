//! What stopping costs: a pause, an exit, a handover to somebody who keeps the relationships.
//!
//! Everything here counts one thing: how many relationships have another contact within half a year of a day on which
//! we might come back. That number is what a pause costs, and it could be counted in public data for people who really
//! paused; so its intervals are held against what happened (docs/METHODS.md, "Exit").

mod concentration;
mod curve;
mod gaps;
mod handover;
mod law;
mod moves;
mod tally;
mod upkeep;

pub use self::{
    concentration::{Concentration, HeldTie, concentration},
    curve::{ExitCost, ExitPoint, exit_curve},
    gaps::{GapCost, StopStart, StopStartRequest, stop_start},
    handover::{HandedTie, HandoverTie, Readiness, SuccessorContact, hand_over},
    law::{AtRisk, Conduct, PauseLaw},
    moves::{Move, move_order},
    tally::{Left, left, left_by},
    upkeep::{ReEntry, Upkeep, UpkeepRequest, UpkeepStep, re_entry, upkeep},
};

//! What stopping costs, whom to meet elsewhere, and what a handover needs: the exit as use cases.

mod bundle;
mod error;
mod handover;
mod history;
mod simulate;
mod standing;
mod words;

pub use self::{
    bundle::{Bundle, Key},
    error::ExitError,
    handover::{HandoverRequest, HandoverRow, HandoverView, SuccessorView},
    history::{ExitHistoryRequest, ExitHistoryView, GapView},
    simulate::{
        ConcentrationView, CostView, ElsewhereView, ExitPointView, ExitRequest, ExitView, LeftView,
        ReEntryView, TouchView, UpkeepView,
    },
};

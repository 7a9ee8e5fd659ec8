//! The relationship-network model of Rin, its measures, the strategy trait and the planner.
//!
//! Pure: no files, no clock, no environment, no threads. The moment and the seed are arguments.

mod id;
mod measure;
mod model;
mod network;
mod plan;
mod record;
mod strategy;
#[cfg(feature = "testing")]
pub mod testing;
mod time;

pub use self::{
    id::{AccountId, AccountKey, PartyId, PlatformId},
    measure::{
        Assessment, ContactDay, ForecastModel, Level, Partition, Span, StateError, StateTable,
        TieState, assess, decayed_days, fold, fold_share, partition, shares_for,
    },
    model::{
        Account, AccountFlags, Coverage, Direction, Interaction, InteractionKind, InteractionKinds,
        Party, PartyKind, Tie, TieEnd, TieKind, TieKinds, TieStart,
    },
    network::{Event, Network, NetworkBuilder, NetworkError, Relationship, View},
    plan::{
        Facts, LeftOut, Offer, PastAction, Plan, PlanLine, PlanRequest, answer_probability, plan,
    },
    record::{
        AccountRecord, CoverageRecord, Finding, InteractionRecord, Record, RecordSink, Severity,
        Stop, TieRecord,
    },
    strategy::{
        ActionKind, Batch, Brief, Column, ColumnData, ColumnRequest, Norm, Proposal, ProposalSink,
        Proposed, Reason, Remark, Row, Rule, Slice, Strategy, StrategyError, StrategyInfo, Table,
        Text, Values, Verdict, propose,
    },
    time::{Day, Minutes, Moment, Window},
};

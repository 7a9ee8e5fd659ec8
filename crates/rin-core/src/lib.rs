//! The relationship-network model of Rin, its measures, the strategy trait and the planner.
//!
//! Pure: no files, no clock, no environment, no threads. The moment and the seed are arguments.
//!
//! # The tale in twenty lines
//!
//! Parties have accounts, accounts interact, and what happened between us and one other party is summed up in a
//! [`TieState`]. [`assess`] says from it how alive the relationship is; a [`Strategy`] proposes what could be done,
//! and [`plan`] spends the minutes.
//!
//! ```
//! use rin_core::{assess, ForecastModel, Interaction, InteractionKind, Level, Moment, Network};
//!
//! let mut builder = Network::builder();
//! let us = builder.account("mastodon", "https://a.example/users/us")?;
//! let ann = builder.account("mastodon", "https://b.example/users/ann")?;
//! builder.own(us);
//! let now = Moment::from_unix_ms(1_787_000_000_000);
//! for week in 0..20 {
//!     let at = now.plus_days(-90.0 - 7.0 * f64::from(week));
//!     builder.interaction(Interaction { at, from: us, to: ann, kind: InteractionKind::Reply });
//! }
//! let network = builder.build();
//! for one in network.relationships() {
//!     let seen = assess(&one.state(), &one.coverage(), now, &ForecastModel::default()).unwrap();
//!     // Twenty weeks of contact, then three months of silence: whether it goes on is open, and it is time to see to it.
//!     assert_eq!(seen.level, Level::Fading);
//!     assert_eq!((100.0 * seen.alive).round(), 46.0);
//!     assert!(0.85 < seen.alive_after);
//! }
//! # Ok::<(), rin_core::NetworkError>(())
//! ```

mod backtest;
mod forecast;
mod history;
mod id;
mod interval;
mod measure;
mod model;
mod network;
mod plan;
mod random;
mod record;
mod simulate;
mod strategy;
mod survival;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod time;

pub use self::{
    backtest::{
        AtThreshold, Backtest, BacktestError, BacktestRequest, BgNbd, BootstrapRequest, Compared,
        CountCheck, CutResult, Difference, ForecastResult, Hawkes, Isotonic, Measured, Metric,
        Metrics, ParetoNbd, Purchases, ReliabilityRow, Resample, RuleOfThumb, Scored,
        TunedHalfLife, Warnings, backtest, baselines, compare_forecasts, default_cuts, reliability,
        wilson,
    },
    forecast::{
        Calibration, CalibrationRequest, CommonLaw, End, Ends, Example, Forecast, ForecastModel,
        LAW_VERSION, LapseQueue, Law, LawPrior, Outlook, OwnK, OwnLaw, SqrtRule, Staying,
        StayingLaw, TieFacts, Validation, calibrate,
    },
    history::{History, Pair, Surroundings},
    id::{AccountId, AccountKey, PartyId, PlatformId},
    interval::Interval,
    measure::{
        Assessment, ContactDay, Decayed, Level, Momentum, Partition, Span, StateError, StateTable,
        TieState, assess, assess_among, decayed_days, fold, fold_share, partition, shares_for,
    },
    model::{
        Account, AccountFlags, Coverage, Direction, Interaction, InteractionKind, InteractionKinds,
        Party, PartyKind, Tie, TieEnd, TieKind, TieKinds, TieStart,
    },
    network::{Event, Network, NetworkBuilder, NetworkError, Relationship, View},
    plan::{
        Facts, LeftOut, Offer, PastAction, Plan, PlanLine, PlanRequest, Touch, answer_probability,
        plan,
    },
    record::{
        AccountRecord, CoverageRecord, Finding, InteractionRecord, Record, RecordSink, Severity,
        Stop, TieRecord,
    },
    simulate::{
        AnswerLaw, BudgetPoint, BudgetRequest, Course, Estimate, Knowledge, LeastBudget, Policy,
        PolicyLift, Schedule, SimulationRequest, Timing, TimingRequest, World, WorldDraw, WorldTie,
        budget_curve, least_budget, policy_lift, simulate, timing,
    },
    strategy::{
        ActionKind, Batch, Brief, Column, ColumnData, ColumnRequest, Norm, Proposal, ProposalSink,
        Proposed, Reason, Remark, Row, Rule, Slice, Strategy, StrategyError, StrategyInfo, Table,
        Text, Values, Verdict, propose,
    },
    survival::{Lifetime, LogRank, Survival, SurvivalStep, log_rank, survival},
    time::{Day, Minutes, Moment, Window},
};

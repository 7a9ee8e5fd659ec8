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
mod campaign;
mod cohort;
mod community;
mod effect;
mod exit;
mod filter;
mod forecast;
mod history;
mod id;
mod identity;
mod interrupted;
mod interval;
mod measure;
mod model;
mod near;
mod network;
mod plan;
mod programme;
mod random;
mod record;
mod simulate;
mod strategy;
mod student;
mod survival;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tier;
mod time;

pub use self::{
    backtest::{
        AtThreshold, Backtest, BacktestError, BacktestRequest, BgNbd, BootstrapRequest, Compared,
        CountCheck, CutResult, Difference, ForecastResult, Hawkes, Isotonic, Measured, Metric,
        Metrics, ParetoNbd, Purchases, ReliabilityRow, Resample, RuleOfThumb, Scored,
        TunedHalfLife, Warnings, backtest, baselines, compare_forecasts, default_cuts, reliability,
        wilson,
    },
    campaign::{
        Aftercare, Campaign, Check, Goal, Influx, Marks, Measure, PlatformFacts, PlatformPlan,
        Question, ReadinessRequest, normal_label, readiness,
    },
    cohort::{
        Balance, CohortRequest, CohortRow, CohortTie, TierBalance, TierMoves, TierRow, cohort,
        cohort_by_tier,
    },
    community::{Link, communities, modularity},
    effect::{
        AliveAfter, Answer, COMPARED_DAYS, Cost, Counted, Effect, EffectRequest, Group,
        LeftStanding, Outcome, PerTie, SILENCE_DAYS, WonTie, comparable_windows, effect,
        first_life,
    },
    exit::{
        AtRisk, Concentration, Conduct, ExitCost, ExitPoint, GapCost, HandedTie, HandoverTie,
        HeldTie, Left, Move, PauseLaw, ReEntry, Readiness, StopStart, StopStartRequest,
        SuccessorContact, Upkeep, UpkeepRequest, UpkeepStep, concentration, exit_curve, hand_over,
        left, left_by, move_order, re_entry, stop_start, upkeep,
    },
    filter::{DaySpan, Filter, FilterError, FilterFacts, FilterFault, TieRole, day_of_date},
    forecast::{
        Calibration, CalibrationRequest, CommonLaw, End, Ends, Example, Forecast, ForecastModel,
        LAW_VERSION, LapseQueue, Law, LawPrior, Outlook, OwnK, OwnLaw, SqrtRule, Staying,
        StayingLaw, TieFacts, Validation, calibrate,
    },
    history::{History, Pair, Surroundings},
    id::{AccountId, AccountKey, PartyId, PlatformId},
    identity::{
        Evidence, EvidenceKind, Fact, FactKind, IdentityRequest, PartyGroups, Profile, SUGGESTED,
        SamePerson, facts, normal_fact, same_persons,
    },
    interrupted::{
        Change, Interrupted, InterruptedError, InterruptedRequest, SeriesPoint, interrupted,
    },
    interval::Interval,
    measure::{
        Assessment, ContactDay, Decayed, Level, Momentum, Partition, Span, StateError, StateTable,
        TieState, assess, assess_among, decayed_days, fold, fold_share, partition, shares_for,
    },
    model::{
        Account, AccountFlags, Coverage, Direction, Interaction, InteractionKind, InteractionKinds,
        Party, PartyKind, Tie, TieEnd, TieKind, TieKinds, TieStart,
    },
    near::near_miss,
    network::{Event, Network, NetworkBuilder, NetworkError, Relationship, View},
    plan::{
        Facts, KeptLine, LeftOut, Offer, PastAction, Plan, PlanLine, PlanPolicy, PlanQuestion,
        PlanRequest, PlanWeek, Seat, Touch, answer_probability, plan, plan_ahead,
    },
    programme::{Adjustment, Commitment, Gap, Member, Period, Programme, ProgrammeError},
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
    survival::{
        HazardRatio, Lifetime, LogRank, MeanDifference, Survival, SurvivalStep, hazard_ratio,
        log_rank, mean_difference, survival,
    },
    tier::{HeldTier, Tier, next_tier, tier_at},
    time::{Day, Minutes, Moment, Window},
};

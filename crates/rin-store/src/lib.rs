//! What has happened stays readable for ten years: one `SQLite` file in a folder the user owns.
//!
//! [`Store`] opens it and writes, [`Reader`] reads one consistent state of it. An import is one transaction per
//! source, records are known by stable keys, and whatever can be computed from the set of records (who is the same
//! account, when a tie began and ended) is computed on reading, so that the order of imports does not matter.

mod account;
mod alias;
mod calibration;
mod campaign;
mod column;
mod decision;
mod disguise;
mod dump;
mod error;
mod forget;
mod identity;
mod import;
mod label;
mod migrate;
mod note;
mod open;
mod origin;
mod own;
mod plan;
mod programme;
mod scan;
mod schema;
mod snapshot;
mod source;
mod states;
mod store;
mod tag;
mod thin;

pub use self::{
    calibration::StoredCalibration,
    campaign::{CampaignEnd, CampaignMark, StartedCampaign, StoredCampaign},
    decision::{Decision, DecisionId, DecisionKind, Standing, Undone},
    disguise::Disguise,
    error::StoreError,
    forget::{AboutRows, Called, Cell, Comeback, Erased, Lifted},
    identity::{IdentityWord, SaidBy, StoredFact},
    import::{ImportError, ImportReport, Owner, Progress, SourceInfo, Tally},
    label::Labelled,
    note::{Note, NoteId},
    open::OpenError,
    origin::{Origin, OriginMark},
    own::OwnReason,
    plan::{Plan, PlanHeader, PlanId, PlanLine},
    programme::{ProgrammeEvent, ProgrammeStep},
    scan::{Counts, KnownAccount, KnownParty, Listed, OtherState, OwnState, Reader},
    source::{SourceId, StoredFinding, StoredSource},
    store::Store,
    tag::{StoredTier, Tag},
};

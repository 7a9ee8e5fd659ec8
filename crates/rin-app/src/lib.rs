//! The application without a face: one [`Session`], one method for each use case, plain-data views.
//!
//! A face (terminal, page, another program) asks a session and shows what comes back; it computes nothing. A view is
//! plain data with public fields whose JSON form is documented by its `schema`, and whose sentences come in the
//! language asked for.

mod backtest;
mod calibrate;
mod config;
mod decide;
mod doctor;
mod import;
mod log_file;
mod message;
mod outlook;
mod party;
mod people;
mod platform;
mod plugin_check;
mod plugin_dev;
mod plugin_new;
mod plugins;
mod reason;
mod session;
mod simulate;
mod status;
mod time;
mod week;

pub use rin_core::{Level, Minutes, Moment};
pub use rin_host::{Isolation, PluginFolder};

pub use self::{
    backtest::{
        AtThresholdView, BacktestCutView, BacktestError, BacktestHorizonView, BacktestModelView,
        BacktestPartView, BacktestRequest, BacktestSourceView, BacktestView, ComparedView,
        CountCheckView, IntervalView, MetricView, ReliabilityView, WarningsView, backtest_file,
    },
    calibrate::{CalibrationView, ValidationView},
    config::{Config, ConfigError, Confine, ForecastConfig, Language, PlanConfig, PluginsConfig},
    decide::{Answer, AnswerError, AnswerRequest, AnswerView},
    doctor::{Check, DoctorView},
    import::{FindingView, ImportRequest, ImportView, ImportedView, Watch},
    log_file::LogFileError,
    message::Lang,
    party::{
        AssessmentView, EventView, PartyError, PartyListRequest, PartyListView, PartyRow,
        PartyView, TieView,
    },
    plugin_check::{
        CheckedCaseView, FailedRoundView, PluginCheckError, PluginCheckRequest, PluginCheckView,
        PluginFuzzRequest, PluginFuzzView, check_plugin, fuzz_plugin,
    },
    plugin_dev::{ChangeView, Dev, DevError, DevRequest, DevView, PlanChangeView, TriedView},
    plugin_new::{
        KitSource, NewPluginError, NewPluginRequest, NewPluginView, PluginLang, new_plugin,
        new_plugin_words,
    },
    plugins::{
        ApproveRequest, ApproveView, BeforeView, ExampleView, NormView, ParamView, PluginListView,
        PluginRow, PluginView, Plugins, PluginsError, RevokeView, plugin_search_path,
    },
    session::{InitView, Session, SessionError, SessionOptions},
    simulate::{
        ContactView, EstimateView, SimulateError, SimulateRequest, SimulatedNetwork,
        SimulatedPolicyView, SimulationSourceView, SimulationView, simulate_without_session,
    },
    status::{LevelsView, OwnView, SourceView, StatusView},
    time::{MomentError, parse_moment},
    week::{LeftOutView, WeekLine, WeekRequest, WeekView},
};

//! The application without a face: one [`Session`], one method for each use case, plain-data views.
//!
//! A face (terminal, page, another program) asks a session and shows what comes back; it computes nothing. A view is
//! plain data with public fields whose JSON form is documented by its `schema`, and whose sentences come in the
//! language asked for.

mod about;
mod backtest;
mod calendar;
mod calibrate;
mod campaign;
mod cohort;
mod config;
mod decide;
mod doctor;
mod effect;
mod exit;
mod export;
mod filter;
mod forget;
mod identity;
mod import;
mod log_file;
mod message;
mod network;
mod note;
mod outlook;
mod party;
mod people;
mod plan;
mod platform;
mod plugin_check;
mod plugin_dev;
mod plugin_new;
mod plugins;
mod programme;
mod reason;
mod report;
mod retention;
mod schedule;
mod session;
mod simulate;
mod status;
mod tag;
mod time;
mod touch;
mod week;

pub use rin_core::{Filter, Level, Member, Minutes, Moment, PlanPolicy};
pub use rin_host::{Isolation, PluginFolder};

pub use self::{
    about::{AboutTableView, AboutView, CellView},
    backtest::{
        AtThresholdView, BacktestCutView, BacktestError, BacktestHorizonView, BacktestModelView,
        BacktestPartView, BacktestRequest, BacktestSourceView, BacktestView, ComparedView,
        CountCheckView, IntervalView, MetricView, ReliabilityView, WarningsView, backtest_file,
    },
    calibrate::{CalibrationView, ValidationView},
    campaign::{
        CampaignCheckView, CampaignDoneView, CampaignError, CampaignListView, CampaignRow,
        CheckCampaignRequest, CheckView, EndCampaignRequest, Fault, MarkCampaignRequest,
        NewCampaignRequest, StartCampaignRequest, campaign_schema,
    },
    cohort::{
        BalanceView, CohortBy, CohortGroupView, CohortMonthView, CohortReportRequest, CohortView,
        MovedView, MovesView,
    },
    config::{
        Config, ConfigError, Confine, ForecastConfig, ImportanceConfig, Language, PlanConfig,
        PluginsConfig, QuietDay, RetentionConfig, TierWeights,
    },
    decide::{Answer, AnswerError, AnswerRequest, AnswerRow, AnswerView, AnswersView, LATER_DAYS},
    doctor::{Check, DoctorView},
    effect::{
        AliveView, BasketLineView, BasketView, CampaignAnswerView, CampaignCostView,
        CampaignReportRequest, CampaignReportView, CurveStepView, GroupView, MeanView, RatioView,
        SeriesChangeView, SeriesView, SpanView,
    },
    exit::{
        Bundle, ConcentrationView, CostView, ElsewhereView, ExitError, ExitHistoryRequest,
        ExitHistoryView, ExitPointView, ExitRequest, ExitView, GapView, HandoverRequest,
        HandoverRow, HandoverView, Key, LeftView, ReEntryView, SuccessorView, TouchView,
        UpkeepView,
    },
    export::{ExportRequest, ExportTable, ExportView, GraphFormat, TableFormat, WrittenView},
    filter::{FilterTextError, MatchRequest, MatchView, OnlyView, parse_filter},
    forget::{ForgetError, ForgetRequest, ForgetView, LiftRequest, LiftView},
    identity::{
        JoinedView, KnownPersonView, MergePeopleRequest, PeopleAccountView, PeopleError,
        PeopleEvidenceView, PeopleFactView, PeopleProposalView, PeopleShowView, PeopleSuggestView,
        PeopleWordView, SplitPeopleRequest, SuggestPeopleRequest,
    },
    import::{FindingView, ImportRequest, ImportView, ImportedView, Watch},
    log_file::LogFileError,
    message::Lang,
    network::{
        NetworkPartView, NetworkPointView, NetworkRequest, NetworkSectorView, NetworkView,
        PlatformCountView,
    },
    note::{
        AddNoteRequest, EditNoteRequest, NoteError, NoteListRequest, NoteRow, NoteView, NotesView,
    },
    party::{
        AccountPlaceView, AssessmentView, CourseMonthView, CoursePointView, EventView,
        PartyCourseView, PartyError, PartyListRequest, PartyListView, PartyPortraitView, PartyRow,
        PartySearchRequest, PartyView, TieView,
    },
    plan::{
        LeftOutView, PlanExport, PlanLineView, PlanMemberView, PlanRequest, PlanView, PlanWeekView,
        Reach,
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
        ApproveRequest, ApproveView, BeforeView, ExampleView, NormError, NormView, ParamView,
        PluginListView, PluginRow, PluginView, Plugins, PluginsError, RevokeView,
        plugin_search_path,
    },
    programme::{
        AdjustProgrammeRequest, BudgetPointView, BudgetQuestion, BudgetView, EndProgrammeRequest,
        KeepView, MemberView, NewProgrammeRequest, PeriodView, ProgrammeRemark,
        ProgrammeRequestError, ProgrammeStepView, ProgrammeView, RenewProgrammeRequest, Segment,
        ShowProgrammeRequest, parse_member, parse_segment,
    },
    report::{
        EffortView, ReportCampaignView, ReportGroupView, ReportPartyView, ReportRequest,
        ReportSpan, ReportView, parse_period,
    },
    retention::{RetentionView, RetiredRow},
    schedule::{
        ScheduleDay, ScheduleRequest, ScheduleView, ScheduledFileView, Scheduler, schedule,
    },
    session::{InitView, Session, SessionError, SessionOptions},
    simulate::{
        ContactView, EstimateView, SimulateError, SimulateRequest, SimulatedNetwork,
        SimulatedPolicyView, SimulationSourceView, SimulationView, simulate_without_session,
    },
    status::{LevelsView, OwnListView, OwnView, SourceView, StatusView},
    tag::{TagError, TagManyRequest, TagManyView, TagRequest, TagRow, TagView, TagsView},
    time::{MomentError, parse_moment},
    week::{WeekRequest, WeekView},
};

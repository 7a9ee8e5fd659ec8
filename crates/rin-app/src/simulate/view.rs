//! What came of the simulated years as plain data: `rin.simulate/1`.

use jiff::tz::TimeZone;
use rin_core::{Course, Estimate, Minutes, Policy, PolicyLift, SimulationRequest, policy_lift};
use serde::Serialize;

use super::{Ready, SimulateRequest, verdict, years::Lived};
use crate::{IntervalView, Lang, time::iso_date};

/// How ways of spending minutes compare in simulated years.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SimulationView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Which network was lived through.
    pub source: SimulationSourceView,
    /// What it means, as sentences.
    pub verdict: Vec<String>,
    /// The budget of a week.
    pub minutes_a_week: f64,
    /// What one contact costs.
    pub minutes_a_touch: f64,
    /// Days lived through.
    pub days: u32,
    /// How often, each time with other luck.
    pub years: u32,
    /// Where the drawing started.
    pub seed: u64,
    /// A tie is alive if it is heard of within so many days.
    pub horizon_days: f64,
    /// Whether ties matter unequally; figures then count a tie by what it matters.
    pub is_unequal: bool,
    /// Ties expected alive at the end if nobody acts.
    pub without: EstimateView,
    /// What the planner who knows the world's truth gains; `None` if it gains nothing.
    pub best_possible: Option<EstimateView>,
    /// Every way, the one that gains most first.
    pub policies: Vec<SimulatedPolicyView>,
    /// What else is to be known of the figures, as sentences.
    pub notes: Vec<String>,
}

/// Which network was lived through.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SimulationSourceView {
    /// `network`, `file` or `generated`.
    pub kind: &'static str,
    /// The folder or file; empty for a made-up network.
    pub name: String,
    /// The first day, ISO 8601.
    pub start: String,
    /// Ties lived through.
    pub ties: usize,
    /// Ties left out because they have been silent for too long.
    pub dormant: usize,
    /// Ties that are not in the sample, if there are so many that a sample had to do.
    pub left_out: usize,
    /// How contact comes by itself.
    pub contact: ContactView,
    /// Whether that was learned from this network's own past.
    pub is_learned: bool,
}

/// How contact comes by itself: a Hawkes process of contact days.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ContactView {
    /// Contact days a day that nothing excites.
    pub base: f64,
    /// Contact days that one brings forth, for half-lives of 7, 30, 90 and 365 days.
    pub weights: [f64; 4],
    /// Level and slopes by ln silence and ln contact days of the logit of an answer.
    pub answers: [f64; 3],
}

/// A mean over the years.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct EstimateView {
    /// The mean.
    pub value: f64,
    /// Its 95 % interval; `None` for one year.
    pub interval: Option<IntervalView>,
}

/// What one way brings.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SimulatedPolicyView {
    /// Its name.
    pub name: &'static str,
    /// The same for people.
    pub label: &'static str,
    /// Ties alive at the end that would not be if nobody acted.
    pub gained: EstimateView,
    /// The same for each hour spent; `None` if none was.
    pub gained_an_hour: Option<f64>,
    /// Share of what the planner who knows the truth gains, at the end.
    pub share: Option<EstimateView>,
    /// Minutes spent on the mean.
    pub minutes: f64,
    /// How it compares with ours: `ours`, `better`, `worse`, or `noise` if it may be chance.
    pub is: &'static str,
}

/// Puts the years together.
pub(super) fn view(
    ready: &Ready,
    request: &SimulateRequest,
    (minutes, year): (Minutes, &SimulationRequest),
    lived: &[Lived],
) -> SimulationView {
    let of = |policy: Policy| {
        lived.iter().find(|one| one.policy == policy).map_or(&[][..], |one| &one.courses)
    };
    let (nothing, ours, all) = (of(Policy::Nothing), of(Policy::Ours), of(Policy::AllKnowing));
    let lang = request.lang;
    let mut policies: Vec<SimulatedPolicyView> = lived
        .iter()
        .filter(|one| !matches!(one.policy, Policy::Nothing | Policy::AllKnowing))
        .map(|one| {
            let lift = policy_lift(&one.courses, nothing, all);
            let against = policy_lift(&one.courses, ours, all).gained;
            policy(one.policy, &lift, against, request)
        })
        .collect();
    policies.sort_by(|a, b| b.gained.value.total_cmp(&a.gained.value).then(a.name.cmp(b.name)));
    let without: Vec<f64> = nothing.iter().map(Course::end).collect();
    let mut view = SimulationView {
        schema: "rin.simulate/1",
        source: source(ready),
        verdict: Vec::new(),
        minutes_a_week: minutes.get(),
        minutes_a_touch: request.minutes_a_touch.get(),
        days: request.days,
        years: request.years,
        seed: request.seed,
        horizon_days: year.horizon_days,
        is_unequal: request.is_unequal,
        without: estimate(Estimate::of(&without)),
        best_possible: policy_lift(all, nothing, all)
            .gained
            .filter(|gained| 0.0 < gained.value)
            .map(|gained| estimate(Some(gained))),
        policies,
        notes: Vec::new(),
    };
    view.verdict = verdict::sentences(&view, lang);
    view.notes = verdict::notes(&view, lang);
    view
}

fn policy(
    policy: Policy,
    lift: &PolicyLift,
    against: Option<Estimate>,
    request: &SimulateRequest,
) -> SimulatedPolicyView {
    let touches = lift.touches.map_or(0.0, |touches| touches.value);
    let minutes = touches * request.minutes_a_touch.get();
    let gained = estimate(lift.gained);
    let range = against.and_then(|against| against.interval);
    let is = match range {
        _ if policy == Policy::Ours => "ours",
        Some(range) if 0.0 < range.low => "better",
        Some(range) if range.high < 0.0 => "worse",
        _ => "noise",
    };
    SimulatedPolicyView {
        name: policy.name(),
        label: label(policy, request.lang),
        gained,
        gained_an_hour: (0.0 < minutes).then(|| 60.0 * gained.value / minutes),
        share: lift.end_share.map(|share| estimate(Some(share))),
        minutes,
        is,
    }
}

fn source(ready: &Ready) -> SimulationSourceView {
    let (world, answers) = (&ready.world, ready.world.answers);
    SimulationSourceView {
        kind: ready.kind,
        name: ready.name.clone(),
        start: iso_date(world.start.start(), &TimeZone::UTC),
        ties: world.ties.len(),
        dormant: ready.dormant,
        left_out: ready.left_out,
        contact: ContactView {
            base: world.organic.base,
            weights: world.organic.weights,
            answers: [answers.level, answers.by_silence, answers.by_contact_days],
        },
        is_learned: ready.is_learned,
    }
}

/// Returns a mean as it is shown; zero without years.
pub(crate) fn estimate(estimate: Option<Estimate>) -> EstimateView {
    let interval = estimate.and_then(|one| one.interval);
    EstimateView {
        value: estimate.map_or(0.0, |one| one.value),
        interval: interval.map(|range| IntervalView { low: range.low, high: range.high }),
    }
}

/// Returns a policy's name as people read it.
const fn label(policy: Policy, lang: Lang) -> &'static str {
    let (en, de) = match policy {
        Policy::Nothing => ("nothing", "nichts tun"),
        Policy::Strongest => ("strongest first", "Stärkste zuerst"),
        Policy::Cadence => ("fixed reminders", "feste Erinnerungen"),
        Policy::RoundRobin => ("round robin", "reihum"),
        Policy::Random => ("by lot", "nach Los"),
        Policy::Overdue => ("most overdue", "am längsten überfällig"),
        Policy::OverdueWeighted => ("overdue × weight", "überfällig × Gewicht"),
        Policy::Reset => ("reset index", "Reset-Index"),
        Policy::Decay => ("decay index", "Verfalls-Index"),
        Policy::Unlikely => ("weight × (1 − p)", "Gewicht × (1 − p)"),
        Policy::Greedy => ("greedy, √ rule", "gierig, √-Regel"),
        Policy::Orbit => ("Orbit-like", "wie Orbit"),
        Policy::Savannah => ("Savannah-like", "wie Savannah"),
        Policy::PingCrm => ("PingCRM-like", "wie PingCRM"),
        Policy::LifeOs => ("LifeOS-like", "wie LifeOS"),
        Policy::CrowdDev => ("crowd.dev-like", "wie crowd.dev"),
        Policy::Ours => ("Rin", "Rin"),
        _ => ("knowing all", "allwissend"),
    };
    match lang {
        Lang::En => en,
        Lang::De => de,
    }
}

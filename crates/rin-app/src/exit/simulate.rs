//! What a pause or an exit costs by date, the least that keeps the network through it, and whom to meet elsewhere.

use jiff::{Timestamp, ToSpan};
use rin_core::{
    AccountId, Concentration, ExitCost, ExitPoint, ForecastModel, HeldTie, Left, Moment, PartyId,
    ReEntry, Upkeep, UpkeepRequest, concentration, exit_curve, move_order, re_entry, upkeep,
};
use rin_store::Reader;
use serde::Serialize;

use super::{
    ExitError,
    standing::{self, Judged, Standing},
    words,
};
use crate::{
    Lang, Session, SessionError,
    people::{People, name_of},
    plan::importance::Weights,
    time::iso_date,
    touch::Touch,
};

/// Months shown of an exit for ever.
const MONTHS: i32 = 12;
/// The longest pause that can be asked about, in days: most of those learned from were shorter by far.
const MOST_DAYS: f64 = 1_096.0;
/// Ties named of whom to meet elsewhere.
const NAMED: usize = 20;
/// How long after leaving is asked who would be lost.
const LEFT_FOR_DAYS: f64 = 182.0;

/// What exit is to be thought through.
#[derive(Clone, PartialEq, Debug)]
pub struct ExitRequest {
    /// Which platform is left; `None` is all of them.
    pub platform: Option<String>,
    /// The first day without engagement.
    pub from: Moment,
    /// The day of coming back; `None` is never.
    pub until: Option<Moment>,
    /// Share of what going on would keep that upkeep and coming back aim at, above 0 and up to 1.
    pub keep: f64,
    /// The moment it is asked.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// An exit thought through.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ExitView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The platform; `null` is all of them.
    pub platform: Option<String>,
    /// First day without engagement, ISO 8601.
    pub from: String,
    /// The day of coming back, ISO 8601; `null` is never.
    pub until: Option<String>,
    /// The day whose standing the figures start from, ISO 8601.
    pub as_of: String,
    /// Alive is who has contact within so many days.
    pub horizon_days: f64,
    /// Ties at risk: two interactions or more, heard of within a year.
    pub ties: usize,
    /// The network by date.
    pub points: Vec<ExitPointView>,
    /// The least that keeps the share asked for through the pause; `null` without an end.
    pub upkeep: Option<UpkeepView>,
    /// Whom to meet on another platform, in this order; the first of them.
    pub elsewhere: Vec<ElsewhereView>,
    /// How many can be met elsewhere; `null` if everything is left.
    pub reachable: Option<usize>,
    /// How the living network is spread over our accounts; `null` if nothing is alive.
    pub concentration: Option<ConcentrationView>,
    /// What one contact takes in minutes …
    pub minutes_a_touch: f64,
    /// … as long as was said of those done; otherwise a usual time.
    pub is_touch_known: bool,
    /// What it comes to, in sentences.
    pub told: Vec<String>,
    /// What is assumed, in sentences.
    pub assumed: Vec<String>,
}

/// The network at one date.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ExitPointView {
    /// ISO 8601.
    pub date: String,
    /// Days since the beginning.
    pub days: f64,
    /// If we go on.
    pub engaged: LeftView,
    /// If we come back on this date.
    pub returned: LeftView,
    /// Who still writes if we do not.
    pub silent: LeftView,
    /// Relationships that coming back on this date costs against going on.
    pub cost_of_pause: CostView,
    /// The same of never coming back.
    pub cost_of_exit: CostView,
    /// What it takes to have the network back.
    pub re_entry: ReEntryView,
}

/// How many relationships are alive.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct LeftView {
    /// Expected number.
    pub expected: f64,
    /// 90 % interval.
    pub range: [f64; 2],
    /// Expected sum of their importance.
    pub weighted: f64,
    /// Its 90 % interval.
    pub weighted_range: [f64; 2],
}

/// How many relationships something costs.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CostView {
    /// Expected number.
    pub ties: f64,
    /// 90 % interval; below zero is a gain.
    pub range: [f64; 2],
}

/// What it takes to have the network back, on top of coming back as people do.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReEntryView {
    /// Contacts to be made.
    pub contacts: usize,
    /// Their minutes; `null` if one contact with each is not enough.
    pub minutes: Option<f64>,
    /// Importance missing to the share asked for.
    pub missing: f64,
    /// Importance these contacts bring back.
    pub gained: f64,
}

/// The least that keeps a share of the network through a pause.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct UpkeepView {
    /// The share asked for.
    pub share: f64,
    /// The share kept without any contact.
    pub share_without: f64,
    /// The share kept with these.
    pub share_with: f64,
    /// Time of all contacts in minutes.
    pub minutes: f64,
    /// Less than this cannot be enough; `null` if no time is.
    pub least_minutes: Option<f64>,
    /// The contacts by date.
    pub touches: Vec<TouchView>,
}

/// One contact during a pause.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TouchView {
    /// ISO 8601.
    pub date: String,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// What it costs in minutes.
    pub minutes: f64,
    /// By how much it raises the importance kept.
    pub gain: f64,
}

/// Somebody who can be met elsewhere.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ElsewhereView {
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// Where.
    pub platforms: Vec<String>,
    /// Probability of being alive if we stay.
    pub alive: f64,
    /// Probability that leaving ends it, given that.
    pub lost: f64,
}

/// How the living network is spread over our accounts.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ConcentrationView {
    /// Account and share, the largest first.
    pub shares: Vec<(String, f64)>,
    /// Sum of squared shares.
    pub herfindahl: f64,
    /// As many equal accounts would be as concentrated.
    pub effective_holders: f64,
    /// The fewest accounts whose end leaves half of the network with none.
    pub bus_factor: usize,
}

impl Session {
    /// Thinks a pause or an exit through.
    ///
    /// # Errors
    /// [`SessionError`] if there is no such platform, the days are the wrong way round, or the store cannot be read.
    pub fn exit_simulate(&self, request: &ExitRequest) -> Result<ExitView, SessionError> {
        self.check_days(request)?;
        let reader = self.store.read()?;
        let at = request.from.min(request.now);
        let people = People::read_at(&reader, at)?;
        let platform = request.platform.as_deref();
        standing::check_platform(&people, platform)?;
        let model = self.model(&reader, &people)?;
        let weights = Weights::read(&reader, &self.config.importance)?;
        let decisions: Vec<_> = reader.decisions()?.into_iter().map(|(_, one)| one).collect();
        let touch = Touch::of(&decisions, request.now);
        let by = Judged { model: &model, weights: &weights, touch: touch.minutes };
        let ties = standing::standings(&people, platform, at, by);
        let view = self.view(request, &people, &model, &ties);
        let view = ExitView {
            concentration: Self::concentration_of(&reader, &people, platform, &ties)?,
            minutes_a_touch: touch.minutes.get(),
            is_touch_known: touch.is_known,
            ..view
        };
        Ok(ExitView {
            told: words::told(&view, request.lang),
            assumed: words::assumed(&view, request.lang),
            ..view
        })
    }

    fn check_days(&self, request: &ExitRequest) -> Result<(), ExitError> {
        let Some(until) = request.until else { return Ok(()) };
        if until <= request.from {
            let date = |moment| iso_date(moment, &self.zone);
            return Err(ExitError::Backwards { from: date(request.from), until: date(until) });
        }
        let days = until.days_since(request.from);
        if MOST_DAYS < days {
            return Err(ExitError::TooLong { days, most: MOST_DAYS });
        }
        Ok(())
    }

    fn view(
        &self,
        request: &ExitRequest,
        people: &People,
        model: &ForecastModel,
        ties: &[Standing],
    ) -> ExitView {
        let date = |moment| iso_date(moment, &self.zone);
        let at_risk: Vec<_> = ties.iter().map(|tie| tie.at_risk).collect();
        let horizon_days = model.horizon_days;
        let asked = |days: f64| UpkeepRequest {
            ties: &at_risk,
            days,
            horizon_days,
            share: request.keep,
            model,
        };
        let days = self.dates(request);
        let point = |point: &ExitPoint| ExitPointView {
            date: date(request.from.plus_days(point.days)),
            days: point.days,
            engaged: left_view(&point.engaged),
            returned: left_view(&point.returned),
            silent: left_view(&point.silent),
            cost_of_pause: cost_view(&point.cost_of_pause()),
            cost_of_exit: cost_view(&point.cost_of_exit()),
            re_entry: re_entry_view(&re_entry(&asked(point.days))),
        };
        let points = exit_curve(&at_risk, &days, horizon_days).iter().map(point).collect();
        let upkeep = request.until.map(|until| {
            let found = upkeep(&asked(until.days_since(request.from)));
            self.upkeep_view(request, people, &found)
        });
        let as_of = ties.iter().map(|tie| tie.seen.as_of).min().unwrap_or(request.now);
        let reachable = ties.iter().filter(|tie| !tie.elsewhere.is_empty()).count();
        ExitView {
            schema: "rin.exit/1",
            platform: request.platform.clone(),
            from: date(request.from),
            until: request.until.map(date),
            as_of: date(as_of),
            horizon_days,
            ties: ties.len(),
            points,
            upkeep,
            elsewhere: elsewhere(people, ties, horizon_days),
            reachable: request.platform.is_some().then_some(reachable),
            concentration: None,
            minutes_a_touch: 0.0,
            is_touch_known: false,
            told: Vec::new(),
            assumed: Vec::new(),
        }
    }

    /// Returns the days to look at: the first of each month after the beginning, as far as it goes.
    fn dates(&self, request: &ExitRequest) -> Vec<f64> {
        let end = request.until.map(|until| until.days_since(request.from));
        let start = Timestamp::from_millisecond(request.from.unix_ms());
        let start = start.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned_datetime(self.zone.clone());
        let month = |n: i32| {
            let ms = start.checked_add(n.months()).ok()?.timestamp().as_millisecond();
            Some(Moment::from_unix_ms(ms).days_since(request.from))
        };
        let months = if end.is_some() { 1..=40 } else { 1..=MONTHS };
        let mut days = vec![0.0];
        // A month that ends within two days of coming back is that day.
        let is_before = |days: &f64| end.is_none_or(|end| *days < end - 2.0);
        days.extend(months.filter_map(month).take_while(is_before));
        days.extend(end);
        days
    }

    fn upkeep_view(&self, request: &ExitRequest, people: &People, found: &Upkeep) -> UpkeepView {
        let mut touches: Vec<_> = found.touches.iter().collect();
        touches.sort_by(|a, b| a.days.total_cmp(&b.days).then(b.gain.total_cmp(&a.gain)));
        let touch = |touch: &rin_core::UpkeepStep| TouchView {
            date: iso_date(request.from.plus_days(touch.days), &self.zone),
            party: touch.party.get(),
            name: crate::decide::name(people, touch.party),
            minutes: touch.minutes.get(),
            gain: touch.gain,
        };
        UpkeepView {
            share: request.keep,
            share_without: found.share_without,
            share_with: found.share_with,
            minutes: found.minutes.get(),
            least_minutes: found.least_minutes,
            touches: touches.into_iter().map(touch).collect(),
        }
    }

    fn concentration_of(
        reader: &Reader<'_>,
        people: &People,
        platform: Option<&str>,
        ties: &[Standing],
    ) -> Result<Option<ConcentrationView>, SessionError> {
        let held = standing::held(reader, people)?;
        let is_left = |own: &&AccountId| {
            let known = people.accounts.get(own);
            platform
                .is_none_or(|name| known.is_some_and(|known| known.account.key.platform == name))
        };
        let ours: Vec<AccountId> = people.own.iter().filter(is_left).copied().collect();
        let holders = |party: PartyId| -> Vec<(AccountId, f64)> {
            let days = |own: &AccountId| {
                let state = &held.get(&(*own, party))?.state;
                Some((*own, f64::from(u32::try_from(state.contact_days()).unwrap_or(u32::MAX))))
            };
            ours.iter().filter_map(days).collect()
        };
        let tie = |tie: &Standing| HeldTie {
            weight: tie.at_risk.importance * tie.seen.alive,
            holders: holders(tie.at_risk.party),
        };
        let spread = concentration(&ties.iter().map(tie).collect::<Vec<_>>());
        Ok(spread.map(|spread| spread_view(people, &spread)))
    }
}

fn spread_view(people: &People, spread: &Concentration<AccountId>) -> ConcentrationView {
    let name =
        |account| people.accounts.get(account).map_or_else(|| "?".to_owned(), name_and_place);
    ConcentrationView {
        shares: spread.shares.iter().map(|(account, share)| (name(account), *share)).collect(),
        herfindahl: spread.herfindahl,
        effective_holders: spread.effective_holders,
        bus_factor: spread.bus_factor,
    }
}

fn name_and_place(known: &rin_store::KnownAccount) -> String {
    format!("{} ({})", name_of(known), known.account.key.platform)
}

fn elsewhere(people: &People, ties: &[Standing], horizon_days: f64) -> Vec<ElsewhereView> {
    let reachable: Vec<_> = ties.iter().filter(|tie| !tie.elsewhere.is_empty()).collect();
    let at_risk: Vec<_> = reachable.iter().map(|tie| tie.at_risk).collect();
    let order = move_order(&at_risk, LEFT_FOR_DAYS, horizon_days);
    let view = |one: &rin_core::Move| ElsewhereView {
        party: one.party.get(),
        name: crate::decide::name(people, one.party),
        platforms: reachable
            .iter()
            .find(|tie| tie.at_risk.party == one.party)
            .map(|tie| tie.elsewhere.clone())
            .unwrap_or_default(),
        alive: one.alive,
        lost: one.lost,
    };
    order.iter().take(NAMED).map(view).collect()
}

pub(super) fn left_view(left: &Left) -> LeftView {
    LeftView {
        expected: left.expected,
        range: [left.range.low, left.range.high],
        weighted: left.weighted,
        weighted_range: [left.weighted_range.low, left.weighted_range.high],
    }
}

fn cost_view(cost: &ExitCost) -> CostView {
    CostView { ties: cost.ties, range: [cost.range.low, cost.range.high] }
}

fn re_entry_view(found: &ReEntry) -> ReEntryView {
    ReEntryView {
        contacts: found.contacts,
        minutes: found.minutes.map(rin_core::Minutes::get),
        missing: found.missing,
        gained: found.gained,
    }
}

//! What came and went in a period, by the same forecast as everywhere: who was alive at its beginning and at its end.
//!
//! The rules are those of the core's balance over months ([`rin_core::cohort`]): a contact counts at once, whoever is
//! neither alive nor in contact stays lapsed, and a first contact within half a year of the beginning of the sources may be
//! an old acquaintance's. Other than there, everybody is assessed among what all others did at that moment, as `status`
//! and the plan assess them, so that the figures of one page and of one day are the same figures.

use std::collections::{BTreeMap, BTreeSet};

use rin_core::{ForecastModel, Level, Moment, PartyId, SILENCE_DAYS, Window};
use rin_store::Reader;

use crate::{
    BalanceView, SessionError,
    people::{People, Relationship},
};

/// A relationship, whole or what of it is on one platform.
pub(super) struct Part {
    pub(super) party: PartyId,
    /// Where; `None` for the whole.
    pub(super) platform: Option<String>,
    one: Relationship,
    first: Moment,
    /// Days with contact, ascending.
    days: Vec<Moment>,
}

/// Who was alive when.
pub(super) struct Course {
    pub(super) parts: Vec<Part>,
    known: Window,
    /// By moment the numbers of the parts that were alive.
    alive: BTreeMap<i64, BTreeSet<usize>>,
}

impl Course {
    /// Assesses everybody at the ends of all periods and of what is known.
    pub(super) fn read(
        (reader, people): (&Reader<'_>, &mut People),
        (known, periods): (Window, &[Window]),
        model: &ForecastModel,
    ) -> Result<Self, SessionError> {
        let mut course = Self { parts: parts(people), known, alive: BTreeMap::new() };
        let ends = periods.iter().flat_map(|one| [one.start(), one.end()]);
        let moments: BTreeSet<i64> = ends.chain([known.end()]).map(Moment::unix_ms).collect();
        for ms in moments {
            // A contact of the day after counts for an assessment, and one of the next period must not.
            let at = Moment::from_unix_ms(ms).plus_days(-1.0).unix_ms().saturating_sub(1);
            let at = Moment::from_unix_ms(at);
            people.look_around(reader, at)?;
            let is_alive = |part: &Part| {
                let seen = people.assess(part.party, &part.one, at, model);
                seen.is_some_and(|seen| seen.level != Level::Lapsed)
            };
            let parts = course.parts.iter().enumerate();
            let alive = parts.filter(|(_, part)| is_alive(part)).map(|(number, _)| number);
            course.alive.insert(ms, alive.collect());
        }
        Ok(course)
    }

    /// Returns what came and went in each of some periods, one after the other without a gap, among the parts that are
    /// meant.
    pub(super) fn balances(
        &self,
        periods: &[Window],
        is_meant: impl Fn(&Part) -> bool,
    ) -> Vec<BalanceView> {
        let mut balances = vec![NOTHING; periods.len()];
        for (number, part) in self.parts.iter().enumerate().filter(|(_, part)| is_meant(part)) {
            self.follow((number, part), periods, &mut balances);
        }
        balances
    }

    /// Returns what came and went with one part alone.
    pub(super) fn balance_of(&self, number: usize, period: Window) -> BalanceView {
        let mut balance = [NOTHING];
        if let Some(part) = self.parts.get(number) {
            self.follow((number, part), &[period], &mut balance);
        }
        let [balance] = balance;
        balance
    }

    fn follow(
        &self,
        (number, part): (usize, &Part),
        periods: &[Window],
        balances: &mut [BalanceView],
    ) {
        let settled = self.known.start().plus_days(f64::from(SILENCE_DAYS));
        let mut was_alive = None;
        for (period, balance) in periods.iter().zip(balances) {
            if period.end() <= part.first {
                continue;
            }
            let before = part.first < period.start()
                && was_alive.unwrap_or_else(|| self.is_alive(number, period.start()));
            let is_new = period.contains(part.first);
            let is_won = is_new && settled <= part.first;
            let is_revived = !is_new && !before && part.has_contact(*period);
            let came = is_new || is_revived;
            let alive = (before || came) && self.is_alive(number, period.end());
            was_alive = Some(alive);
            let kept = is_won && self.is_alive(number, self.known.end());
            balance.before += usize::from(before);
            balance.into_sight += usize::from(is_new && !is_won);
            balance.won += usize::from(is_won);
            balance.revived += usize::from(is_revived);
            balance.lost += usize::from((before || came) && !alive);
            balance.alive += usize::from(alive);
            balance.won_alive += usize::from(kept);
        }
    }

    fn is_alive(&self, number: usize, at: Moment) -> bool {
        self.alive.get(&at.unix_ms()).is_some_and(|alive| alive.contains(&number))
    }
}

const NOTHING: BalanceView = BalanceView {
    before: 0,
    into_sight: 0,
    won: 0,
    revived: 0,
    lost: 0,
    alive: 0,
    won_alive: 0,
    moves: None,
};

impl Part {
    fn new(party: PartyId, platform: Option<String>, one: Relationship) -> Option<Self> {
        let state = one.state();
        let first = state.first()?;
        let days = state.days().iter().map(|day| day.day.start()).collect();
        Some(Self { party, platform, one, first, days })
    }

    fn has_contact(&self, period: Window) -> bool {
        let from = self.days.partition_point(|day| *day < period.start());
        self.days.get(from).is_some_and(|day| *day < period.end())
    }
}

/// Returns every relationship, and each by platform; somebody's accounts on one platform are one.
fn parts(people: &People) -> Vec<Part> {
    let mut parts = Vec::new();
    for (&party, one) in &people.relationships {
        let contacts = Relationship { contacts: one.contacts.clone(), ..Relationship::default() };
        parts.extend(Part::new(party, None, contacts));
        let mut here: BTreeMap<&str, Relationship> = BTreeMap::new();
        for contact in &one.contacts {
            let Some(known) = people.accounts.get(&contact.account) else { continue };
            let platform = known.account.key.platform.as_str();
            here.entry(platform).or_default().contacts.push(contact.clone());
        }
        let on = |(platform, one): (&str, _)| Part::new(party, Some(platform.to_owned()), one);
        parts.extend(here.into_iter().filter_map(on));
    }
    parts
}

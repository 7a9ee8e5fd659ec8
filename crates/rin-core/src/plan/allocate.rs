//! Spending the minutes, week by week: what must not be falls out, the rest is ordered, and taken while there is time.

use std::collections::BTreeSet;

use super::{
    LeftOut, Offer, Plan, PlanLine, PlanRequest, PlanWeek,
    ahead::{self, Later, PlanQuestion},
    book::{Book, Place},
    calendar::{Calendar, Week},
    candidate::{Candidate, WeekOffer},
    keep::{self, Again, Kept},
    limits::{Against, Limits, Rules},
    policy::Ranks,
};
use crate::{Minutes, Proposed};

/// How many candidates are put in order at first.
const FIRST_PIECE: usize = 1_024;

/// Makes a plan of what was proposed once; the same request and offers give the same plan, in whatever order they come.
///
/// For a week or less. In the later weeks of a longer plan what was left out is weighed again;
/// [`plan_ahead`] asks for more.
///
/// # Complexity
/// *n* log *n* in the number of proposals.
///
/// # Example
/// ```
/// use rin_core::{plan, Minutes, Moment, PlanRequest};
/// let request = PlanRequest::new(Moment::from_unix_ms(1_700_000_000_000), Minutes::new(60.0));
/// assert!(plan(&request, &[]).lines.is_empty()); // nobody proposed anything
/// ```
pub fn plan(request: &PlanRequest<'_>, offers: &[Offer<'_>]) -> Plan {
    plan_ahead(request, offers, |_| None)
}

/// Makes a plan and asks the strategies again for every later week; the same answers give the same plan.
///
/// `ask` is called for each later week and offer, in order, and answers with what the strategy proposes for the table
/// shown; `None` stands for what it proposed before.
///
/// # Complexity
/// *n* log *n* in the number of proposals, for every week.
///
/// # Example
/// ```
/// use rin_core::{plan_ahead, propose, Offer, Plan, PlanRequest, Strategy, StrategyError, Table};
/// fn ahead(strategy: &mut dyn Strategy, table: &Table, request: &PlanRequest<'_>) -> Result<Plan, StrategyError> {
///     let proposals = propose(strategy, table, request.now, request.seed)?;
///     let (info, norms) = (strategy.info().clone(), strategy.norms().to_vec());
///     let offer = Offer { info: &info, table, proposals: &proposals, norms: &norms };
///     let again = |question: &rin_core::PlanQuestion<'_>| {
///         propose(strategy, question.table, question.now, request.seed).ok()
///     };
///     Ok(plan_ahead(request, &[offer], again))
/// }
/// ```
pub fn plan_ahead(
    request: &PlanRequest<'_>,
    offers: &[Offer<'_>],
    mut ask: impl FnMut(&PlanQuestion<'_>) -> Option<Vec<Proposed>>,
) -> Plan {
    let calendar = Calendar::new(request);
    let mut maker = Maker {
        request,
        calendar,
        limits: Limits::new(request),
        ranks: Ranks::new(request),
        kept: Kept::new(request, calendar),
        book: Book::new(request, offers, calendar),
        out: Plan::default(),
    };
    let order = order(offers);
    let order = |number: usize| order.get(number).copied().unwrap_or(number);
    for week in calendar.weeks() {
        maker.book.begin(week);
        if week.number == 0 {
            let offers = offers.iter().enumerate();
            let offers: Vec<_> = offers
                .map(|(number, offer)| WeekOffer {
                    offer: *offer,
                    number,
                    order: order(number),
                    likelihood: &[],
                })
                .collect();
            maker.plan_week(week, &offers);
            continue;
        }
        let asked = offers.iter().enumerate();
        let later: Vec<Later> = asked
            .map(|one| ahead::ask(request, (calendar, week), &maker.book, one, &mut ask))
            .collect();
        let offers = offers.iter().zip(&later).enumerate();
        let offers: Vec<_> = offers
            .map(|(number, (offer, later))| {
                let proposals = later.answer.as_deref().unwrap_or(offer.proposals);
                let offer = Offer { table: &later.table, proposals, ..*offer };
                let likelihood = &later.likelihood;
                WeekOffer { offer, number, order: order(number), likelihood }
            })
            .collect();
        maker.plan_week(week, &offers);
    }
    maker.out.left_out = maker.out.weeks.first().map(|week| week.left_out).unwrap_or_default();
    maker.out
}

/// Returns the position of each offer when they are sorted by their strategies' ids.
fn order(offers: &[Offer<'_>]) -> Vec<usize> {
    let ids = || offers.iter().map(|offer| &offer.info.id);
    ids().map(|id| ids().filter(|other| *other < id).count()).collect()
}

/// A plan being made.
struct Maker<'a> {
    request: &'a PlanRequest<'a>,
    calendar: Calendar,
    limits: Limits,
    ranks: Ranks,
    kept: Kept<'a>,
    book: Book<'a>,
    out: Plan,
}

/// One week being filled.
#[derive(Default)]
struct Filled {
    /// The candidates taken, by position, whether they were kept.
    taken: Vec<(usize, Place, bool)>,
    left_out: LeftOut,
}

impl Maker<'_> {
    fn plan_week(&mut self, week: Week, offers: &[WeekOffer<'_>]) {
        let (mut candidates, mut left_out) = self.candidates(week, offers);
        if !self.request.keep.is_empty() {
            candidates.sort_unstable_by(Candidate::cmp);
        }
        let again = self.kept.again(self.request, week, offers, &candidates);
        let worse = self.clearly_worse(&again, &mut candidates);
        let mut filled = Filled::default();
        let mut placed = BTreeSet::new();
        for one in &again {
            let Some(candidate) = candidates.get(one.candidate) else { continue };
            let line = (candidate.party, one.day);
            if placed.contains(&line) || worse.contains(&one.candidate) {
                continue;
            }
            if let Some(place) = one.place(&self.book, week, candidate) {
                self.book.take(candidate, place);
                placed.insert(line);
                filled.taken.push((one.candidate, place, true));
            }
        }
        fill(&mut self.book, &mut candidates, &mut filled);
        left_out.add(&filled.left_out);
        filled.taken.sort_unstable_by_key(|(at, ..)| *at);
        let first = self.out.lines.len();
        for (at, place, is_kept) in filled.taken {
            let line = candidates.get(at).and_then(|candidate| {
                let of = offers.get(candidate.offer)?;
                candidate.line(self.request, &self.calendar, of, (week, place))
            });
            self.out.lines.extend(line.map(|line| PlanLine { is_kept, ..line }));
        }
        let lines = self.out.lines.get(first..).unwrap_or_default();
        let spent = lines.iter().fold(Minutes::ZERO, |sum, line| sum + line.minutes);
        self.out.gain += lines.iter().map(|line| line.gain).sum::<f64>();
        self.out.spent += spent;
        self.out.weeks.push(PlanWeek {
            start: self.calendar.day(week.start),
            days: (week.end - week.start).unsigned_abs(),
            spent,
            left_out,
        });
    }

    /// Returns the kept candidates that a week made anew would have something clearly better for.
    fn clearly_worse(&self, again: &[Again], candidates: &mut [Candidate]) -> BTreeSet<usize> {
        if again.is_empty() {
            return BTreeSet::new();
        }
        let mut filled = Filled::default();
        fill(&mut self.book.clone(), candidates, &mut filled);
        let anew: BTreeSet<usize> = filled.taken.iter().map(|(at, ..)| *at).collect();
        let again: BTreeSet<usize> = again.iter().map(|one| one.candidate).collect();
        // Both are in the order of the candidates: the last of the old makes way for the first of the new.
        let old = again.iter().rev().filter(|at| !anew.contains(at));
        let new = anew.iter().filter(|at| !again.contains(at));
        let is_worse = |(old, new): &(&usize, &usize)| {
            let (old, new) = (candidates.get(**old), candidates.get(**new));
            old.zip(new).is_some_and(|(old, new)| keep::is_clearly_worse(old, new))
        };
        old.zip(new).filter(is_worse).map(|(old, _)| *old).collect()
    }

    /// Returns what nothing speaks against, in no order yet.
    fn candidates(&self, week: Week, offers: &[WeekOffer<'_>]) -> (Vec<Candidate>, LeftOut) {
        let mut left_out = LeftOut::default();
        let mut candidates =
            Vec::with_capacity(offers.iter().map(|of| of.offer.proposals.len()).sum());
        for (of, rules) in offers.iter().zip(&self.book.rules) {
            for one in of.offer.proposals.iter().enumerate() {
                match self.weigh(week, (of, rules), one) {
                    Ok(candidate) => candidates.extend(candidate),
                    Err(against) => left_out.count(against),
                }
            }
        }
        // Whoever has their turn in a later week by the last plan keeps it, unless they wait for something.
        if !self.request.keep.is_empty() {
            let before = candidates.len();
            candidates.retain(|one| one.is_owed || !self.kept.is_later(one.party, week));
            left_out.same_party += before - candidates.len();
        }
        (candidates, left_out)
    }

    fn weigh(
        &self,
        week: Week,
        (of, rules): (&WeekOffer<'_>, &Rules),
        (at, proposed): (usize, &Proposed),
    ) -> Result<Option<Candidate>, Against> {
        let (what, days) = ((of.offer.table, proposed), (week.start, week.end));
        let span = self.limits.span(&self.calendar, rules, what, days)?;
        let more = (span, rules.cooldown(proposed.kind), &self.ranks);
        Ok(Candidate::new(self.request, week, of, (at, proposed), more))
    }
}

/// Takes candidates in order while there is time and nothing is against them.
///
/// They are put in order piece by piece, the next piece as long as all before: there is seldom time for more than a few.
fn fill(book: &mut Book<'_>, candidates: &mut [Candidate], filled: &mut Filled) {
    let mut kept: Vec<usize> = filled.taken.iter().map(|(at, ..)| *at).collect();
    kept.sort_unstable();
    let cheapest = candidates.iter().map(|one| one.minutes).min().unwrap_or(Minutes::ZERO);
    let mut ordered = 0;
    for at in 0..candidates.len() {
        if ordered <= at {
            ordered = order_more(candidates, ordered);
        }
        let Some(candidate) = candidates.get(at) else { return };
        if kept.binary_search(&at).is_ok() {
            continue;
        }
        if book.most_left() < cheapest {
            let later = kept.len() - kept.partition_point(|one| *one < at);
            filled.left_out.budget += candidates.len() - at - later;
            return;
        }
        match book.place(candidate) {
            Ok(place) => {
                book.take(candidate, place);
                filled.taken.push((at, place, false));
            }
            Err(against) => filled.left_out.count(against),
        }
    }
}

/// Puts the next candidates after the first `ordered` in their order; returns how many then are.
fn order_more(candidates: &mut [Candidate], ordered: usize) -> usize {
    let rest = candidates.get_mut(ordered..).unwrap_or_default();
    let piece = ordered.max(FIRST_PIECE).min(rest.len());
    if piece < rest.len() {
        rest.select_nth_unstable_by(piece, Candidate::cmp);
    }
    if let Some(piece) = rest.get_mut(..piece) {
        piece.sort_unstable_by(Candidate::cmp);
    }
    ordered + piece
}

impl LeftOut {
    const fn count(&mut self, against: Against) {
        let counted = match against {
            Against::Barred => &mut self.barred,
            Against::Postponed => &mut self.postponed,
            Against::Dormant => &mut self.dormant,
            Against::Cooldown => &mut self.cooldown,
            Against::Unanswered => &mut self.unanswered,
            Against::Norm => &mut self.norm,
            Against::SameParty => &mut self.same_party,
            Against::Budget => &mut self.budget,
        };
        *counted += 1;
    }

    const fn add(&mut self, other: &Self) {
        self.barred += other.barred;
        self.postponed += other.postponed;
        self.dormant += other.dormant;
        self.cooldown += other.cooldown;
        self.unanswered += other.unanswered;
        self.norm += other.norm;
        self.same_party += other.same_party;
        self.budget += other.budget;
    }
}

//! One network lived through under one policy, day by day.
//!
//! What comes by itself and who answers are drawn for each tie and day, whatever the policy does: two policies of one
//! seed differ by what they do and by nothing else.

use super::{
    Course, Knowledge, Schedule, SimulationRequest, World,
    judge::{Judge, is_dormant},
    policy::Policy,
    seen::{Living, Seen, fades},
};
use crate::{
    ContactDay, Day,
    random::{lot, share},
};

/// Days of a year.
const YEAR: u32 = 365;
/// Most days that are lived through: draws are counted in days below this.
const MOST_DAYS: u32 = 1 << 20;

/// Lives through a world under a policy; the same world, policy, request and seed give the same course.
///
/// # Complexity
/// Ties times days: some fifty nanoseconds each, for our policies and for scores over all contact days about one
/// microsecond.
///
/// # Example
/// ```
/// use rin_core::{
///     simulate, AccountId, AnswerLaw, ContactDay, Day, Hawkes, Knowledge, Policy, SimulationRequest, World, WorldTie,
/// };
/// let ends = (AccountId::new(0), AccountId::new(1));
/// let day = ContactDay { day: Day::from_number(19_900), received: 1, sent: 1 };
/// let world = World {
///     start: Day::from_number(20_000),
///     ties: vec![WorldTie { ends, days: vec![day], importance: 1.0 }; 50],
///     organic: Hawkes::default(),
///     answers: AnswerLaw::default(),
/// };
/// let year = SimulationRequest { touches_a_day: 1.0, ..SimulationRequest::default() };
/// let lived = |policy| simulate(&world, policy, &Knowledge::default(), &year, 1);
/// let (ours, nothing) = (lived(Policy::Ours), lived(Policy::Nothing));
/// assert_eq!((ours.touches, nothing.touches), (365, 0));
/// assert!(nothing.alive() + 5.0 < ours.alive());
/// ```
pub fn simulate(
    world: &World,
    policy: Policy,
    knowledge: &Knowledge,
    request: &SimulationRequest,
    seed: u64,
) -> Course {
    let judge = Judge { policy, knowledge, world, seed };
    let mut year = Year { judge, request, ties: Living::all(world), course: Course::default() };
    let fades = fades();
    let (mut credit, mut chosen) = (0.0, Vec::new());
    for today in 0..request.days.min(MOST_DAYS) {
        let rate = request.schedule.rate(request.touches_a_day, today);
        // Minutes for which nobody was found are gone with their day.
        credit = f64::min(credit + rate, rate.max(1.0) + 1.0);
        year.ask(today);
        year.choose(today, whole(credit), &mut chosen);
        credit -= to_f64(chosen.len());
        year.live(today, &chosen, &fades);
    }
    let alive = |tie: &Living| 1.0 - world.organic.quiet(&tie.decayed, request.horizon_days);
    year.course.alive = year.ties.iter().map(alive).collect();
    year.course
}

/// A candidate: what the policy thinks of it, its lot, its place.
type Choice = (f64, u64, usize);

/// A world as it is lived through.
struct Year<'a> {
    judge: Judge<'a>,
    request: &'a SimulationRequest,
    ties: Vec<Living>,
    course: Course,
}

impl Year<'_> {
    /// Asks the forecast about ties: each once a week and after every contact, as what it says changes slowly.
    fn ask(&mut self, today: u32) {
        if self.judge.policy != Policy::Ours {
            return;
        }
        let yesterday = self.judge.world.start.number().saturating_add_unsigned(today) - 1;
        for (number, tie) in (0_u32..).zip(&mut self.ties) {
            let is_new = tie.days.last().is_some_and(|day| day.day.number() == yesterday);
            if today == 0 || is_new || (today + number).is_multiple_of(7) {
                tie.alive =
                    self.judge.knowledge.alive(&Seen::new(tie, today, self.judge.world).facts);
            }
        }
    }

    /// Chooses whom to write to today, by place.
    fn choose(&self, today: u32, room: usize, chosen: &mut Vec<usize>) {
        chosen.clear();
        let (judge, policy) = (&self.judge, self.judge.policy);
        if room == 0 || policy == Policy::Nothing {
            return;
        }
        let (mut first, mut dormant): (Vec<Choice>, Vec<Choice>) = (Vec::new(), Vec::new());
        let open = self.ties.iter().enumerate().filter(|(_, tie)| tie.is_open(today));
        for (at, tie) in open {
            let seen = Seen::new(tie, today, judge.world);
            let Some(worth) = judge.index(&seen, to_u64(at)) else { continue };
            let choice = (worth, lot(judge.seed, to_u64(at)), at);
            let is_apart = policy == Policy::PingCrm && is_dormant(&seen);
            (if is_apart { &mut dormant } else { &mut first }).push(choice);
        }
        // Two in five for the dormant: of one a day, on two days of five.
        let apart = if policy == Policy::PingCrm { (2 * room + today as usize % 5) / 5 } else { 0 };
        take(&mut dormant, apart, chosen);
        let left = room - chosen.len();
        take(&mut first, left, chosen);
        chosen.sort_unstable();
    }

    /// Lets a day pass: what comes by itself, what the touches bring, and how all of it fades.
    fn live(&mut self, today: u32, chosen: &[usize], fades: &[f64; 4]) {
        let (world, luck) = (self.judge.world, self.judge.seed);
        let mut value = 0.0;
        let mut next = chosen.iter().copied().peekable();
        for (number, tie) in self.ties.iter_mut().enumerate() {
            let place = to_u64(number) << 21 | u64::from(today) << 1;
            let organic = 1.0 - world.organic.quiet(&tie.decayed, 1.0);
            let mut is_contact = share(luck, place) < organic;
            if next.next_if_eq(&number).is_some() {
                let seen = Seen::new(tie, today, world);
                let chance = world.answers.probability(seen.silence(), seen.contact_days());
                let is_answered = share(luck, place | 1) < chance;
                tie.touch(today, is_answered);
                self.course.touches += 1;
                self.course.answers += usize::from(is_answered);
                is_contact |= is_answered;
            }
            if is_contact {
                let day = Day::from_number(world.start.number().saturating_add_unsigned(today));
                tie.days.push(ContactDay { day, received: 1, sent: 1 });
            }
            tie.age(is_contact, fades);
            let alive = 1.0 - world.organic.quiet(&tie.decayed, self.request.horizon_days);
            value += tie.importance * alive;
        }
        self.course.expected.push(value);
    }
}

/// Takes the best `room` of the candidates.
fn take(candidates: &mut [Choice], room: usize, chosen: &mut Vec<usize>) {
    let order =
        |a: &Choice, b: &Choice| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2));
    if 0 < room && room < candidates.len() {
        candidates.select_nth_unstable_by(room - 1, order);
    }
    chosen.extend(candidates.iter().take(room).map(|(_, _, at)| *at));
}

impl Schedule {
    /// Returns how many touches there are on a day, the same number over the first year whatever the schedule.
    fn rate(self, touches_a_day: f64, today: u32) -> f64 {
        let burst = |days: u32, at: u32| {
            let days = days.max(1);
            if at < days { touches_a_day * f64::from(YEAR) / f64::from(days) } else { 0.0 }
        };
        match self {
            Self::Ongoing => touches_a_day,
            Self::Once { days } => burst(days, today),
            Self::Yearly { days } => burst(days, today % YEAR),
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it saturates, which is meant"
)]
fn whole(credit: f64) -> usize {
    // Sevenths and the like add up to a whole number but for the last bits.
    (credit + 1e-9).floor() as usize
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(count: usize) -> f64 {
    count as f64
}

const fn to_u64(at: usize) -> u64 {
    at as u64
}

//! When a tie began and ended, as far as several exports together show it.
//!
//! A follow list is a state at the moment of the export. Two lists give a dated ending only if the later one is
//! complete: then who is missing has gone in between. Everything is computed from the *set* of sightings and lists,
//! so neither the order of imports nor a repeated one can matter.

use rin_core::{Moment, TieEnd, TieStart};

/// What is known about one tie at one moment. Ordered by time; at the same moment in the order of [`Seen`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Mark {
    /// `None` for a source that tells no moment at all.
    pub(crate) at: Option<Moment>,
    pub(crate) seen: Seen,
}

/// How the tie showed itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Seen {
    /// It stood, and the source says it began so.
    Standing(TieStart),
    /// The source says it ended at this moment.
    Ended(TieStart),
    /// A complete list does not show it.
    Missing,
}

/// One span during which the tie stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Period {
    pub(crate) start: TieStart,
    pub(crate) end: TieEnd,
}

/// Adds the marks of one sighting, made at the moments `seen_at` of its source's lists (none if it tells none).
pub(crate) fn sight(marks: &mut Vec<Mark>, start: TieStart, end: TieEnd, seen_at: &[Moment]) {
    match end {
        TieEnd::Exact(at) => marks.push(Mark { at: Some(at), seen: Seen::Ended(start) }),
        TieEnd::Between { after, by } => {
            marks.push(Mark { at: Some(after), seen: Seen::Standing(start) });
            marks.push(Mark { at: Some(by), seen: Seen::Missing });
        }
        TieEnd::Open if seen_at.is_empty() => {
            marks.push(Mark { at: start.stood_at(), seen: Seen::Standing(start) });
        }
        TieEnd::Open => {
            marks.extend(
                seen_at.iter().map(|&at| Mark { at: Some(at), seen: Seen::Standing(start) }),
            );
        }
    }
}

/// Returns the spans during which the tie stood, the earliest first; a tie seen again after it was gone has several.
pub(crate) fn periods(mut marks: Vec<Mark>) -> Vec<Period> {
    marks.sort_unstable();
    marks.dedup();
    let mut walk = Walk::default();
    let mut undated = false;
    for mark in marks {
        match (mark.at, mark.seen) {
            (None, _) => undated = true,
            (Some(at), Seen::Standing(start)) => walk.stand(at, start),
            (Some(at), Seen::Ended(start)) => walk.end(at, start),
            (Some(at), Seen::Missing) => walk.miss(at),
        }
    }
    let mut periods = walk.finish();
    if undated && periods.is_empty() {
        periods.push(Period { start: TieStart::Unknown, end: TieEnd::Open });
    }
    periods
}

/// A span that has not ended yet.
struct Run {
    start: TieStart,
    first: Moment,
    last: Moment,
}

/// The walk along the marks in time order.
#[derive(Default)]
struct Walk {
    periods: Vec<Period>,
    run: Option<Run>,
    /// The last moment at which the tie did not stand.
    gap: Option<Moment>,
    /// What `gap` was before the last given end.
    gap_before: Option<Moment>,
    /// The last moment anything was known.
    known: Option<Moment>,
}

impl Walk {
    fn stand(&mut self, at: Moment, start: TieStart) {
        let start = believable(start, self.gap).merge(TieStart::AtOrBefore(at));
        let run = self.run.get_or_insert(Run { start, first: at, last: at });
        run.start = run.start.merge(start);
        run.last = at;
        self.known = Some(at);
    }

    fn end(&mut self, at: Moment, start: TieStart) {
        match self.periods.last_mut() {
            // Another source gives the same end.
            Some(period) if period.end == TieEnd::Exact(at) && self.run.is_none() => {
                let start = believable(start, self.gap_before);
                period.start = within(period.start.merge(start), at, TieStart::Unknown);
            }
            _ => {
                let start = believable(start, self.gap);
                let start = match self.run.take() {
                    Some(run) => {
                        within(run.start.merge(start), at, TieStart::AtOrBefore(run.first))
                    }
                    None => within(start, at, TieStart::Unknown),
                };
                self.periods.push(Period { start, end: TieEnd::Exact(at) });
                self.gap_before = self.gap;
            }
        }
        self.gap = Some(at);
        self.known = Some(at);
    }

    fn miss(&mut self, at: Moment) {
        // A list of the very moment that also shows the tie contradicts itself, and showing it counts for more.
        if self.known == Some(at) {
            return;
        }
        if let Some(Run { start, first, last }) = self.run.take() {
            let start = within(start, at, TieStart::AtOrBefore(first));
            self.periods.push(Period { start, end: TieEnd::Between { after: last, by: at } });
        }
        self.gap = Some(at);
    }

    fn finish(mut self) -> Vec<Period> {
        if let Some(run) = self.run {
            self.periods.push(Period { start: run.start, end: TieEnd::Open });
        }
        self.periods
    }
}

/// Returns the start unless the tie is known to have been gone since then.
fn believable(start: TieStart, gap: Option<Moment>) -> TieStart {
    match (gap, start.stood_at()) {
        (Some(gap), Some(at)) if at <= gap => TieStart::Unknown,
        _ => start,
    }
}

/// Returns the start unless it lies after the end, where `otherwise` is all that is known.
fn within(start: TieStart, end: Moment, otherwise: TieStart) -> TieStart {
    if start.stood_at().is_some_and(|at| end < at) { otherwise } else { start }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};

    use super::*;

    fn at(day: i64) -> Moment {
        Moment::from_unix_ms(day * 86_400_000)
    }

    /// Reads "3+ 5- 4=" as standing at 3, missing at 5, ended at 4; `3+x2` adds an exact start.
    fn check(marks: &str, expected: &[Period]) {
        let parse = |word: &str| {
            let (day, rest) = word.split_at(word.find(['+', '-', '=']).unwrap());
            let start = rest
                .split_once('x')
                .map_or(TieStart::Unknown, |(_, day)| TieStart::Exact(at(day.parse().unwrap())));
            let seen = match rest.as_bytes()[0] {
                b'+' => Seen::Standing(start),
                b'=' => Seen::Ended(start),
                _ => Seen::Missing,
            };
            Mark { at: day.parse().ok().map(at), seen }
        };
        assert_eq!(periods(marks.split_whitespace().map(parse).collect()), expected, "{marks}");
    }

    fn span(start: TieStart, end: TieEnd) -> Period {
        Period { start, end }
    }

    fn between(after: i64, by: i64) -> TieEnd {
        TieEnd::Between { after: at(after), by: at(by) }
    }

    #[test]
    fn a_tie_missing_from_a_later_complete_list_has_ended_in_between() {
        check("1+ 4+ 9-", &[span(TieStart::AtOrBefore(at(1)), between(4, 9))]);
        check("9- 4+ 1+", &[span(TieStart::AtOrBefore(at(1)), between(4, 9))]);
        check("4+ 9- 12-", &[span(TieStart::AtOrBefore(at(4)), between(4, 9))]);
        check("4+x2 9-", &[span(TieStart::Exact(at(2)), between(4, 9))]);
    }

    #[test]
    fn missing_before_it_was_seen_ends_nothing() {
        check("1- 4+", &[span(TieStart::AtOrBefore(at(4)), TieEnd::Open)]);
        check("4- 4+", &[span(TieStart::AtOrBefore(at(4)), TieEnd::Open)]);
        check("1-", &[]);
    }

    #[test]
    fn seen_again_is_a_new_period_that_began_after_the_gap() {
        let first = span(TieStart::Exact(at(0)), between(1, 4));
        check("1+x0 4- 6+", &[first, span(TieStart::AtOrBefore(at(6)), TieEnd::Open)]);
        check("1+x0 4- 6+x5", &[first, span(TieStart::Exact(at(5)), TieEnd::Open)]);
        check("1+x0 4- 6+x0", &[first, span(TieStart::AtOrBefore(at(6)), TieEnd::Open)]);
    }

    #[test]
    fn a_given_end_beats_a_bound() {
        check("1+ 3= 9-", &[span(TieStart::AtOrBefore(at(1)), TieEnd::Exact(at(3)))]);
        check("3=x1", &[span(TieStart::Exact(at(1)), TieEnd::Exact(at(3)))]);
        check("3=x1 3=", &[span(TieStart::Exact(at(1)), TieEnd::Exact(at(3)))]);
    }

    #[test]
    fn a_source_without_any_moment_shows_that_it_stood_and_no_more() {
        check("+", &[span(TieStart::Unknown, TieEnd::Open)]);
        check("+ 2+ 5-", &[span(TieStart::AtOrBefore(at(2)), between(2, 5))]);
    }

    fn mark() -> impl Strategy<Value = Mark> {
        let start = prop_oneof![
            Just(TieStart::Unknown),
            (0..9_i64).prop_map(|day| TieStart::Exact(at(day))),
            (0..9_i64).prop_map(|day| TieStart::AtOrBefore(at(day))),
        ];
        let seen = prop_oneof![
            start.clone().prop_map(Seen::Standing),
            start.prop_map(Seen::Ended),
            Just(Seen::Missing),
        ];
        ((0..9_i64).prop_map(at), seen).prop_map(|(at, seen)| Mark { at: Some(at), seen })
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter(marks in prop::collection::vec(mark(), 0..9)) {
            let once = periods(marks.clone());
            let twice: Vec<Mark> = marks.iter().rev().chain(&marks).copied().collect();
            assert_eq!(periods(twice), once);
        }

        #[test]
        fn periods_do_not_overlap(marks in prop::collection::vec(mark(), 0..9)) {
            let ends = |period: &Period| match period.end {
                TieEnd::Open => None,
                TieEnd::Exact(at) | TieEnd::Between { by: at, .. } => Some(at),
            };
            for pair in periods(marks).windows(2) {
                let end = ends(&pair[0]).expect("only the last period is open");
                assert!(pair[1].start.stood_at().is_none_or(|start| end < start));
            }
        }
    }
}

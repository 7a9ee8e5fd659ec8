//! What another plugin does to a week's plan: lines that are there now, are gone, or say something else.

use serde::Serialize;

use crate::PlanLineView;

/// Two plans held against each other, for one platform.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlanChangeView {
    /// How many lines the plan had for the platform.
    pub lines_before: usize,
    /// How many it has.
    pub lines_after: usize,
    /// What is different, in the order of the plan; what is gone stands last.
    pub changes: Vec<ChangeView>,
    /// What went wrong while planning.
    pub problems: Vec<String>,
}

/// One line that is different. Only `after`: it is new; only `before`: it is gone.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChangeView {
    /// The line as it was.
    pub before: Option<PlanLineView>,
    /// The line as it is.
    pub after: Option<PlanLineView>,
}

/// Compares the lines of two plans; a party has one line in a plan.
pub(super) fn compare(
    before: &[PlanLineView],
    after: &[PlanLineView],
    problems: Vec<String>,
) -> PlanChangeView {
    let of = |lines: &[PlanLineView], party| lines.iter().find(|line| line.party == party).cloned();
    let mut changes: Vec<ChangeView> = after
        .iter()
        .map(|line| ChangeView { before: of(before, line.party), after: Some(line.clone()) })
        .filter(|change| match (&change.before, &change.after) {
            (Some(before), Some(after)) => !says_the_same(before, after),
            _ => true,
        })
        .collect();
    let gone = before.iter().filter(|line| of(after, line.party).is_none());
    changes.extend(gone.map(|line| ChangeView { before: Some(line.clone()), after: None }));
    PlanChangeView { lines_before: before.len(), lines_after: after.len(), changes, problems }
}

/// Whether two lines differ in nothing but their number and day, which hang on the lines around them.
fn says_the_same(one: &PlanLineView, other: &PlanLineView) -> bool {
    *one == PlanLineView { line: one.line, day: one.day.clone(), ..other.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: usize, party: u32, minutes: f64) -> PlanLineView {
        PlanLineView {
            line: number,
            party,
            name: String::new(),
            handle: None,
            platform: "chess".to_owned(),
            link: None,
            action: "greet".to_owned(),
            what: String::new(),
            why: String::new(),
            facts: String::new(),
            minutes,
            day: "2026-08-17".into(),
            account: "x".into(),
            member: None,
            not_before: None,
            kept: false,
            likelihood: 1.0,
            due: None,
            owed: false,
            alive: 0.5,
            alive_after: 0.6,
            effect: 0.5,
            lapse: String::new(),
            last: None,
            silence_days: 40.0,
            contact_days: 3,
        }
    }

    #[test]
    fn lines_are_new_gone_or_different_and_a_number_is_no_difference() {
        let before = [line(1, 10, 5.0), line(2, 11, 5.0), line(3, 12, 5.0)];
        let after = [line(1, 13, 5.0), line(2, 11, 5.0), line(3, 10, 9.0)];
        let view = compare(&before, &after, Vec::new());
        let told: Vec<_> = view
            .changes
            .iter()
            .map(|one| (one.before.as_ref().map(|l| l.party), one.after.as_ref().map(|l| l.party)))
            .collect();
        assert_eq!(told, [(None, Some(13)), (Some(10), Some(10)), (Some(12), None)]);
        assert_eq!((view.lines_before, view.lines_after), (3, 3));
    }
}

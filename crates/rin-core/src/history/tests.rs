//! Looking back sees what stood before a day, and nothing of what came after.

use proptest::prelude::*;

use super::*;
use crate::InteractionKind;

fn log(events: &[(u32, u32, u16)]) -> Vec<Interaction> {
    let start = Moment::from_unix_ms(1_600_000_000_000);
    let one = |&(from, to, hours): &(u32, u32, u16)| Interaction {
        at: start.plus_days(f64::from(hours) / 24.0),
        from: AccountId::new(from),
        to: AccountId::new(to),
        kind: InteractionKind::Reply,
    };
    events.iter().map(one).collect()
}

fn events() -> impl Strategy<Value = Vec<(u32, u32, u16)>> {
    prop::collection::vec((0_u32..8, 0_u32..8, 0_u16..2_400), 0..80)
}

/// What is known of every tie, as text.
fn told(examples: &[Example<'_>]) -> String {
    let tie = |one: &Example<'_>| format!("{:?} {:?}\n", one.pair, one.tie);
    examples.iter().map(tie).collect()
}

proptest! {
    #[test]
    fn what_came_later_is_not_seen(events in events()) {
        let all = log(&events);
        let cut = Moment::from_unix_ms(1_600_000_000_000).plus_days(50.0).day();
        let before: Vec<_> = all.iter().copied().filter(|it| it.at < cut.start()).collect();
        let whole = History::new(all);
        let past = History::new(before);
        prop_assert_eq!(told(&whole.examples(cut, 30.0, 1)), told(&past.examples(cut, 30.0, 1)));
    }

    #[test]
    fn order_and_doubles_change_nothing(events in events(), seed: u64) {
        let all = log(&events);
        let mut mixed = [all.clone(), all.clone()].concat();
        mixed.sort_by_key(|it| it.at.unix_ms().wrapping_mul(0x9e37).wrapping_add(i64::from(it.from.get())) ^ seed.cast_signed());
        let cut = Moment::from_unix_ms(1_600_000_000_000).plus_days(50.0).day();
        prop_assert_eq!(
            told(&History::new(all).examples(cut, 30.0, 1)),
            told(&History::new(mixed).examples(cut, 30.0, 1))
        );
    }
}

#[test]
fn what_became_of_a_tie_is_counted() {
    let history = History::new(log(&[
        (1, 2, 0),
        (2, 1, 30),
        (1, 3, 40),
        (1, 2, 480),
        (2, 1, 481),
        (3, 1, 1_300),
    ]));
    let cut = Moment::from_unix_ms(1_600_000_000_000).plus_days(10.0).day();
    let examples = history.examples(cut, 30.0, 1);
    let told: Vec<_> =
        examples.iter().map(|one| (one.tie.contact_days(), one.interactions)).collect();
    assert_eq!(told, [(2.0, 2), (1.0, 0)]);
    assert_eq!(history.examples(cut, 30.0, 2).len(), 1);
    let ends = examples[1].tie.ends.unwrap();
    assert_eq!((ends.one.degree, ends.other.degree, ends.common), (2.0, 1.0, 0.0));
    assert_eq!((ends.one.interactions, ends.one.active_days), (3.0, 3.0));
}

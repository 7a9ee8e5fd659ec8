//! The laws of the monoid, and the byte form.

use proptest::prelude::*;

use super::*;

type Event = (i64, bool, u8);

fn events() -> impl Strategy<Value = Vec<Event>> {
    // Few days, so that several events share one.
    prop::collection::vec((-5_000_000_000_i64..5_000_000_000, any::<bool>(), 1_u8..9), 0..40)
}

fn fold(events: &[Event]) -> TieState {
    let mut state = TieState::default();
    for &(at, sent, kind) in events {
        let direction = if sent { Direction::Sent } else { Direction::Received };
        let kind = InteractionKind::from_number(kind).unwrap();
        state.add(Moment::from_unix_ms(at), direction, kind);
    }
    state
}

proptest! {
    #[test]
    fn any_order_and_any_split_give_the_same_state(
        (events, shuffled, cut) in events().prop_flat_map(|events| {
            let n = events.len();
            (Just(events.clone()), Just(events).prop_shuffle(), 0..=n)
        })
    ) {
        let whole = fold(&events);
        prop_assert_eq!(&fold(&shuffled), &whole);
        let (left, right) = shuffled.split_at(cut);
        let (mut a, b) = (fold(left), fold(right));
        a.merge(&b);
        prop_assert_eq!(a.to_bytes(), whole.to_bytes());
    }

    #[test]
    fn merging_is_commutative_and_associative_with_a_zero(a in events(), b in events(), c in events()) {
        let (a, b, c) = (fold(&a), fold(&b), fold(&c));
        let merge = |x: &TieState, y: &TieState| { let mut x = x.clone(); x.merge(y); x };
        prop_assert_eq!(merge(&a, &b), merge(&b, &a));
        prop_assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)));
        prop_assert_eq!(merge(&a, &TieState::default()), a.clone());
    }

    #[test]
    fn uniting_is_commutative_associative_and_idempotent(a in events(), b in events(), c in events()) {
        let (a, b, c) = (fold(&a), fold(&b), fold(&c));
        let unite = |x: &TieState, y: &TieState| { let mut x = x.clone(); x.unite(y); x };
        prop_assert_eq!(unite(&a, &b).to_bytes(), unite(&b, &a).to_bytes());
        prop_assert_eq!(unite(&unite(&a, &b), &c), unite(&a, &unite(&b, &c)));
        prop_assert_eq!(unite(&a, &a), a.clone());
        prop_assert_eq!(unite(&unite(&a, &b), &b), unite(&a, &b));
        prop_assert_eq!(unite(&a, &TieState::default()), a);
    }

    #[test]
    fn overlapping_exports_of_whole_days_unite_to_the_whole(
        events in events(), cut in -50_i64..50, overlap in 0_i64..20
    ) {
        // One export ends where the other has already begun, both at midnight.
        let day = |event: &Event| Moment::from_unix_ms(event.0).day().number();
        let early: Vec<Event> = events.iter().copied().filter(|e| i64::from(day(e)) < cut + overlap).collect();
        let late: Vec<Event> = events.iter().copied().filter(|e| cut <= i64::from(day(e))).collect();
        let mut united = fold(&early);
        united.unite(&fold(&late));
        prop_assert_eq!(united.to_bytes(), fold(&events).to_bytes());
    }

    #[test]
    fn flipping_twice_is_nothing_and_flips_the_events(events in events()) {
        let state = fold(&events);
        let other: Vec<Event> = events.iter().map(|&(at, sent, kind)| (at, !sent, kind)).collect();
        prop_assert_eq!(state.flipped(), fold(&other));
        prop_assert_eq!(state.flipped().flipped(), state);
    }

    #[test]
    fn bytes_come_back_and_cut_bytes_are_refused(events in events()) {
        let state = fold(&events);
        let bytes = state.to_bytes();
        prop_assert_eq!(TieState::from_bytes(&bytes), Ok(state));
        for end in 0..bytes.len() {
            prop_assert!(TieState::from_bytes(&bytes[..end]).is_err());
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = bytes;
        bytes.insert(0, 1);
        if let Ok(state) = TieState::from_bytes(&bytes) {
            prop_assert_eq!(TieState::from_bytes(&state.to_bytes()), Ok(state));
        }
    }
}

#[test]
fn an_open_question_closes_with_our_next_word() {
    let at = |ms| Moment::from_unix_ms(ms);
    let mut state = TieState::default();
    state.add(at(5), Direction::Received, InteractionKind::Reaction);
    assert_eq!(state.open_since(), None);
    state.add(at(7), Direction::Received, InteractionKind::Mention);
    assert_eq!(state.open_since(), Some(at(7)));
    state.add(at(8), Direction::Sent, InteractionKind::Reaction);
    assert_eq!(state.open_since(), None);
}

#[test]
fn days_on_which_we_wrote_in_vain_are_counted_from_their_last_word() {
    let day = |n: i64| Moment::from_unix_ms(n * 86_400_000 + 3_600_000);
    let mut state = TieState::default();
    state.add(day(1), Direction::Sent, InteractionKind::Reply);
    state.add(day(2), Direction::Sent, InteractionKind::Reply);
    assert_eq!(state.unanswered_days(), 2);
    state.add(day(2).plus_days(0.1), Direction::Received, InteractionKind::Reply);
    assert_eq!(state.unanswered_days(), 0);
    state.add(day(2).plus_days(0.2), Direction::Sent, InteractionKind::Reply);
    state.add(day(9), Direction::Sent, InteractionKind::Reply);
    assert_eq!(state.unanswered_days(), 2);
}

#[test]
fn the_byte_form_of_version_1_never_changes() {
    let state = fold(&[(86_400_000 * 19_000, true, 1), (86_400_000 * 19_004 + 5, false, 3)]);
    let bytes = [
        0x01, 0x02, 0xf0, 0xa8, 0x02, 0x00, 0x01, 0x08, 0x01, 0x00, 0x23, 0x8a, 0xc0, 0xcb, 0xc9,
        0x02, 0x00, 0x00, 0x0b, 0x00, 0x00, 0x00,
    ];
    assert_eq!(state.to_bytes(), bytes);
}

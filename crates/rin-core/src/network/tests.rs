//! Building in any order gives one network, and views are intersections.

use proptest::prelude::*;

use super::*;
use crate::{
    Direction, InteractionKind, InteractionKinds, Moment, PlatformId, TieEnd, TieKind, TieStart,
    Window,
};

fn at(ms: i64) -> Moment {
    Moment::from_unix_ms(ms)
}

/// A network of two own and four other accounts on two platforms; the first two others are one party.
fn world(log: &[(i64, u32, u32, u8)]) -> Network {
    let mut builder = Network::builder();
    let names = ["us", "us2", "ann", "anna", "ben", "cem"];
    let ids: Vec<_> = (0..)
        .zip(names)
        .map(|(n, name)| builder.account(if n % 2 == 0 { "a" } else { "b" }, name).unwrap())
        .collect();
    builder.own(ids[0]);
    builder.same_party(ids[1], ids[0]);
    builder.same_party(ids[3], ids[2]);
    for &(ms, from, to, kind) in log {
        builder.interaction(Interaction {
            at: at(ms),
            from: AccountId::new(from),
            to: AccountId::new(to),
            kind: InteractionKind::from_number(kind).unwrap(),
        });
    }
    builder.build()
}

fn log() -> impl Strategy<Value = Vec<(i64, u32, u32, u8)>> {
    prop::collection::vec((0_i64..1_000, 0_u32..6, 0_u32..6, 1_u8..9), 0..60)
}

proptest! {
    #[test]
    fn order_and_repetition_do_not_matter(log in log().prop_shuffle(), again in 0_usize..60) {
        let mut twice = log.clone();
        twice.reverse();
        twice.extend(log.iter().take(again));
        prop_assert_eq!(world(&log), world(&twice));
    }

    #[test]
    fn narrowing_a_view_is_an_intersection(
        log in log(), start in 0_i64..1_000, length in 0_i64..1_000, kinds: u16, received: bool, second: bool
    ) {
        let network = world(&log);
        let window = Window::new(at(start), at(start + length));
        let kinds = InteractionKinds::from_bits(kinds);
        let direction = if received { Direction::Received } else { Direction::Sent };
        let platform = PlatformId::new(u8::from(second));
        for relationship in network.relationships() {
            let all: Vec<_> = relationship.view().events().copied().collect();
            let expected: Vec<_> = all.iter().copied().filter(|event| {
                window.contains(event.at) && kinds.contains(event.kind)
                    && event.direction == direction && event.platform == platform
            }).collect();
            let view = relationship.view();
            let one = view.window(window).kinds(kinds).direction(direction).platform(platform);
            let other = view.platform(platform).direction(direction).kinds(kinds).window(window);
            prop_assert_eq!(one.events().copied().collect::<Vec<_>>(), expected.clone());
            prop_assert_eq!(other.events().copied().collect::<Vec<_>>(), expected);
            let flipped = if received { Direction::Sent } else { Direction::Received };
            prop_assert_eq!(one.direction(flipped).events().count(), 0);
        }
    }

    #[test]
    fn every_event_with_others_belongs_to_one_relationship(log in log()) {
        let network = world(&log);
        let with_others = network.interactions().iter().filter(|it| {
            network.is_own(it.from) != network.is_own(it.to)
        }).count();
        let told: usize = network.relationships().map(|one| one.view().events().count()).sum();
        prop_assert_eq!(told, with_others);
        for one in network.relationships() {
            let again = network.relationship(one.party());
            prop_assert_eq!(again.state(), one.state());
        }
    }
}

#[test]
fn one_party_has_both_accounts_and_all_ties_with_us() {
    let mut builder = Network::builder();
    let us = builder.account("a", "us").unwrap();
    let ann = builder.account("a", "ann").unwrap();
    let anna = builder.account("b", "anna").unwrap();
    builder.own(us);
    builder.same_party(anna, ann);
    let tie = |from, to, kind, start| Tie { from, to, kind, start, end: TieEnd::Open };
    builder.tie(tie(us, ann, TieKind::Follow, TieStart::AtOrBefore(at(9))));
    builder.tie(tie(us, ann, TieKind::Follow, TieStart::Exact(at(3))));
    builder.tie(tie(us, ann, TieKind::Mute, TieStart::Unknown));
    builder.tie(tie(ann, anna, TieKind::Follow, TieStart::Unknown));
    let network = builder.build();
    let party = network.account(ann).unwrap().party;
    let with_ann = network.relationship(party);
    let accounts: Vec<_> = with_ann.accounts().map(|(id, _)| id).collect();
    assert_eq!(accounts, [ann, anna]);
    let kinds: Vec<_> = with_ann.ties().map(|tie| (tie.kind, tie.start)).collect();
    let exact = TieStart::Exact(at(3));
    assert_eq!(kinds, [(TieKind::Follow, exact), (TieKind::Mute, TieStart::Unknown)]);
    assert_eq!(network.relationships().count(), 0);
}

#[test]
fn an_account_needs_a_platform_and_an_id() {
    let mut builder = Network::builder();
    assert_eq!(
        builder.account("", "ann").unwrap_err().to_string(),
        "an account needs a platform and an id, got `` and `ann`"
    );
}

#[test]
fn what_one_account_is_blind_to_is_unknown_of_the_whole() {
    use crate::{Coverage, ForecastModel, Level, assess};
    let day = |n: i64| at(n * 86_400_000);
    let mut builder = Network::builder();
    let ids = ["us", "ann"].map(|name| builder.account("a", name).unwrap());
    let also = ["us", "ann"].map(|name| builder.account("b", name).unwrap());
    builder.own(ids[0]);
    builder.same_party(also[0], ids[0]);
    builder.same_party(also[1], ids[1]);
    for n in 0..30 {
        let kind = InteractionKind::Reply;
        builder.interaction(Interaction { at: day(n), from: ids[0], to: ids[1], kind });
    }
    let all = InteractionKinds::ALL;
    let ended = Coverage { sent: all, until: Some(day(30)), ..Coverage::default() };
    let whole = Coverage { sent: all, received: all, until: Some(day(430)), ..Coverage::default() };
    builder.coverage(ids[0], ended);
    builder.coverage(also[0], whole);
    let party = |network: &Network| network.account(ids[1]).unwrap().party;
    let network = builder.clone().build();
    let model = ForecastModel::default();
    let one = network.relationship(party(&network));
    let seen = assess(&one.state(), &one.coverage(), day(430), &model).unwrap();
    // The source of the only place of contact ended on day 30: silence since then is unknown.
    assert_eq!((seen.as_of, seen.level, seen.received), (day(30), Level::Alive, None));

    let (at, kind) = (day(20), InteractionKind::Message);
    builder.interaction(Interaction { at, from: also[0], to: also[1], kind });
    let network = builder.build();
    let one = network.relationship(party(&network));
    let seen = assess(&one.state(), &one.coverage(), day(430), &model).unwrap();
    assert_eq!((seen.as_of, seen.received, seen.unanswered), (day(30), None, None));
    let table = network.table(PlatformId::new(1), day(430), &model);
    assert_eq!(table.len(), 1);
}

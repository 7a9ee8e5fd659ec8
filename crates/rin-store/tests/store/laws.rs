//! The network depends on the set of records alone: not on order, repetition, or how they are split into sources.

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use rin_core::{AccountFlags, InteractionKind, TieEnd, TieKind, TieKinds, TieStart};

use crate::support::{Home, Rec, day};

/// Ten native ids, half of them addresses that may be aliases of the others.
fn id() -> impl Strategy<Value = String> {
    (0..5_u8, prop::bool::ANY).prop_map(|(n, is_address)| {
        if is_address { format!("acct:{n}@example") } else { format!("https://example/{n}") }
    })
}

fn moment() -> impl Strategy<Value = rin_core::Moment> {
    (15_000..15_010_i64).prop_map(day)
}

fn account() -> impl Strategy<Value = Rec> {
    let alias = prop_oneof![2 => Just(String::new()), 1 => id()];
    (id(), alias, "[äb]{0,2}", 0..64_u32, prop::option::of(moment()), facts()).prop_map(
        |(id, alias, name, flags, seen, facts)| {
            let flags = AccountFlags::from_bits(flags);
            Rec::Account { id, alias, name, flags, seen, facts }
        },
    )
}

/// What stands behind an account, a line each.
fn facts() -> impl Strategy<Value = String> {
    let lines = ["mail a@b.example", "mail B@b.example", "page b.example/@a", "place Bonn"];
    prop::sample::subsequence(lines.to_vec(), 0..3).prop_map(|lines| lines.join("\n"))
}

fn tie() -> impl Strategy<Value = Rec> {
    let start = prop_oneof![
        Just(TieStart::Unknown),
        moment().prop_map(TieStart::Exact),
        moment().prop_map(TieStart::AtOrBefore),
    ];
    let end = prop_oneof![3 => Just(TieEnd::Open), 1 => moment().prop_map(TieEnd::Exact)];
    let kind = prop_oneof![Just(TieKind::Follow), Just(TieKind::Block)];
    (id(), id(), kind, start, end).prop_map(|(from, to, kind, start, end)| Rec::Tie {
        from,
        to,
        kind,
        start,
        end,
    })
}

fn event() -> impl Strategy<Value = Rec> {
    let kind = prop_oneof![Just(InteractionKind::Reply), Just(InteractionKind::Reaction)];
    ("[a-c]", moment(), id(), id(), kind, "(#[ab])?")
        .prop_map(|(id, at, from, to, kind, labels)| Rec::Event { id, at, from, to, kind, labels })
}

fn cover() -> impl Strategy<Value = Rec> {
    (id(), 0..4_u16, 0..4_u16, prop::option::of(moment())).prop_map(|(account, held, to, until)| {
        Rec::Cover { account, held: TieKinds::from_bits(held), to: TieKinds::from_bits(to), until }
    })
}

/// A source: what it covers, and its records.
fn sources() -> impl Strategy<Value = Vec<(Vec<Rec>, Vec<Rec>)>> {
    let record = prop_oneof![account(), tie(), event(), event()];
    let covers = prop::collection::vec(cover(), 0..3);
    prop::collection::vec((covers, prop::collection::vec(record, 0..24)), 1..4)
}

/// Imports pieces as sources of their own and returns the network.
fn network<'a>(pieces: impl IntoIterator<Item = Vec<&'a Rec>>) -> String {
    let mut home = Home::new();
    for (number, piece) in pieces.into_iter().enumerate() {
        let records: Vec<Rec> = piece.into_iter().cloned().collect();
        home.import(&format!("piece {number}"), &records);
    }
    let before = home.dump();
    home.store.rebuild_states().unwrap();
    assert_eq!(home.dump(), before, "states rebuilt from the log are those kept beside it");
    home.store.check().unwrap();
    before
}

/// Draws orders.
#[derive(Debug)]
struct Order(u64);

impl Order {
    /// Brings a list into another order (Fisher and Yates), by numbers of `SplitMix64`.
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut drawn = self.0;
            drawn = (drawn ^ drawn >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            drawn = (drawn ^ drawn >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            let at = (drawn ^ drawn >> 31) % (last as u64 + 1);
            list.swap(last, usize::try_from(at).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn order_repetition_and_splitting_do_not_matter(
        sources in sources(),
        cut in 0..24_usize,
        mut order in any::<u64>().prop_map(Order),
    ) {
        let whole = |(covers, records): &'_ (Vec<Rec>, Vec<Rec>)| -> Vec<Rec> {
            covers.iter().chain(records).cloned().collect()
        };
        let wholes: Vec<Vec<Rec>> = sources.iter().map(whole).collect();
        let expected = network(wholes.iter().map(|piece| piece.iter().collect()));

        let backwards = wholes.iter().rev().map(|piece| piece.iter().rev().collect());
        assert_eq!(network(backwards), expected, "backwards");

        let mut drawn: Vec<Vec<&Rec>> = wholes.iter().map(|piece| piece.iter().collect()).collect();
        for piece in &mut drawn {
            order.shuffle(piece);
        }
        order.shuffle(&mut drawn);
        assert_eq!(network(drawn), expected, "in a drawn order");

        let twice = wholes.iter().chain(&wholes).map(|piece| piece.iter().collect());
        assert_eq!(network(twice), expected, "twice");

        let halves = sources.iter().flat_map(|(covers, records)| {
            let (a, b) = records.split_at(cut.min(records.len()));
            [b.iter().chain(covers).collect(), covers.iter().chain(a).collect()]
        });
        assert_eq!(network(halves.collect::<Vec<Vec<&Rec>>>()), expected, "in halves");
    }

    #[test]
    fn a_thinned_log_is_as_if_the_past_had_never_come(sources in sources(), cut in 0..12_i64) {
        let before = day(15_000 + cut);
        let mut home = Home::new();
        let mut later = Home::new();
        for (number, (covers, records)) in sources.iter().enumerate() {
            let name = format!("piece {number}");
            let is_kept = |rec: &&Rec| !matches!(rec, Rec::Event { at, .. } if *at < before);
            let all: Vec<Rec> = covers.iter().chain(records).cloned().collect();
            let kept: Vec<Rec> = all.iter().filter(is_kept).cloned().collect();
            home.import(&name, &all);
            later.import(&name, &kept);
        }
        let n_before = home.store.read().unwrap().interactions_before(before).unwrap();
        assert_eq!(home.store.thin(before).unwrap(), n_before);
        let log = |home: &Home| -> Vec<String> {
            let kinds = ["interaction\t", "state\t", "label\t"];
            let dump = home.dump();
            let lines = dump.lines().filter(|line| kinds.iter().any(|kind| line.starts_with(kind)));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(log(&home), log(&later));
        assert_eq!(home.store.read().unwrap().interactions_before(before).unwrap(), 0);
        assert_eq!(home.store.thin(before).unwrap(), 0);
        home.store.check().unwrap();
    }
}

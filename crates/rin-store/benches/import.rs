//! How fast a million records go in, come in again, and come out: the figures the store is held to.
//!
//! Own-centred data, as exports are: one owner, 100,000 others drawn by a power law, ten years in time order, mostly
//! one pair per event. Run one part with `cargo bench -p rin-store -- <name>`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot set up has nothing to measure")]

use std::{cell::RefCell, fmt::Write as _};

use divan::{Bencher, black_box, counter::ItemsCount};
use rin_core::{
    AccountFlags, AccountRecord, InteractionKind, InteractionRecord, Moment, Record, RecordSink,
    Stop,
};
use rin_store::{SourceInfo, Store};

const EVENTS: u64 = 1_000_000;
const OTHERS: u64 = 100_000;
const OWNER: &str = "https://social.example/users/owner";
/// 2014-01-01.
const START: i64 = 1_388_534_400_000;

fn main() {
    divan::main();
}

/// A small generator with a fixed seed (splitmix64), so that every run has the same data.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Draws one of the others; low numbers come far more often.
    fn other(&mut self) -> u64 {
        let (a, b) = (self.next() % OTHERS, self.next() % OTHERS);
        a * b / OTHERS
    }
}

/// Puts `EVENTS` events into the sink; `step` 1 is time order, another one walks through time in jumps.
fn feed(sink: &mut dyn RecordSink, step: u64) -> Result<(), Stop> {
    let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
    sink.record(Record::Account(AccountRecord { id: OWNER, flags, ..AccountRecord::default() }))?;
    let (mut other, mut id) = (String::new(), String::new());
    for n in 0..EVENTS {
        let n = n * step % EVENTS;
        let mut draw = Draw(n);
        other.clear();
        id.clear();
        write!(other, "https://social.example/users/person{}", draw.other()).unwrap();
        write!(id, "https://social.example/users/owner/statuses/{}", 100_000_000_000 + n).unwrap();
        let (from, to) =
            if draw.next().is_multiple_of(3) { (&*other, OWNER) } else { (OWNER, &*other) };
        let at = Moment::from_unix_ms(START + i64::try_from(n).unwrap() * 315_000);
        let kind = InteractionKind::ALL[usize::try_from(draw.next() % 7).unwrap()];
        sink.record(Record::Interaction(InteractionRecord {
            id: &id,
            at,
            from,
            to,
            kind,
            labels: "",
        }))?;
    }
    Ok(())
}

fn import(store: &mut Store, step: u64) {
    let now = Moment::from_unix_ms(1_800_000_000_000);
    let info = SourceInfo { platform: "bench", fingerprint: "one", now, ..SourceInfo::default() };
    let report = store.import(&info, |sink| feed(sink, step)).unwrap();
    assert_eq!(report.interactions.new + report.interactions.known, EVENTS);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn first_import(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(EVENTS))
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::create(folder.path()).unwrap();
            (folder, store)
        })
        .bench_refs(|(_, store)| import(store, 1));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn first_import_unsorted(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(EVENTS))
        .with_inputs(|| {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::create(folder.path()).unwrap();
            (folder, store)
        })
        .bench_refs(|(_, store)| import(store, 700_001));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn second_import(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let store = RefCell::new(Store::create(folder.path()).unwrap());
    import(&mut store.borrow_mut(), 1);
    bencher.counter(ItemsCount::new(EVENTS)).bench_local(|| import(&mut store.borrow_mut(), 1));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn rebuild_states(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let store = RefCell::new(Store::create(folder.path()).unwrap());
    import(&mut store.borrow_mut(), 1);
    bencher
        .counter(ItemsCount::new(EVENTS))
        .bench_local(|| black_box(store.borrow_mut().rebuild_states().unwrap()));
}

/// A million pairs, two events each.
fn store_of_a_million_states() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(folder.path()).unwrap();
    let now = Moment::from_unix_ms(1_800_000_000_000);
    let info = SourceInfo { platform: "bench", fingerprint: "two", now, ..SourceInfo::default() };
    let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
    store
        .import(&info, |sink| {
            let owner = AccountRecord { id: OWNER, flags, ..AccountRecord::default() };
            sink.record(Record::Account(owner))?;
            for n in 0..2 * EVENTS {
                let other = format!("person{}", n % EVENTS);
                let id = n.to_string();
                let at = Moment::from_unix_ms(START + i64::try_from(n).unwrap() * 150_000);
                let kind = InteractionKind::Reply;
                sink.record(Record::Interaction(InteractionRecord {
                    id: &id,
                    at,
                    from: OWNER,
                    to: &other,
                    kind,
                    labels: "",
                }))?;
            }
            Ok::<(), Stop>(())
        })
        .unwrap();
    (folder, store)
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_a_million_states(bencher: Bencher<'_, '_>) {
    let (_folder, store) = store_of_a_million_states();
    bencher.counter(ItemsCount::new(EVENTS)).bench_local(|| {
        let mut n_days = 0;
        let reader = store.read().unwrap();
        reader.each_own_state(|state| n_days += state.state.contact_days()).unwrap();
        assert_eq!(n_days, 2_000_000);
    });
}

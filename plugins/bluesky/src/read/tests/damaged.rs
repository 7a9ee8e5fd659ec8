//! One export damaged in seventeen ways, and cut and bent at every place.

use super::*;

/// What a file must come to: an error, or findings (notes left out) with interactions and ties that were saved.
enum Outcome {
    Fails(&'static str),
    Reads(&'static [(&'static str, u64)], usize, usize),
}

use Outcome::{Fails, Reads};

#[test]
fn every_damaged_file_comes_to_its_own_end() {
    let whole = read_one("a.car", &sample("pds/chiara.car")).unwrap();
    let (all, ties) = (whole.interactions.len(), whole.ties.len());
    let cases = [
        (
            "bitflip_in_block.car",
            Reads(&[("hash-mismatch", 1), ("missing-records", 1)], all - 1, ties),
        ),
        ("cbor_huge_array_len_root.car", Fails("bad-commit")),
        ("cbor_nesting_bomb_root.car", Fails("bad-commit")),
        ("duplicate_blocks.car", Reads(&[], all, ties)),
        ("empty.car", Fails("empty-file")),
        ("error_body.json.car", Fails("server-answer")),
        ("gzipped.car", Reads(&[], all, ties)),
        ("huge_varint_length.car", Fails("bad-length")),
        ("login_page.html.car", Fails("web-page")),
        ("missing_one_block.car", Reads(&[("missing-records", 1)], all - 1, ties)),
        ("reversed_block_order.car", Reads(&[], all, ties)),
        ("root_only_header.car", Fails("empty-difference")),
        ("trailing_garbage.car", Reads(&[("trailing-garbage", 1)], all, ties)),
        ("truncated_header.car", Fails("truncated")),
        (
            "truncated_mid_block.car",
            Reads(&[("missing-records", 22), ("partial", 8), ("truncated", 1)], 28, 0),
        ),
        ("varint_overflow.car", Fails("bad-length")),
        ("zero_length_sections.car", Reads(&[], all, ties)),
    ];
    let files = fs::read_dir(data().join("damaged")).unwrap().count();
    assert_eq!(cases.len(), files, "every damaged file has its line");
    for (file, outcome) in cases {
        let result = read_one(file, &sample(&format!("damaged/{file}")));
        match outcome {
            Fails(code) => assert_eq!(code_of(&result.unwrap_err()), code, "{file}"),
            Reads(troubles, n_interactions, n_ties) => {
                let taken = result.unwrap();
                assert_eq!(taken.troubles(file), troubles.iter().copied().collect(), "{file}");
                let saved = (taken.interactions.len(), taken.ties.len());
                assert_eq!(saved, (n_interactions, n_ties), "{file}");
            }
        }
    }
    let zeros = read_one("a.car", &sample("damaged/zero_length_sections.car")).unwrap();
    assert_eq!(zeros.count("empty-section"), 5);
}

#[test]
fn a_lost_follow_makes_the_list_of_follows_incomplete() {
    let whole = sample("pds/chiara.car");
    let all = TieKinds::of(&[TieKind::Follow, TieKind::Block]);
    let only_blocks = TieKinds::of(&[TieKind::Block]);
    let place = |needle: &[u8]| whole.windows(needle.len()).position(|w| w == needle).unwrap();
    // The type's name inside a record; bending it breaks that record's checksum alone.
    for (needle, complete) in [
        (b"app.bsky.graph.followgsubject".as_slice(), only_blocks),
        (b"app.bsky.feed.likegsubject".as_slice(), all),
    ] {
        let mut bent = whole.clone();
        bent[place(needle)] ^= 1;
        let taken = read_one("a.car", &bent).unwrap();
        assert_eq!(
            taken.troubles("a.car"),
            BTreeMap::from([("hash-mismatch", 1), ("missing-records", 1)])
        );
        assert_eq!(taken.coverage[0].2, complete);
    }
}

#[test]
fn a_cut_file_yields_only_what_is_true() {
    let whole = sample("pds/anna.car");
    let all = read_one("a.car", &whole).unwrap();
    for len in (0..whole.len()).step_by(97) {
        match read_one("a.car", &whole[..len]) {
            Ok(taken) => {
                assert!(taken.interactions.iter().all(|i| all.interactions.contains(i)), "{len}");
                assert!(taken.ties.iter().all(|tie| all.ties.contains(tie)), "{len}");
                let is_less = taken.interactions.len() < all.interactions.len()
                    || taken.ties.len() < all.ties.len();
                assert!(!is_less || !taken.troubles("a.car").is_empty(), "{len}");
            }
            Err(error) => {
                let code = code_of(&error);
                let known = ["empty-file", "no-car", "truncated", "empty-difference", "no-commit"];
                assert!(known.contains(&code), "{len}: {code}");
            }
        }
    }
}

#[test]
fn a_bent_bit_never_becomes_a_record() {
    let whole = sample("pds/anna.car");
    let all = read_one("a.car", &whole).unwrap();
    for at in (0..whole.len()).step_by(11) {
        let mut bent = whole.clone();
        bent[at] ^= 1 << (at % 8);
        if let Ok(taken) = read_one("a.car", &bent) {
            assert!(taken.interactions.iter().all(|i| all.interactions.contains(i)), "{at}");
            assert!(taken.ties.iter().all(|tie| all.ties.contains(tie)), "{at}");
            // Half of the header's link is enough to find the commit, so a bit in the other half bends nothing.
            assert!(taken == all || !taken.troubles("a.car").is_empty(), "{at}");
        }
    }
}

#[test]
fn a_broken_gzip_file_says_so() {
    let packed = sample("damaged/gzipped.car");
    let taken = read_one("a.car.gz", &packed[..packed.len() - 1]).unwrap();
    assert_eq!(taken.troubles("a.car.gz"), BTreeMap::from([("bad-gzip", 1)]));
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding_beside_one_that_can() {
    let source = folder("damaged", |file| !file.contains("truncated"))
        .with_file("whole.car", &sample("pds/chiara.car"));
    let taken = read_all(&source).unwrap();
    assert_eq!(taken.troubles("login_page.html.car"), BTreeMap::from([("web-page", 1)]));
    assert_eq!(taken.troubles("empty.car"), BTreeMap::from([("empty-file", 1)]));
    assert_eq!(taken.count("empty-difference"), 1);
    // Several whole exports of one account: the ties of one of them are taken.
    let alone = read_one("whole.car", &sample("pds/chiara.car")).unwrap();
    assert_eq!(taken.ties.len(), alone.ties.len());
    assert_eq!(taken.coverage.iter().filter(|coverage| coverage.2 != TieKinds::NONE).count(), 1);
}

#[test]
fn what_is_missing_from_a_damaged_file_is_to_be_downloaded_again_and_from_a_part_as_a_whole() {
    for (file, wanted) in [
        ("bitflip_in_block.car", "Download the export again."),
        ("truncated_mid_block.car", "Download the export again."),
        ("missing_one_block.car", "Download the whole repository, without `since`."),
    ] {
        let mut texts = Texts::default();
        let source = MemorySource::new().at(NOW);
        let source = source.with_file(file, &sample(&format!("damaged/{file}")));
        crate::read::read(&source, &mut texts).unwrap();
        let about: Vec<&(String, String)> = texts
            .0
            .iter()
            .filter(|(code, _)| code == "missing-records" || code == "partial")
            .collect();
        assert!(!about.is_empty(), "{file}");
        assert!(about.iter().all(|(_, en)| en.ends_with(wanted)), "{file}: {about:?}");
    }
}

/// Keeps code and words of every finding.
#[derive(Default)]
struct Texts(Vec<(String, String)>);

impl RecordSink for Texts {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if let Record::Finding(finding) = record {
            self.0.push((finding.code.to_owned(), finding.en.to_owned()));
        }
        Ok(())
    }
}

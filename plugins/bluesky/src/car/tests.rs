//! The container byte by byte: held in memory or read through a window, whole, cut or full of nonsense.

use std::{fs, path::Path};

use rin_plugin::testing::MemorySource;

use super::*;

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/bluesky");
    fs::read(folder.join(name)).unwrap()
}

fn source(bytes: &[u8]) -> MemorySource {
    MemorySource::new().with_file("a.car", bytes)
}

/// What a scan says in short: blocks, mismatches, strays, empties, end.
fn scanned(bytes: &[u8], held_max: u64) -> Result<(usize, [u64; 3], End), String> {
    let source = source(bytes);
    let bytes = Bytes::open_within(&source, 0, held_max).map_err(|error| error.to_string())?;
    let scan = scan(bytes, &mut |_| ()).map_err(|error| error.to_string())?;
    let Damage { mismatches, strays, empties, end, .. } = scan.damage;
    Ok((scan.blocks.len(), [mismatches.n, strays.n, empties.n], end))
}

#[test]
fn a_file_reads_the_same_from_memory_and_through_a_window() {
    for name in ["pds/stadtbuecherei.car", "pds/anna.car", "damaged/reversed_block_order.car"] {
        let bytes = sample(name);
        let held = scanned(&bytes, u64::MAX).unwrap();
        assert_eq!(scanned(&bytes, 0).unwrap(), held, "{name}");
        assert_eq!((held.1, held.2), ([0; 3], End::Whole), "{name}");
    }
}

#[test]
fn a_block_is_found_by_name_wherever_it_lies() {
    for name in
        ["pds/chiara.car", "damaged/reversed_block_order.car", "damaged/duplicate_blocks.car"]
    {
        let bytes = sample(name);
        for held_max in [0, u64::MAX] {
            let source = source(&bytes);
            let mut scan =
                scan(Bytes::open_within(&source, 0, held_max).unwrap(), &mut |_| ()).unwrap();
            assert_eq!(scan.blocks.len(), 93, "{name}");
            for position in 0..scan.blocks.len() {
                let key = scan.blocks.slots[position].key;
                assert_eq!(scan.blocks.position(key), Some(position));
                let digest = Sha256::digest(scan.blocks.get(position).unwrap());
                assert_eq!(Key::of_digest(&digest), Some(key));
            }
        }
    }
}

#[test]
fn a_length_is_read_as_far_as_nine_bytes() {
    assert_eq!(varint(&[]), None);
    assert_eq!(varint(&[0x80]), None);
    assert_eq!(varint(&[0]), Some((0, 1)));
    assert_eq!(varint(&[0xac, 0x02, 9]), Some((300, 2)));
    assert_eq!(varint(&[0xff; 9]), None);
    let longest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    assert_eq!(varint(&longest), Some((i64::MAX as u64, 9)));
}

#[test]
fn a_section_that_is_no_block_is_passed_over() {
    let whole = sample("since/elif.since.car");
    let with = |tail: &[u8]| scanned(&[whole.as_slice(), tail].concat(), u64::MAX).unwrap();
    assert_eq!(with(&[]), (0, [0, 0, 0], End::Whole));
    assert_eq!(with(&[3, 1, 2, 3]), (0, [0, 1, 0], End::Whole));
    assert_eq!(with(&[0, 0]), (0, [0, 0, 2], End::Whole));
    assert_eq!(with(&[4, 1, 2, 3]), (0, [0, 0, 0], End::Cut));
    assert_eq!(with(&[0x80]), (0, [0, 0, 0], End::Cut));
    assert_eq!(with(&[0xff; 12]), (0, [0, 0, 0], End::Length));
}

#[test]
fn what_is_no_car_is_called_by_its_name() {
    let foreign = |bytes: &[u8]| match read_header(&mut Bytes::open(&source(bytes), 0).unwrap()) {
        Err(CarError::Foreign(foreign)) => foreign,
        other => panic!("{:?}", other.map(|header| header.len)),
    };
    assert_eq!(foreign(b"<!DOCTYPE html>"), Foreign::WebPage);
    assert_eq!(foreign(b"\xef\xbb\xbf \n<html>"), Foreign::WebPage);
    assert_eq!(foreign(b"{\"error\":1}"), Foreign::Json);
    for packed in [b"PK\x03\x04".as_slice(), b"Rar!\x1a\x07", b"7z\xbc\xaf"] {
        assert_eq!(foreign(packed), Foreign::Packed);
    }
    assert_eq!(foreign(b"\x89PNG"), Foreign::Unknown);
    // The pragma of CAR version 2: a map of one entry, version 2.
    let second = [0x0a, 0xa1, 0x67, b'v', b'e', b'r', b's', b'i', b'o', b'n', 0x02];
    let error = read_header(&mut Bytes::open(&source(&second), 0).unwrap()).err().unwrap();
    assert!(matches!(error, CarError::Version(2)), "{error}");
}

#[test]
fn a_gzip_stream_is_inflated_up_to_a_limit_and_kept_as_far_as_it_goes() {
    let packed = sample("damaged/gzipped.car");
    let whole = scanned(&packed, u64::MAX).unwrap();
    assert_eq!(whole, (93, [0; 3], End::Whole));
    let cut = source(&packed[..packed.len() / 2]);
    let bytes = Bytes::open(&cut, 0).unwrap();
    assert!(bytes.is_broken_gzip);
    assert!(0 < bytes.size() && bytes.size() < 25_452);
}

#[test]
fn a_gzip_bomb_is_refused() {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..=(INFLATED_MAX >> 20) {
        packer.write_all(&zeros).unwrap();
    }
    let source = source(&packer.finish().unwrap());
    assert!(matches!(Bytes::open(&source, 0), Err(CarError::Inflated)));
}

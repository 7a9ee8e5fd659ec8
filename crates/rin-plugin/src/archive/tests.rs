//! What an archive of any kind gives, whole, hostile or cut.

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
    path::Path,
    time::Instant,
};

use ::tar::{Builder, EntryType, Header};
use ::zip::{ZipWriter, write::SimpleFileOptions};
use flate2::{Compression, write::GzEncoder};

use super::*;
use crate::testing::{FolderSource, MemorySource};
use rin_core::Moment;

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mtime(1_700_000_000);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn names(archive: &Archive<'_>) -> Vec<String> {
    archive.files().iter().map(|file| file.name().to_owned()).collect()
}

fn codes(archive: &Archive<'_>) -> Vec<(&'static str, u64)> {
    archive.findings().iter().map(|finding| (finding.code, finding.count)).collect()
}

fn code(error: &ReadError) -> (&'static str, String) {
    match error {
        ReadError::Unreadable { code, file, .. } => (code, file.clone()),
        ReadError::Stopped => ("stopped", String::new()),
    }
}

const FILES: [(&str, &[u8]); 2] = [("outbox.json", b"{\"a\": 1}"), ("media/x.jpg", b"picture")];

#[test]
fn zip_tar_and_gzip_are_told_by_content() {
    let source = MemorySource::new()
        .with_file("a.dat", &zip_of(&FILES))
        .with_file("b.tar.gz", &tar_of(&FILES))
        .with_file("c.tgz", &gzip(&tar_of(&FILES)))
        .with_file("d.csv.gz", &gzip(b"x,y\n"))
        .with_file("e/plain.csv", b"1,2\n");
    let archive = Archive::open(&source, &Limits::default()).unwrap();
    assert_eq!(
        names(&archive),
        [
            "a.dat/outbox.json",
            "a.dat/media/x.jpg",
            "b.tar.gz/outbox.json",
            "b.tar.gz/media/x.jpg",
            "c.tgz/outbox.json",
            "c.tgz/media/x.jpg",
            "d.csv",
            "e/plain.csv",
        ]
    );
    assert_eq!(codes(&archive), []);
    for file in archive.files() {
        let expected: &[u8] = match file.base() {
            "outbox.json" => FILES[0].1,
            "x.jpg" => FILES[1].1,
            "d.csv" => b"x,y\n",
            _ => b"1,2\n",
        };
        assert_eq!(archive.bytes(file, 100).unwrap(), expected, "{}", file.name());
    }
    let boxed = archive.find(|path| path == "outbox.json").unwrap();
    assert!(boxed.is_archived());
    assert_eq!(archive.files()[2].modified(), Some(Moment::from_unix_ms(1_700_000_000_000)));
    assert_eq!(archive.files()[4].path(), "outbox.json");
}

#[test]
fn a_wrapper_folder_does_not_matter_and_leftovers_are_skipped() {
    let zip = zip_of(&[
        ("My Export/sub/actor.json", b"deep"),
        ("My Export/actor.json", b"right"),
        ("My Export/outbox.json", b"{}"),
        ("__MACOSX/My Export/._outbox.json", b"\0"),
        ("My Export/.DS_Store", b"Bud1"),
        ("My Export/notactor.json", b"no"),
    ]);
    let source = MemorySource::new().with_file("x.zip", &zip);
    let archive = Archive::open(&source, &Limits::default()).unwrap();
    assert_eq!(archive.files().len(), 4);
    let outbox = archive.by_name("outbox.json").unwrap();
    let actor = archive.beside(outbox, "actor.json").unwrap();
    assert_eq!(actor.name(), archive.by_name("actor.json").unwrap().name());
    assert_eq!(archive.bytes(actor, 10).unwrap(), b"right");
    assert_eq!(archive.by_name("sub/actor.json").unwrap().folder(), "x.zip/My Export/sub");
}

#[test]
fn the_later_of_two_entries_of_one_name_is_read() {
    let tar = tar_of(&[("a.json", b"old"), ("b.json", b"b"), ("./a.json", b"new")]);
    let source = MemorySource::new().with_file("x.tar", &tar);
    let archive = Archive::open(&source, &Limits::default()).unwrap();
    assert_eq!(codes(&archive), [("duplicate-name", 1)]);
    assert_eq!(archive.bytes(archive.by_name("a.json").unwrap(), 10).unwrap(), b"new");
}

#[test]
fn links_devices_and_slipping_names_are_refused() {
    let mut builder = Builder::new(Vec::new());
    for (name, kind) in [("l", EntryType::Symlink), ("f", EntryType::Fifo), ("d", EntryType::Block)]
    {
        let mut header = Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, &b""[..]).unwrap();
    }
    let tar = builder.into_inner().unwrap();
    let zip = zip_of(&[("../evil", b"x"), ("/abs", b"x"), ("C:\\x", b"x"), ("in.zip", b"PK")]);
    let source = MemorySource::new().with_file("a.tar", &tar).with_file("b.zip", &zip);
    let archive = Archive::open(&source, &Limits::default()).unwrap();
    assert_eq!(names(&archive), ["b.zip/in.zip"]);
    assert_eq!(codes(&archive), [("no-file", 3), ("bad-name", 3), ("nested-archive", 1)]);
}

#[test]
fn limits_hold() {
    let limits = Limits { entries: 2, file_bytes: 10, ..Limits::default() };
    let zip = zip_of(&[("a", b"12345678901"), ("b", b"1"), ("c", b"2"), ("d", b"3")]);
    let source = MemorySource::new().with_file("x.zip", &zip);
    let archive = Archive::open(&source, &limits).unwrap();
    assert_eq!(archive.files().len(), 2);
    assert_eq!(codes(&archive), [("too-many-files", 1)]);
    let error = archive.bytes(&archive.files()[0], 100).unwrap_err();
    assert_eq!(code(&error), ("too-large", "x.zip/a".into()));
    assert_eq!(code(&archive.bytes(&archive.files()[1], 0).unwrap_err()).0, "too-large");
}

#[test]
fn a_bomb_costs_little_in_a_zip_and_in_a_packed_tar() {
    let zeros = vec![0; 40 << 20];
    for (name, bytes) in [
        ("a.zip", zip_of(&[("outbox.json", &zeros)])),
        ("b.gz", gzip(&zeros)),
        ("c.tgz", gzip(&tar_of(&[("media.jpg", b"1"), ("zeros", &zeros)]))),
    ] {
        let source = MemorySource::new().with_file(name, &bytes);
        let archive = Archive::open(&source, &Limits::default()).unwrap();
        let error = archive.bytes(archive.files().last().unwrap(), 100 << 20).unwrap_err();
        let ReadError::Unreadable { code, place, .. } = error else { panic!("{error}") };
        assert_eq!(code, "bomb", "{name}");
        assert!(place < 20 << 20, "{name} {place}");
    }
}

#[test]
fn a_long_name_in_a_tar_is_not_taken_into_memory() {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::GNULongName);
    header.set_size(8 << 20);
    header.set_cksum();
    let mut tar = header.as_bytes().to_vec();
    tar.extend(vec![b'a'; 8 << 20]);
    let source = MemorySource::new().with_file("x.tar", &tar);
    assert_eq!(code(&Archive::open(&source, &Limits::default()).unwrap_err()).0, "damaged");
}

#[test]
fn a_cut_packed_tar_gives_what_came_before_the_cut() {
    let noise: Vec<u8> =
        (0..50_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let whole =
        gzip(&tar_of(&[("first.json", b"{}"), ("noise.bin", &noise), ("last.json", b"{}")]));
    let source = MemorySource::new().with_file("x.tar.gz", &whole[..whole.len() / 2]);
    let archive = Archive::open(&source, &Limits::default()).unwrap();
    assert_eq!(names(&archive), ["x.tar.gz/first.json", "x.tar.gz/noise.bin"]);
    let finding = archive.findings().get("truncated").unwrap();
    assert_eq!((finding.file.as_str(), 1 < finding.place), ("x.tar.gz", true));
    assert_eq!(archive.bytes(&archive.files()[0], 10).unwrap(), b"{}");
    let error = archive.bytes(&archive.files()[1], 1 << 20).unwrap_err();
    assert_eq!(code(&error), ("truncated", "x.tar.gz/noise.bin".into()));
    assert!(archive.findings().failure().is_some());
}

#[test]
fn a_glance_sees_the_beginning_of_a_long_tar_only() {
    let noise = vec![7; 3 << 20];
    let whole =
        gzip(&tar_of(&[("first.json", b"{}"), ("noise.bin", &noise), ("last.json", b"{}")]));
    let source = MemorySource::new().with_file("x.tar.gz", &whole);
    assert_eq!(Archive::open(&source, &Limits::GLANCE).unwrap().files().len(), 2);
    assert_eq!(Archive::open(&source, &Limits::default()).unwrap().files().len(), 3);
}

#[test]
fn cutting_and_flipping_at_every_byte_never_panics() {
    let stored = SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(zip_of(&FILES)));
    writer.start_file("a.txt", stored).unwrap();
    writer.write_all(b"text").unwrap();
    let zip = writer.finish().unwrap().into_inner();
    for bytes in [zip, zip_of(&FILES), tar_of(&FILES), gzip(&tar_of(&FILES))] {
        for end in 0..bytes.len() {
            touch(&bytes[..end]);
        }
        let mut bytes = bytes;
        for at in 0..bytes.len() {
            bytes[at] ^= 0xff;
            touch(&bytes);
            bytes[at] ^= 0xff;
        }
    }
}

fn touch(bytes: &[u8]) {
    let source = MemorySource::new().with_file("x.zip", bytes);
    let Ok(archive) = Archive::open(&source, &Limits::default()) else { return };
    for file in archive.files() {
        drop(archive.bytes(file, 1 << 20));
    }
}

#[test]
fn a_zip_of_more_than_65535_files_is_listed() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
    for n in 0..65_600 {
        writer.start_file(format!("m/{n}"), stored).unwrap();
    }
    writer.start_file("outbox.json", stored.large_file(true)).unwrap();
    writer.write_all(b"{}").unwrap();
    let zip = writer.finish().unwrap().into_inner();
    let source = MemorySource::new().with_file("x.zip", &zip);
    let archive = Archive::open(&source, &Limits::default()).unwrap();
    assert_eq!(archive.files().len(), 65_601);
    assert_eq!(archive.bytes(archive.by_name("outbox.json").unwrap(), 9).unwrap(), b"{}");
}

/// What becomes of each hostile archive: the code of its error, or its files and findings.
#[test]
fn hostile_archives_are_answered_clearly_and_quickly() {
    let folder = Path::new("../../../shared/data/archives/_bad_inputs");
    if !folder.exists() {
        println!("skipped: {} is not here", folder.display());
        return;
    }
    for (name, expected) in [
        ("html_login_page.zip", "error html"),
        ("rar_named_zip.zip", "error foreign-archive"),
        ("zip_empty_file.zip", "error empty"),
        ("zip_truncated_half.zip", "error truncated"),
        ("zip_truncated_no_eocd.zip", "error truncated"),
        ("zip_encrypted_flag.zip", "error encrypted"),
        ("ok_minimal_mastodon.zip", "2 files"),
        ("zip_bad_crc_or_stream.zip", "2 files, outbox.json damaged"),
        ("zip_bomb_200MB_zeros.zip", "1 files, outbox.json bomb"),
        ("zip_duplicate_entry_names.zip", "1 files, duplicate-name 1"),
        ("zip_many_entries_20000.zip", "20001 files"),
        ("zip_wrapper_and_macosx.zip", "2 files"),
        ("zip_html_instead_of_json.zip", "1 files"),
        ("tar_ok_minimal.tar.gz", "2 files"),
        ("tar_truncated.tar.gz", "1 files, truncated 1, outbox.json truncated"),
        ("tar_uncompressed_named_gz.tar.gz", "2 files"),
        ("tar_slip_and_symlink.tar.gz", "0 files, bad-name 2, no-file 3"),
    ] {
        let started = Instant::now();
        let seen = answer(&folder.join(name));
        assert_eq!(seen, expected, "{name}");
        assert!(started.elapsed().as_secs() < 5, "{name} took {:?}", started.elapsed());
    }
}

fn answer(path: &Path) -> String {
    let source = FolderSource::open(path, Moment::from_unix_ms(0)).unwrap();
    let archive = match Archive::open(&source, &Limits::default()) {
        Ok(archive) => archive,
        Err(error) => return format!("error {}", code(&error).0),
    };
    let mut text = format!("{} files", archive.files().len());
    for (code, count) in codes(&archive) {
        write!(text, ", {code} {count}").unwrap();
    }
    for file in archive.files() {
        if let Err(error) = archive.bytes(file, 300 << 20) {
            write!(text, ", {} {}", file.base(), code(&error).0).unwrap();
        }
    }
    text
}

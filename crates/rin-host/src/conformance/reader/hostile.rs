//! Broken and malicious bytes: each is read as far as it goes, or explained, and nothing else.

use std::time::{Duration, Instant};

use super::{Ear, nothing};
use crate::{
    CallFault, Connection, Source,
    conformance::{
        Bench, bomb,
        report::{Tried, Verdict},
        sample::{Lent, Member, Sample},
    },
};

/// Bytes of a sample up to which it is cut at every one.
const SMALL: usize = 4096;
/// Cuts of a larger sample.
const CUTS: usize = 400;
/// Time a bomb may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Shows hostile files to a reader as a host does: it is asked how sure it is, and reads whatever it says.
pub(in super::super) fn endure(
    connection: &mut dyn Connection,
    source: &dyn Source,
) -> Result<Vec<String>, Verdict> {
    connection.probe(source)?;
    let mut ear = Ear::default();
    match connection.read(source, &mut ear) {
        Ok(()) => Ok(ear.sorted()),
        Err(error) => match &error.fault {
            CallFault::Unreadable(why) if why.en.trim().is_empty() || why.de.trim().is_empty() => {
                Err(Verdict::failed("it refuses without a sentence in both languages"))
            }
            CallFault::Unreadable(_) => Ok(Vec::new()),
            CallFault::Status { .. } => {
                Err(Verdict::from(error).when("no explanation for the user"))
            }
            _ => Err(error.into()),
        },
    }
}

pub(in super::super) fn truncation(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let mut told = Vec::new();
    for sample in bench.samples()? {
        let size: usize = sample.files.iter().map(|file| file.bytes.len()).sum();
        let stride = if size <= SMALL { 1 } else { size.div_ceil(CUTS) };
        for (number, file) in sample.files.iter().enumerate() {
            cut_everywhere(connection.as_mut(), sample, number, stride)
                .map_err(|verdict| verdict.when(&file.name))?;
        }
        told.push(format!("{size} bytes, cut at every {stride}"));
    }
    Ok(Verdict::passed(told.join("; ")))
}

/// Cuts one file of a sample after so many bytes each.
fn cut_everywhere(
    connection: &mut dyn Connection,
    sample: &Sample,
    number: usize,
    stride: usize,
) -> Result<(), Verdict> {
    let bytes = sample.files.get(number).map(|file| file.bytes.as_slice()).unwrap_or_default();
    for length in (0..bytes.len()).step_by(stride) {
        let cut = bytes.get(..length).unwrap_or_default().to_vec();
        endure(connection, &sample.with(number, cut))
            .map_err(|verdict| verdict.when(format!("cut to {length} bytes")))?;
    }
    Ok(())
}

pub(in super::super) fn empty_files(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    endure(connection.as_mut(), &nothing()).map_err(|verdict| verdict.when("no files"))?;
    for name in ["", "export.zip", "export.json", "export.csv"] {
        let source = Sample::of([(name.to_owned(), Vec::new())]).lent();
        endure(connection.as_mut(), &source)
            .map_err(|verdict| verdict.when(format!("an empty file called \"{name}\"")))?;
    }
    for sample in bench.samples.iter().flatten() {
        let all = sample.changed(|_| Vec::new());
        endure(connection.as_mut(), &all)
            .map_err(|verdict| verdict.when(format!("{}, all empty", sample.name)))?;
        for (number, file) in sample.files.iter().enumerate().take(CUTS) {
            let with = |verdict: Verdict, what| verdict.when(format!("{} is {what}", file.name));
            endure(connection.as_mut(), &sample.with(number, Vec::new()))
                .map_err(|verdict| with(verdict, "empty"))?;
            endure(connection.as_mut(), &sample.without(number))
                .map_err(|verdict| with(verdict, "missing"))?;
        }
    }
    Ok(Verdict::passed(""))
}

pub(in super::super) fn bombs(bench: &Bench<'_>) -> Tried {
    let known: Vec<Member> =
        bench.samples.iter().flatten().flat_map(|sample| sample.files.clone()).collect();
    let mut slow = None;
    for (what, source) in armed(&known) {
        // A worker each, so that the memory one bomb took is not held against the next.
        let mut connection = bench.connect()?;
        let started = Instant::now();
        endure(connection.as_mut(), &source).map_err(|verdict| verdict.when(what))?;
        if PATIENCE < started.elapsed() {
            slow = Some(what);
        }
    }
    Ok(match slow {
        Some(what) => Verdict::warned(format!("{what}: it took longer than {PATIENCE:?}")),
        None => Verdict::passed(""),
    })
}

/// Returns bombs under the names that the reader looks for, as far as its samples tell them.
fn armed(known: &[Member]) -> Vec<(&'static str, Lent)> {
    let usual = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let is_zip = |file: &&Member| file.bytes.starts_with(b"PK");
    let mut inside: Vec<_> =
        known.iter().filter(is_zip).flat_map(|file| bomb::names_in_zip(&file.bytes)).collect();
    inside.truncate(8);
    if inside.is_empty() {
        inside = usual(&["export.json", "data/index.csv"]);
    }
    let mut zips: Vec<_> = known.iter().filter(is_zip).map(|file| file.name.clone()).collect();
    let mut texts: Vec<_> =
        known.iter().filter(|file| !is_zip(file)).map(|file| file.name.clone()).collect();
    zips.truncate(4);
    texts.truncate(8);
    zips.extend(usual(&["export.zip"]));
    texts.extend(usual(&["export.json", "export.csv", "export.xml"]));
    let all = |names: &[String], bytes: &[u8]| {
        Sample::of(names.iter().map(|name| (name.clone(), bytes.to_vec())))
    };
    let [lists, maps, tags] = bomb::nested_texts();
    let nested = bomb::zip_in_zip(inside.first().map_or("export.zip", String::as_str));
    let both = [zips.as_slice(), &texts].concat();
    vec![
        ("a zip that unpacks to a hundredfold", all(&zips, &bomb::zip_bomb(&inside)).lent()),
        ("a zip that claims 4 GB", all(&zips, &bomb::zip_of_claims(&inside)).lent()),
        ("zips in zips", all(&zips, &nested).lent()),
        (
            "a gzip that unpacks to a hundredfold",
            all(&usual(&["export.tar.gz"]), &bomb::gz_bomb()).lent(),
        ),
        ("lists in lists", all(&texts, &lists).lent()),
        ("tables in tables", all(&texts, &maps).lent()),
        ("tags in tags", all(&texts, &tags).lent()),
        (
            "files that claim 64 petabytes",
            all(&both, b"PK\x03\x04").lent().declaring(u64::MAX >> 8),
        ),
        ("files that claim a terabyte", all(&both, b"[{\"a\": 1},").lent().declaring(1 << 40)),
    ]
}

pub(in super::super) fn encodings(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let mut texts = 0;
    for sample in bench.samples()? {
        for (number, file) in sample.files.iter().enumerate() {
            let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
            texts += 1;
            for (what, bytes) in recoded(text) {
                endure(connection.as_mut(), &sample.with(number, bytes))
                    .map_err(|verdict| verdict.when(format!("{} {what}", file.name)))?;
            }
        }
    }
    if texts == 0 {
        return Ok(Verdict::skipped("the samples hold no text outside of archives"));
    }
    Ok(Verdict::passed(format!("{texts} texts")))
}

/// Returns a text in other encodings, right and wrong ones.
fn recoded(text: &str) -> [(&'static str, Vec<u8>); 7] {
    let marked = |order: fn(u16) -> [u8; 2]| {
        let letters = std::iter::once(0xFEFF).chain(text.encode_utf16());
        letters.flat_map(order).collect::<Vec<u8>>()
    };
    let spoilt = |byte: u8| {
        let pieces = text.as_bytes().chunks(17);
        pieces.flat_map(|piece| piece.iter().copied().chain([byte])).collect::<Vec<u8>>()
    };
    let latin = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'));
    [
        ("in UTF-16, little end first", marked(u16::to_le_bytes)),
        ("in UTF-16, big end first", marked(u16::to_be_bytes)),
        ("with a byte order mark", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("in Latin-1", latin.collect()),
        ("with bytes that are no UTF-8", spoilt(0xFF)),
        ("with zeros", spoilt(0)),
        ("with the line ends of Windows", text.replace('\n', "\r\n").into_bytes()),
    ]
}

pub(in super::super) fn names(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let long = "n".repeat(4096);
    let deep = "a/".repeat(2000);
    let odd = [
        "",
        "/",
        ".",
        "..",
        "../../etc/passwd",
        "C:\\export",
        "a\0b",
        "\u{202e}gpj.zip",
        "\n",
        "ünï/çødé",
        long.as_str(),
        deep.as_str(),
    ];
    for sample in bench.samples()? {
        for name in odd {
            let short: String = name.chars().take(20).collect();
            let same = sample.files.iter().map(|file| (name.to_owned(), file.bytes.to_vec()));
            endure(connection.as_mut(), &Sample::of(same).lent())
                .map_err(|verdict| verdict.when(format!("every file is called {short:?}")))?;
            let behind = sample
                .files
                .iter()
                .map(|file| (format!("{name}{}", file.name), file.bytes.to_vec()));
            endure(connection.as_mut(), &Sample::of(behind).lent())
                .map_err(|verdict| verdict.when(format!("{short:?} before every name")))?;
        }
    }
    Ok(Verdict::passed(""))
}

//! Broken and malicious bytes: each is read as far as it goes, or explained, and nothing else.

use std::time::{Duration, Instant};

use rin_core::Text;

use super::{Ear, nothing};
use crate::{
    CallFault, Connection, Source,
    conformance::{
        Bench, bomb,
        report::{Tried, Verdict},
        sample::{Lent, Member, Sample},
        words::{joined, same, say},
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
                Err(Verdict::failed(say!(
                    "it refuses without a sentence in both languages",
                    "es lehnt ab ohne einen Satz in beiden Sprachen"
                )))
            }
            CallFault::Unreadable(_) => Ok(Vec::new()),
            CallFault::Status { .. } => Err(Verdict::from(error)
                .when(&say!("no explanation for the user", "keine Erklärung für den Benutzer"))),
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
                .map_err(|verdict| verdict.when(&same(&file.name)))?;
        }
        told.push(say!(
            "{size} bytes, cut at every {stride}",
            "{size} Bytes, alle {stride} abgeschnitten"
        ));
    }
    let told = told.into_iter().reduce(|all, one| joined(&all, "; ", &one));
    Ok(Verdict::passed(told.unwrap_or_default()))
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
        endure(connection, &sample.with(number, cut)).map_err(|verdict| {
            verdict.when(&say!("cut to {length} bytes", "nach {length} Bytes abgeschnitten"))
        })?;
    }
    Ok(())
}

pub(in super::super) fn empty_files(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    endure(connection.as_mut(), &nothing())
        .map_err(|verdict| verdict.when(&say!("no files", "keine Dateien")))?;
    for name in ["", "export.zip", "export.json", "export.csv"] {
        let source = Sample::of([(name.to_owned(), Vec::new())]).lent();
        endure(connection.as_mut(), &source).map_err(|verdict| {
            verdict
                .when(&say!("an empty file called \"{name}\"", "eine leere Datei namens »{name}«"))
        })?;
    }
    for sample in bench.samples.iter().flatten() {
        let all = sample.changed(|_| Vec::new());
        let name = &sample.name;
        endure(connection.as_mut(), &all)
            .map_err(|verdict| verdict.when(&say!("{name}, all empty", "{name}, alles leer")))?;
        for (number, file) in sample.files.iter().enumerate().take(CUTS) {
            let name = &file.name;
            endure(connection.as_mut(), &sample.with(number, Vec::new()))
                .map_err(|verdict| verdict.when(&say!("{name} is empty", "{name} ist leer")))?;
            endure(connection.as_mut(), &sample.without(number))
                .map_err(|verdict| verdict.when(&say!("{name} is missing", "{name} fehlt")))?;
        }
    }
    Ok(Verdict::fine())
}

pub(in super::super) fn bombs(bench: &Bench<'_>) -> Tried {
    let known: Vec<Member> =
        bench.samples.iter().flatten().flat_map(|sample| sample.files.clone()).collect();
    let mut slow = None;
    for (what, source) in armed(&known) {
        // A worker each, so that the memory one bomb took is not held against the next.
        let mut connection = bench.connect()?;
        let started = Instant::now();
        endure(connection.as_mut(), &source).map_err(|verdict| verdict.when(&what))?;
        if PATIENCE < started.elapsed() {
            slow = Some(what);
        }
    }
    Ok(match slow {
        Some(what) => Verdict::warned(say!(
            "it took longer than {PATIENCE:?}",
            "es brauchte länger als {PATIENCE:?}"
        ))
        .when(&what),
        None => Verdict::fine(),
    })
}

/// Returns bombs under the names that the reader looks for, as far as its samples tell them.
fn armed(known: &[Member]) -> Vec<(Text, Lent)> {
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
        (
            say!(
                "a zip that unpacks to a hundredfold",
                "ein Zip, das sich aufs Hundertfache entpackt"
            ),
            all(&zips, &bomb::zip_bomb(&inside)).lent(),
        ),
        (
            say!("a zip that claims 4 GB", "ein Zip, das 4 GB angibt"),
            all(&zips, &bomb::zip_of_claims(&inside)).lent(),
        ),
        (say!("zips in zips", "Zips in Zips"), all(&zips, &nested).lent()),
        (
            say!(
                "a gzip that unpacks to a hundredfold",
                "ein Gzip, das sich aufs Hundertfache entpackt"
            ),
            all(&usual(&["export.tar.gz"]), &bomb::gz_bomb()).lent(),
        ),
        (say!("lists in lists", "Listen in Listen"), all(&texts, &lists).lent()),
        (say!("tables in tables", "Tabellen in Tabellen"), all(&texts, &maps).lent()),
        (say!("tags in tags", "Tags in Tags"), all(&texts, &tags).lent()),
        (
            say!("files that claim 64 petabytes", "Dateien, die 64 Petabyte angeben"),
            all(&both, b"PK\x03\x04").lent().declaring(u64::MAX >> 8),
        ),
        (
            say!("files that claim a terabyte", "Dateien, die ein Terabyte angeben"),
            all(&both, b"[{\"a\": 1},").lent().declaring(1 << 40),
        ),
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
                    .map_err(|verdict| verdict.when(&joined(&same(&file.name), " ", &what)))?;
            }
        }
    }
    if texts == 0 {
        return Ok(Verdict::skipped(say!(
            "the samples hold no text outside of archives",
            "die Beispiele enthalten außerhalb von Archiven keinen Text"
        )));
    }
    Ok(Verdict::passed(say!("{texts} texts", "{texts} Texte")))
}

/// Returns a text in other encodings, right and wrong ones.
fn recoded(text: &str) -> [(Text, Vec<u8>); 7] {
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
        (
            say!("in UTF-16, little end first", "in UTF-16, kleines Ende zuerst"),
            marked(u16::to_le_bytes),
        ),
        (
            say!("in UTF-16, big end first", "in UTF-16, großes Ende zuerst"),
            marked(u16::to_be_bytes),
        ),
        (
            say!("with a byte order mark", "mit Bytereihenfolgemarke"),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        ),
        (say!("in Latin-1", "in Latin-1"), latin.collect()),
        (say!("with bytes that are no UTF-8", "mit Bytes, die kein UTF-8 sind"), spoilt(0xFF)),
        (say!("with zeros", "mit Nullen"), spoilt(0)),
        (
            say!("with the line ends of Windows", "mit den Zeilenenden von Windows"),
            text.replace('\n', "\r\n").into_bytes(),
        ),
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
            endure(connection.as_mut(), &Sample::of(same).lent()).map_err(|verdict| {
                verdict.when(&say!("every file is called {short:?}", "jede Datei heißt {short:?}"))
            })?;
            let behind = sample
                .files
                .iter()
                .map(|file| (format!("{name}{}", file.name), file.bytes.to_vec()));
            endure(connection.as_mut(), &Sample::of(behind).lent()).map_err(|verdict| {
                verdict.when(&say!("{short:?} before every name", "{short:?} vor jedem Namen"))
            })?;
        }
    }
    Ok(Verdict::fine())
}

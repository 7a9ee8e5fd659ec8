//! How fast exports become a network: a 100 MB Mastodon outbox, a Bluesky repository of 100,000 records, and 20 MB of
//! every other platform.
//!
//! In each round the same bytes are parsed by a plain parser that keeps nothing of them (`serde_json` into values, `csv`
//! into `StringRecord`s, DAG-CBOR into values, `mail-parser` into letters), tables once more by `csv` into texts, read by the platform's plugin in this process and in a
//! worker, and read into a fresh store. What counts is processor time, both processes together, and the median of what
//! each round says, since machines are never quiet. `cargo bench -p xtask --bench import -- x github` measures some alone.
//! Prints one line a figure: name, value, unit, separated by tabs.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::Instant,
};

use ipld_core::ipld::Ipld;
use rin_core::{Moment, Record, RecordSink, Stop};
use rin_host::{
    FolderSource, Found, Isolation, Loading, Params, Plugin, PluginReader, Source, discover, load,
};
use rin_store::{SourceInfo, Store};
use xtask::{
    build,
    generate::{
        self,
        exports::{Form, PLATFORMS},
    },
};

const NOW: Moment = Moment::from_unix_ms(1_900_000_000_000);
const OUTBOX_BYTES: u64 = 100_000_000;
const CAR_RECORDS: usize = 100_000;
const EXPORT_BYTES: usize = 20_000_000;
const ROUNDS: usize = 5;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let staged = build::stage_plugins(build::Profile::Release)?;
    let worker = staged.program.with_file_name("rin-worker");
    let plugins = discover(&[staged.plugins]);
    let dir = build::target().join("rin").join("bench");
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let platforms = ["mastodon", "bluesky"].into_iter().chain(PLATFORMS.map(|one| one.0));
    for platform in platforms {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == platform) {
            continue;
        }
        let plugin = format!("org.rin.{platform}");
        let found = plugins.get(&plugin).ok_or("the plugin was not built")?;
        let (path, plain) = export(platform, &dir)?;
        measure(found, &worker, &path, &plain)?;
    }
    Ok(())
}

/// Writes an export and returns where it is, and what a plain parser would make of it.
fn export(platform: &str, dir: &Path) -> Outcome<(PathBuf, Plain)> {
    let folder = dir.join(platform);
    fs::create_dir_all(&folder)?;
    if platform == "bluesky" {
        let car = folder.join("repository.car");
        let bytes = generate::car::repository(CAR_RECORDS, 1).bytes;
        fs::write(&car, &bytes)?;
        return Ok((car, Plain { kind: Kind::Blocks, files: blocks(&bytes)? }));
    }
    if platform == "mastodon" {
        let outbox = folder.join("outbox.json");
        generate::mastodon::write_outbox(OUTBOX_BYTES, &outbox)?;
        let actor = r#"{"id":"https://buecherei.example/users/stadtbuecherei","type":"Person","preferredUsername":"stadtbuecherei"}"#;
        fs::write(folder.join("actor.json"), actor)?;
        return Ok((folder, Plain { kind: Kind::Json, files: vec![fs::read(outbox)?] }));
    }
    generate::exports::write(platform, EXPORT_BYTES, &folder)?;
    let (_, file, form) =
        PLATFORMS.into_iter().find(|one| one.0 == platform).ok_or("no such export")?;
    let plain = Plain::of(&folder.join(file), form)?;
    Ok((folder, plain))
}

/// Cuts a repository into its blocks, each without its name.
fn blocks(mut rest: &[u8]) -> Outcome<Vec<Vec<u8>>> {
    /// Version, coding, kind and length of the hash; the hash.
    const NAME: usize = 4 + 32;
    let mut blocks = Vec::new();
    let mut is_head = true;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte < 128).ok_or("no length")?;
        let digits = rest.get(..=end).unwrap_or_default().iter().rev();
        let length = digits.fold(0, |sum, byte| sum << 7 | usize::from(byte & 127));
        let (block, after) =
            rest.get(end + 1..).and_then(|rest| rest.split_at_checked(length)).ok_or("cut off")?;
        let named = if is_head { 0 } else { NAME };
        blocks.push(block.get(named..).ok_or("no name")?.to_vec());
        (rest, is_head) = (after, false);
    }
    Ok(blocks)
}

/// What a plain parser is given.
struct Plain {
    kind: Kind,
    files: Vec<Vec<u8>>,
}

#[derive(Clone, Copy)]
enum Kind {
    Json,
    Rows,
    Blocks,
    Letters,
}

impl Plain {
    /// Reads the file whose bytes are measured; of conversations, all of them; of a mailbox, letter by letter.
    fn of(file: &Path, form: Form) -> Outcome<Self> {
        let mut bytes = fs::read(file)?;
        if form == Form::Letters {
            let text = String::from_utf8(bytes)?;
            let letters = text.split("\nFrom ").filter_map(|letter| letter.split_once('\n'));
            let files = letters.map(|(_, letter)| letter.as_bytes().to_vec()).collect();
            return Ok(Self { kind: Kind::Letters, files });
        }
        let kind = if form == Form::Csv { Kind::Rows } else { Kind::Json };
        let mut files = Vec::new();
        if file.ends_with("message_1.json") {
            let inbox = file.parent().and_then(Path::parent).ok_or("no folder of conversations")?;
            for folder in fs::read_dir(inbox)? {
                files.push(fs::read(folder?.path().join("message_1.json"))?);
            }
        } else {
            if bytes.starts_with(b"window.") {
                let at = bytes.iter().position(|byte| *byte == b'=').ok_or("no assignment")?;
                bytes.drain(..=at);
            }
            files.push(bytes);
        }
        Ok(Self { kind, files })
    }

    fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.len() as u64).sum()
    }

    /// Takes rows apart into texts of their own, as `serde_json` does with its values, and forgets them.
    fn texts(&self) -> Outcome<()> {
        for bytes in &self.files {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
            let mut rows = reader.deserialize::<Vec<String>>();
            rows.try_for_each(|row| row.map(|row| drop(black_box(row))))?;
        }
        Ok(())
    }

    /// Parses everything and forgets it.
    fn parse(&self) -> Outcome<()> {
        for bytes in &self.files {
            match self.kind {
                Kind::Json => drop(black_box(serde_json::from_slice::<serde_json::Value>(bytes)?)),
                Kind::Blocks => drop(black_box(serde_ipld_dagcbor::from_slice::<Ipld>(bytes)?)),
                Kind::Letters => {
                    let letter = mail_parser::MessageParser::default().parse(bytes);
                    drop(black_box(letter.ok_or("no letter")?));
                }
                Kind::Rows => {
                    let mut reader =
                        csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
                    let mut records = reader.records();
                    records.try_for_each(|record| record.map(|record| drop(black_box(record))))?;
                }
            }
        }
        Ok(())
    }
}

/// Goes round by round through all ways and prints what they come to.
fn measure(found: &Found, worker: &Path, path: &Path, plain: &Plain) -> Outcome<()> {
    let here = Loading { isolation: Isolation::InProcess, ..Loading::default() };
    let away = Loading { worker: Some(worker.to_path_buf()), ..Loading::default() };
    let (here, away) = (load(found, &here)?, load(found, &away)?);
    let source = FolderSource::open(path, NOW)?;
    let bytes: u64 = source.entries().iter().map(|entry| entry.size).sum();
    let mut near = here.reader(&Params::defaults(here.manifest()))?;
    let mut far = away.reader(&Params::defaults(away.manifest()))?;
    let mut speeds = [const { Vec::new() }; 5];
    let (mut walls, mut records, mut texts) = (Vec::new(), 0, Vec::new());
    for _ in 0..ROUNDS {
        let parsing = cpu(None, || plain.parse())?.1;
        let (count, reading) = cpu(None, || read(&mut near, &source))?;
        if matches!(plain.kind, Kind::Rows) {
            let apart = cpu(None, || plain.texts())?.1;
            let speed = plain.bytes() as f64 / 1e6 / apart;
            texts.push((speed, bytes as f64 / 1e6 / reading / speed));
        }
        let aside = cpu(far.process(), || read(&mut far, &source))?.1;
        let folder = path.with_extension("store");
        let begin = Instant::now();
        let storing = cpu(far.process(), || import(&mut far, &away, &source, &folder))?.1;
        walls.push(begin.elapsed().as_secs_f64());
        records = count;
        let megabytes = bytes as f64 / 1e6;
        let plainly = plain.bytes() as f64 / 1e6 / parsing;
        let stored = [storing, storing - aside].map(|seconds| records as f64 / seconds);
        let speed = [plainly, megabytes / reading, megabytes / aside, stored[0], stored[1]];
        speeds.iter_mut().zip(speed).for_each(|(speeds, speed)| speeds.push(speed));
    }
    let name = &here.manifest().info.name;
    let [parsing, reading, aside, storing, store] = &speeds;
    println!("{name}, plain parsing\t{:.0}\tMB a CPU second", median(parsing));
    if !texts.is_empty() {
        let (speeds, shares): (Vec<f64>, Vec<f64>) = texts.into_iter().unzip();
        let (speed, share) = (median(&speeds), median(&shares));
        println!("{name}, rows into texts\t{speed:.0}\tMB a CPU second; read {share:.2} x that");
    }
    for (way, speeds) in [("read", reading), ("read in a worker", aside)] {
        let shares: Vec<_> =
            speeds.iter().zip(parsing).map(|(speed, plain)| speed / plain).collect();
        let (speed, share) = (median(speeds), median(&shares));
        println!("{name}, {way}\t{speed:.0}\tMB a CPU second, {share:.2} x plain parsing");
        let speed = speed * 1e6 / bytes as f64 * records as f64;
        println!("{name}, {way}\t{speed:.0}\trecords a CPU second");
    }
    println!("{name}, import\t{:.0}\trecords a CPU second, of {records}", median(storing));
    println!("{name}, import, on the clock\t{:.2}\ts", median(&walls));
    println!("{name}, of that the store\t{:.0}\trecords a CPU second", median(store));
    Ok(())
}

/// Reads a source into nothing and returns the number of records.
fn read(reader: &mut PluginReader, source: &FolderSource) -> Outcome<u64> {
    let mut count = Count(0);
    reader.read(source, &mut count)?;
    Ok(count.0)
}

/// Reads a source into a fresh store.
fn import(
    reader: &mut PluginReader,
    plugin: &Plugin,
    source: &FolderSource,
    folder: &Path,
) -> Outcome<()> {
    let info = &plugin.manifest().info;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let import = SourceInfo {
        platform: &info.platform,
        plugin: &info.id,
        version: &info.version,
        name: "bench",
        fingerprint: "bench",
        now: NOW,
    };
    Store::create(folder)?.import(&import, |sink| reader.read(source, sink))?;
    Ok(())
}

/// Counts what a reader reports.
struct Count(u64);

impl RecordSink for Count {
    fn record(&mut self, _: Record<'_>) -> Result<(), Stop> {
        self.0 += 1;
        Ok(())
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Returns what `work` does and the processor seconds that it took, of this process and of a worker.
fn cpu<T>(worker: Option<u32>, work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, f64)> {
    let seconds = || -> Outcome<f64> {
        // A thread's clock is brought up to date when it gives way.
        std::thread::yield_now();
        let worker = worker.map(|id| id.to_string());
        let mut nanoseconds = 0;
        for process in std::iter::once("self").chain(worker.as_deref()) {
            for thread in fs::read_dir(format!("/proc/{process}/task"))? {
                let spent = fs::read_to_string(thread?.path().join("schedstat"))?;
                let spent = spent.split(' ').next().unwrap_or_default();
                nanoseconds += spent.parse::<u64>()?;
            }
        }
        Ok(nanoseconds as f64 / 1e9)
    };
    let start = seconds()?;
    let done = work()?;
    Ok((done, seconds()? - start))
}

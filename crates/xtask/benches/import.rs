//! How fast exports become a network: a 100 MB Mastodon outbox, a Bluesky repository of 100,000 records, and 20 MB of
//! every other platform.
//!
//! Each is read by its plugin through the boundary as users have it, once into nothing and once into a fresh store, and
//! the same bytes by a plain parser that keeps nothing of them: `serde_json` into values, `csv` into records.
//! `cargo bench -p xtask --bench import -- x github` measures some alone. Prints one line a figure: name, value, unit, separated by tabs.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]

use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use rin_core::{Moment, Record, RecordSink, Stop};
use rin_host::{FolderSource, Isolation, Loading, Params, Plugin, discover, load};
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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let staged = build::stage(build::Profile::Release)?;
    let worker = staged.program.with_file_name("rin-worker");
    let plugins = discover(&[staged.plugins]);
    let dir = build::target().join("rin").join("bench");
    let outbox = dir.join("mastodon");
    fs::create_dir_all(&outbox)?;
    generate::mastodon::write_outbox(OUTBOX_BYTES, &outbox.join("outbox.json"))?;
    let actor = r#"{"id":"https://buecherei.example/users/stadtbuecherei","type":"Person","preferredUsername":"stadtbuecherei"}"#;
    fs::write(outbox.join("actor.json"), actor)?;
    let car = dir.join("repository.car");
    fs::write(&car, generate::car::repository(CAR_RECORDS, 1).bytes)?;
    let mut exports = vec![
        ("mastodon", outbox.clone(), Some((outbox.join("outbox.json"), Form::Json))),
        ("bluesky", car, None),
    ];
    for (platform, file, form) in PLATFORMS {
        let folder = dir.join(platform);
        generate::exports::write(platform, EXPORT_BYTES, &folder)?;
        exports.push((platform, folder.clone(), Some((folder.join(file), form))));
    }
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for (platform, path, plain) in exports {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == platform) {
            continue;
        }
        let found =
            plugins.get(&format!("org.rin.{platform}")).ok_or("the plugin was not built")?;
        if let Some((file, form)) = plain {
            parse_plainly(platform, &file, form)?;
        }
        let here = Loading { isolation: Isolation::InProcess, ..Loading::default() };
        let away = Loading { worker: Some(worker.clone()), ..Loading::default() };
        compare(&load(found, &here)?, &load(found, &away)?, &path)?;
        measure(&load(found, &away)?, &path, &dir)?;
    }
    Ok(())
}

/// Parses a file with nothing but a parser, and prints its speed.
fn parse_plainly(
    platform: &str,
    file: &Path,
    form: Form,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut bytes = fs::read(file)?;
    // A folder of conversations is as many documents.
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
    let total: usize = files.iter().map(Vec::len).sum();
    let start = cpu_seconds(None);
    let mut rows = 0_u64;
    for bytes in &files {
        match form {
            Form::Json => {
                rows += u64::from(!serde_json::from_slice::<serde_json::Value>(bytes)?.is_null());
            }
            Form::Csv => {
                let mut reader =
                    csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
                for record in reader.records() {
                    rows += record.map(|record| u64::from(!record.is_empty()))?;
                }
            }
            Form::Letters => return Ok(()),
        }
    }
    let cpu = cpu_seconds(None) - start;
    println!(
        "{platform}, plain parsing\t{:.0}\tMB a CPU second, {rows} documents or rows",
        total as f64 / 1e6 / cpu
    );
    Ok(())
}

/// Reads a source into nothing in this process and in a worker, in turn, and prints both speeds.
fn compare(here: &Plugin, away: &Plugin, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    const ROUNDS: usize = 3;
    let source = FolderSource::open(path, NOW)?;
    let bytes: u64 = rin_host::Source::entries(&source).iter().map(|entry| entry.size).sum();
    let mut readers = [here, away]
        .into_iter()
        .map(|plugin| plugin.reader(&Params::defaults(plugin.manifest())))
        .collect::<Result<Vec<_>, _>>()?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (reader, times) in readers.iter_mut().zip(&mut times) {
            let begin = Instant::now();
            reader.read(&source, &mut Count(0))?;
            times.push(begin.elapsed().as_secs_f64());
        }
    }
    let [here, away] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        bytes as f64 / 1e6 / times.get(ROUNDS / 2).copied().unwrap_or(f64::NAN)
    });
    println!("read in this process, median\t{here:.0}\tMB a second");
    println!("read in a worker, median\t{away:.0}\tMB a second, {:.2} x", away / here);
    Ok(())
}

fn measure(plugin: &Plugin, path: &Path, dir: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let info = &plugin.manifest().info;
    let source = FolderSource::open(path, NOW)?;
    let bytes: u64 = rin_host::Source::entries(&source).iter().map(|entry| entry.size).sum();
    let mut reader = plugin.reader(&Params::defaults(plugin.manifest()))?;
    let mut count = Count(0);
    let worker = reader.process();
    let start = (Instant::now(), cpu_seconds(worker));
    reader.read(&source, &mut count)?;
    tell((&info.name, "read"), bytes, count.0, start, worker);

    let folder: PathBuf = dir.join("store");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut store = Store::create(&folder)?;
    let import = SourceInfo {
        platform: &info.platform,
        plugin: &info.id,
        version: &info.version,
        name: "bench",
        fingerprint: "bench",
        now: NOW,
    };
    let start = (Instant::now(), cpu_seconds(worker));
    let report = store.import(&import, |sink| reader.read(&source, sink))?;
    tell((&info.name, "import"), bytes, report.records, start, worker);
    println!("{}, interactions\t{}\t", info.name, report.interactions.new);
    Ok(())
}

fn tell(
    (name, what): (&str, &str),
    bytes: u64,
    records: u64,
    (wall, cpu): (Instant, f64),
    worker: Option<u32>,
) {
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), cpu_seconds(worker) - cpu);
    let megabytes = bytes as f64 / 1e6;
    println!("{name}, {what}, wall\t{wall:.2}\ts for {megabytes:.0} MB");
    println!("{name}, {what}, CPU\t{cpu:.2}\ts");
    println!("{name}, {what}\t{:.0}\tMB a CPU second", megabytes / cpu);
    println!("{name}, {what}\t{:.0}\trecords a CPU second", records as f64 / cpu);
}

/// Counts what a reader reports.
struct Count(u64);

impl RecordSink for Count {
    fn record(&mut self, _: Record<'_>) -> Result<(), Stop> {
        self.0 += 1;
        Ok(())
    }
}

/// Returns user and system seconds of this process and of a worker; 0 where /proc does not tell.
fn cpu_seconds(worker: Option<u32>) -> f64 {
    let of = |process: &str| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
    };
    of("self") + worker.map_or(0.0, |worker| of(&worker.to_string()))
}

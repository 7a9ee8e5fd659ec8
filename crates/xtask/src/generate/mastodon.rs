//! Makes the archive of a public library that does not exist, as a Mastodon server of version 4.3 would give it out.
//!
//! The demo and the tests need an export whose people nobody can be hurt by and whose story is known: ties kept up
//! for years, a campaign whose ties mostly faded, others that lapsed. It is seeded and reads no clock, so that the
//! same bytes come out on every machine.

mod item;
mod people;

use std::{
    collections::HashMap,
    fs,
    io::{self, BufWriter, Cursor, Write},
    path::Path,
};

use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

use self::{
    item::{Act, Item},
    people::{PEOPLE, Person, Rhythm, SILENT},
};
use crate::build;

/// 2022-11-06, the library's first day, as days since 1970.
const FIRST_DAY: u32 = 19_302;
/// 2026-08-15, the day of the export, counted from the first.
const LAST_DAY: u32 = 1378;
/// 2025-06-01 to 2025-07-12, the summer reading club.
const CAMPAIGN: (u32, u32) = (938, 979);
const SEED: u64 = 0x5eed_0b1b_1107_4eca;

/// Writes the demo archive and the lists beside it to `tests/data/mastodon`.
pub fn write() -> Result<(), String> {
    let folder = build::root().join("tests/data/mastodon");
    fs::create_dir_all(&folder).map_err(|error| build::at(&folder, &error))?;
    for (name, bytes) in files().map_err(|error| build::at(&folder, &error))? {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| build::at(&path, &error))?;
    }
    Ok(())
}

/// Writes an outbox of about so many bytes to a file, for benches.
pub fn write_outbox(bytes: u64, path: &Path) -> Result<(), String> {
    let file = fs::File::create(path).map_err(|error| build::at(path, &error))?;
    outbox_of_size(bytes, &mut BufWriter::new(file)).map_err(|error| build::at(path, &error))?;
    Ok(())
}

/// Writes an outbox of about so many bytes; returns how many items it holds.
pub fn outbox_of_size(bytes: u64, out: &mut dyn Write) -> io::Result<u64> {
    let year = items();
    // The number of items stands before them, so they are counted first.
    let lengths: Vec<u64> = year.iter().map(|item| item.json().len() as u64 + 1).collect();
    let (mut size, mut count) = (0, 0_u64);
    for length in lengths.iter().cycle() {
        if bytes <= size {
            break;
        }
        size += length;
        count += 1;
    }
    write_head(count, out)?;
    for (number, item) in (0..count).zip(year.iter().cycle()) {
        let item = item.again(number / year.len() as u64);
        let comma = if number == 0 { "" } else { "," };
        write!(out, "{comma}{}", item.json())?;
    }
    out.write_all(b"]}")?;
    out.flush()?;
    Ok(count)
}

/// Returns the files of the demo: the archive and the lists a server gives out by themselves.
fn files() -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let items = items();
    let archive = archive(&[
        ("outbox.json", outbox(&items)?),
        ("likes.json", collection("likes.json", &liked(&items)).into_bytes()),
        ("bookmarks.json", collection("bookmarks.json", &[]).into_bytes()),
        ("actor.json", item::ACTOR.into()),
    ])?;
    Ok(vec![
        ("archive-20260815180000-5f0c2b7a9d31e684.zip", archive),
        ("following_accounts.csv", following().into_bytes()),
        ("lists.csv", lists().into_bytes()),
        ("muted_accounts.csv", muted().into_bytes()),
        ("blocked_accounts.csv", b"werbeflut@nord.example\n".to_vec()),
    ])
}

fn archive(files: &[(&str, Vec<u8>)]) -> io::Result<Vec<u8>> {
    let at = DateTime::from_date_and_time(2026, 8, 15, 18, 0, 0).map_err(io::Error::other)?;
    zipped(files, at)
}

/// Packs files, all of them as if made at one moment.
pub(super) fn zipped(files: &[(&str, Vec<u8>)], at: DateTime) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(at).compression_level(Some(9));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, options).map_err(io::Error::other)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish().map_err(io::Error::other)?.into_inner())
}

fn outbox(items: &[Item]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    write_head(items.len() as u64, &mut out)?;
    for (number, item) in items.iter().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        write!(out, "{comma}{}", item.json())?;
    }
    out.extend_from_slice(b"]}");
    Ok(out)
}

fn write_head(count: u64, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        r#"{{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection","totalItems":{count},"orderedItems":["#
    )
}

fn collection(name: &str, uris: &[String]) -> String {
    let quoted: Vec<String> = uris.iter().map(|uri| format!("\"{uri}\"")).collect();
    format!(
        r#"{{"@context":"https://www.w3.org/ns/activitystreams","id":"{name}","type":"OrderedCollection","orderedItems":[{}]}}"#,
        quoted.join(",")
    )
}

/// Everything the library wrote, oldest first.
fn items() -> Vec<Item> {
    let mut chance = Chance(SEED);
    let mut items = announcements(&mut chance);
    for (number, person) in PEOPLE.iter().enumerate() {
        contacts(number, person, &mut chance, &mut items);
    }
    items.sort_by_key(|item| (item.minute, item.to));
    for (serial, item) in (0..).zip(&mut items) {
        item.serial = serial % 100;
    }
    let firsts: HashMap<u64, u64> = items
        .iter()
        .filter(|item| item.act == Act::Post)
        .map(|item| (item.minute, item.serial))
        .collect();
    for item in &mut items {
        if let Act::Thread(minute, serial) = &mut item.act {
            *serial = firsts.get(minute).copied().unwrap_or(0);
        }
    }
    items
}

/// Posts to everybody: one in two weeks, one in two days during the summer reading club, some of them as threads.
fn announcements(chance: &mut Chance) -> Vec<Item> {
    let mut items = Vec::new();
    for day in 0..LAST_DAY {
        let is_campaign = CAMPAIGN.0 <= day && day <= CAMPAIGN.1;
        if chance.below(if is_campaign { 2 } else { 14 }) != 0 {
            continue;
        }
        let first = Item::new(minute(day, chance), Act::Post, None, chance.below(1 << 16));
        items.push(first);
        if chance.below(6) == 0 {
            items.push(Item {
                minute: first.minute + 2,
                act: Act::Thread(first.minute, 0),
                ..first
            });
        }
    }
    items
}

/// All contacts with one account, by its rhythm.
fn contacts(number: usize, person: &Person, chance: &mut Chance, items: &mut Vec<Item>) {
    let mut add = |day: u32, chance: &mut Chance| {
        let act = match chance.below(20) {
            0..=8 => Act::Reply,
            9..=12 => Act::Mention,
            13..=18 => Act::Boost,
            _ => Act::Message,
        };
        items.push(Item::new(minute(day, chance), act, Some(number), chance.below(1 << 16)));
    };
    let mut walk = |from: u32, to: u32, mut every: f64, growth: f64, chance: &mut Chance| {
        let mut at = f64::from(from);
        while at < f64::from(to) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a day of a few years"
            )]
            add(at as u32, chance);
            // Three times a square of a uniform number has mean one: many short gaps, a few long ones.
            let uniform = f64::from(chance.below(1 << 20)) / f64::from(1 << 20);
            at += 1.0 + every * 3.0 * uniform * uniform;
            every *= growth;
        }
    };
    match person.2 {
        Rhythm::Steady(from, every) => walk(from, LAST_DAY, f64::from(every), 1.0, chance),
        Rhythm::Lapsed(from, to, every) => walk(from, to, f64::from(every), 1.0, chance),
        Rhythm::Fading(from, every) => walk(from, LAST_DAY, f64::from(every), 1.1, chance),
        Rhythm::Campaign(during, after) => {
            for _ in 0..during {
                add(CAMPAIGN.0 + chance.below(CAMPAIGN.1 - CAMPAIGN.0), chance);
            }
            for _ in 0..after {
                add(CAMPAIGN.1 + chance.below(LAST_DAY - CAMPAIGN.1), chance);
            }
        }
    }
}

/// A minute of the working hours of a day, since 1970.
fn minute(day: u32, chance: &mut Chance) -> u64 {
    u64::from(FIRST_DAY + day) * 1440 + 7 * 60 + u64::from(chance.below(10 * 60))
}

/// Every eleventh post that was answered was liked as well.
fn liked(items: &[Item]) -> Vec<String> {
    let answered = items.iter().filter(|item| matches!(item.act, Act::Reply | Act::Boost));
    answered.step_by(11).filter_map(Item::their_post).collect()
}

/// The list of those followed, newest first, as the server writes it.
fn following() -> String {
    // The library does not follow everybody it is in contact with.
    let known = PEOPLE.iter().enumerate().filter(|(number, _)| number % 7 != 6);
    let known = known.map(|(_, (user, host, _))| (*user, *host));
    let mut rows: Vec<String> = known
        .chain(SILENT)
        .map(|(user, host)| format!("{user}@{},true,false,", item::letters(host)))
        .collect();
    rows.reverse();
    format!("Account address,Show boosts,Notify on new posts,Languages\n{}\n", rows.join("\n"))
}

fn lists() -> String {
    let of = |list: &str, hosts: &[&str]| -> Vec<String> {
        let fits = |person: &&Person| hosts.contains(&person.1);
        PEOPLE.iter().filter(fits).map(|(user, host, _)| format!("{list},{user}@{host}")).collect()
    };
    let schools = of("Schulen und Kitas", &["schule.example", "kita.example"]);
    let town = of("Stadt", &["stadt.example", "kultur.example"]);
    format!("{}\n{}\n", schools.join("\n"), town.join("\n"))
}

fn muted() -> String {
    "Account address,Hide notifications\nwetterdienst@funk.example,false\nstadtwerke@stadt.example,true\n".to_owned()
}

/// Seeded chance: splitmix64, public domain, because it is the same everywhere and needs nothing.
pub(super) struct Chance(u64);

impl Chance {
    /// Starts it.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number from zero to below `n`.
    pub(super) fn below(&mut self, n: u32) -> u32 {
        let high = self.next() >> 32;
        u32::try_from((high * u64::from(n)) >> 32).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;

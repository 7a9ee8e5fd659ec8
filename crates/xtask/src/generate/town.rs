//! What the library of the fictional town has beside its Mastodon account: Instagram, a mailbox, a book of visits.
//!
//! The demo wants a network over several platforms with a past and a present campaign, and people who are met in more
//! than one place. Seeded like the Mastodon archive, each file in the form in which its platform gives it out.

mod people;

use std::{fmt::Write as _, fs, io};

use zip::DateTime;

use self::people::{PEOPLE, Person, Rhythm};
use super::mastodon::{Chance, zipped};
use crate::build;

const SEED: u64 = 0x7043_b00c_5eed_0001;
/// 2026-08-15, the day of the exports, as days since 1970.
const LAST_DAY: u32 = 20_680;
/// 2026-08-03, when the autumn campaign began.
const CAMPAIGN: u32 = 20_668;

/// Somebody wrote to the library, or the library to them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Contact {
    /// Seconds since 1970.
    at: u64,
    /// Position in [`PEOPLE`].
    who: usize,
    is_sent: bool,
}

/// Writes the town to `tests/data/town`.
pub fn write() -> Result<(), String> {
    let folder = build::root().join("tests/data/town");
    for (name, bytes) in files().map_err(|error| build::at(&folder, &error))? {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).map_err(|error| build::at(parent, &error))?;
        fs::write(&path, bytes).map_err(|error| build::at(&path, &error))?;
    }
    Ok(())
}

/// Returns the files by their names.
fn files() -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let mut chance = Chance::new(SEED);
    let mut contacts = Vec::new();
    for (who, person) in PEOPLE.iter().enumerate() {
        walk(who, person, &mut chance, &mut contacts);
    }
    // Each export holds something of its last day, so that all of them reach equally far.
    let is_first: [fn(&Person) -> bool; 3] =
        [|one| one.instagram.is_some(), |one| one.mail.is_some(), |one| one.visits];
    for who in is_first.into_iter().filter_map(|is| PEOPLE.iter().position(is)) {
        contacts.push(Contact { at: u64::from(LAST_DAY) * 86_400 - 7_200, who, is_sent: true });
    }
    contacts.sort_unstable();
    Ok(vec![
        ("instagram-stadtbuecherei-2026-08-15.zip", instagram(&contacts)?),
        ("mail/postfach.mbox", mailbox(&contacts).into_bytes()),
        ("besuche.csv", visits(&contacts).into_bytes()),
    ])
}

/// Adds all contacts with one person, by their rhythm; two thirds are answered within two days.
fn walk(who: usize, person: &Person, chance: &mut Chance, contacts: &mut Vec<Contact>) {
    let (mut day, end, mut every, growth) = match person.rhythm {
        Rhythm::Steady(from, every) => (from, LAST_DAY, f64::from(every), 1.0),
        Rhythm::Lapsed(from, to, every) => (from, to, f64::from(every), 1.0),
        Rhythm::Fading(from, every) => (from, LAST_DAY, f64::from(every), 1.12),
        Rhythm::Autumn => (CAMPAIGN + chance.below(8), LAST_DAY, 3.0, 1.0),
    };
    while day < end {
        let at = u64::from(day) * 86_400 + 8 * 3_600 + u64::from(chance.below(9 * 3_600));
        let is_sent = chance.below(2) == 0;
        contacts.push(Contact { at, who, is_sent });
        let answered = at + 1_800 + u64::from(chance.below(2 * 86_400));
        if chance.below(3) != 0 && answered < u64::from(end) * 86_400 {
            contacts.push(Contact { at: answered, who, is_sent: !is_sent });
        }
        // Three times a square of a uniform number has mean one: many short gaps, a few long ones.
        let uniform = f64::from(chance.below(1 << 20)) / f64::from(1 << 20);
        let gap = 1.0 + every * 3.0 * uniform * uniform;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "days of a few years"
        )]
        let days = gap as u32;
        day += days;
        every *= growth;
    }
}

fn of(contacts: &[Contact], who: usize) -> impl Iterator<Item = &Contact> {
    contacts.iter().filter(move |contact| contact.who == who)
}

/// Returns an export of Instagram in the layout of 2022.
fn instagram(contacts: &[Contact]) -> io::Result<Vec<u8>> {
    let mut files = vec![(
        "account_information/personal_information.json".to_owned(),
        format!(
            r#"{{"profile_user":[{{"title":"","media_map_data":{{}},"string_map_data":{{"Username":{{"href":"","value":"stadtbuecherei.muehlbach","timestamp":0}},"Name":{{"href":"","value":"{}","timestamp":0}}}}}}]}}"#,
            doubled("Stadtbücherei Mühlbach")
        ),
    )];
    let here =
        || PEOPLE.iter().enumerate().filter_map(|(who, one)| Some((who, one, one.instagram?)));
    for (list, key) in
        [("followers", "relationships_followers"), ("following", "relationships_following")]
    {
        let entries = here().filter(|(who, ..)| list == "followers" || who % 4 != 3);
        let entries: Vec<String> = entries
            .filter_map(|(who, _, handle)| {
                let at = of(contacts, who).next()?.at;
                Some(format!(
                    r#"{{"title":"","media_list_data":[],"string_list_data":[{{"href":"https://www.instagram.com/{handle}","timestamp":{at},"value":"{handle}"}}]}}"#
                ))
            })
            .collect();
        let text = format!(r#"{{"{key}":[{}]}}"#, entries.join(","));
        files.push((format!("followers_and_following/{list}.json"), text));
    }
    for (who, person, handle) in here() {
        let plain: String = handle.chars().filter(char::is_ascii_alphanumeric).collect();
        let thread = format!("inbox/{plain}_{}", 10_200_000_000_000 + who);
        let text = conversation(contacts, (who, person), &thread);
        files.push((format!("messages/{thread}/message_1.json"), text));
    }
    let files: Vec<(&str, Vec<u8>)> =
        files.iter().map(|(name, text)| (name.as_str(), text.clone().into_bytes())).collect();
    let made = DateTime::from_date_and_time(2026, 8, 15, 18, 0, 0).map_err(io::Error::other)?;
    zipped(&files, made)
}

fn conversation(contacts: &[Contact], (who, person): (usize, &Person), thread: &str) -> String {
    let (name, us) = (doubled(person.name), doubled("Stadtbücherei Mühlbach"));
    // The latest stands first.
    let mut messages: Vec<String> = of(contacts, who)
        .map(|one| {
            let sender = if one.is_sent { &us } else { &name };
            format!(
                r#"{{"sender_name":"{sender}","timestamp_ms":{},"content":"ok"}}"#,
                one.at * 1_000
            )
        })
        .collect();
    messages.reverse();
    format!(
        r#"{{"participants":[{{"name":"{name}"}},{{"name":"{us}"}}],"messages":[{}],"title":"{name}","is_still_participant":true,"thread_path":"{thread}","magic_words":[]}}"#,
        messages.join(",")
    )
}

/// Returns a text as Meta writes it: each byte of UTF-8 beyond ASCII as a letter of its own, escaped.
fn doubled(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(out, "\\u{:04x}", u32::from(byte));
        }
    }
    out
}

/// Returns the mailbox as a provider gives it out.
fn mailbox(contacts: &[Contact]) -> String {
    const US: &str = "=?utf-8?q?Stadtb=C3=BCcherei_M=C3=BChlbach?= <post@buecherei.example>";
    let mut out = String::new();
    for (number, one) in contacts.iter().enumerate() {
        let Some((person, address)) = PEOPLE.get(one.who).and_then(|it| Some((it, it.mail?)))
        else {
            continue;
        };
        let them = format!("{} <{address}>", quoted(person.name));
        let (from, to, label) = if one.is_sent {
            (US, them.as_str(), "Gesendet")
        } else {
            (them.as_str(), US, "Posteingang")
        };
        let (short, long) = dates(one.at);
        // Writing into a text cannot fail.
        let _ = write!(
            out,
            "From {number}@xxx {short}\nX-Gmail-Labels: {label}\nDate: {long}\nFrom: {from}\nTo: {to}\nSubject: Mühlbach\nMessage-ID: <{number}.town@buecherei.example>\nContent-Type: text/plain; charset=utf-8\n\nok\n\n"
        );
    }
    out.replace("Subject: Mühlbach", "Subject: =?utf-8?q?M=C3=BChlbach?=")
}

/// Returns a name as a header of a letter holds it.
fn quoted(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let mut out = String::from("=?utf-8?q?");
    for byte in name.bytes() {
        match byte {
            b' ' => out.push('_'),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "={byte:02X}");
            }
        }
    }
    out + "?="
}

/// Returns the book of visits: whoever has no account anywhere, and some who have.
fn visits(contacts: &[Contact]) -> String {
    let mut out = String::from("from,to,kind,at\n");
    for one in contacts {
        let Some(person) = PEOPLE.get(one.who).filter(|person| person.visits) else { continue };
        let _ = writeln!(out, "Stadtbücherei Mühlbach,{},visit,{}", person.name, iso(one.at));
    }
    out
}

/// Year, month, day and day of the week (0 for Sunday) of seconds since 1970; by Howard Hinnant's `civil_from_days`.
fn civil(at: u64) -> (u64, u64, u64, u64) {
    let days = at / 86_400;
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + u64::from(month <= 2), month, day, (days + 4) % 7)
}

/// Returns a moment as the line before a letter and as its date.
fn dates(at: u64) -> (String, String) {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day, weekday) = civil(at);
    let name = |names: &[&'static str], at: u64| {
        usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or_default()
    };
    let (weekday, month) = (name(&DAYS, weekday), name(&MONTHS, month - 1));
    let time = clock(at);
    (
        format!("{weekday} {month} {day:02} {time} +0000 {year}"),
        format!("{weekday}, {day:02} {month} {year} {time} +0000"),
    )
}

fn clock(at: u64) -> String {
    let second = at % 86_400;
    format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60)
}

fn iso(at: u64) -> String {
    let (year, month, day, _) = civil(at);
    format!("{year}-{month:02}-{day:02}T{}Z", clock(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> Vec<u8> {
        fs::read(build::root().join("tests/data/town").join(name)).unwrap()
    }

    #[test]
    fn the_shipped_files_are_those_the_generator_writes() {
        for (name, bytes) in files().unwrap() {
            if !name.ends_with("zip") {
                assert!(shipped(name) == bytes, "{name} differs: cargo xtask generate town");
            }
            assert!(bytes.len() < 400_000, "{name}: {}", bytes.len());
        }
        let mut zip = zip::ZipArchive::new(io::Cursor::new(shipped(
            "instagram-stadtbuecherei-2026-08-15.zip",
        )))
        .unwrap();
        let people = PEOPLE.iter().filter(|person| person.instagram.is_some()).count();
        assert_eq!(zip.len(), 3 + people);
        let first = io::read_to_string(zip.by_index(0).unwrap()).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&first).is_ok());
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(iso(1_786_924_800), "2026-08-17T00:00:00Z");
        assert_eq!(dates(951_782_400).1, "Tue, 29 Feb 2000 00:00:00 +0000");
        assert_eq!(doubled("Mü"), "M\\u00c3\\u00bc");
        assert_eq!(quoted("Özlem Kaya"), "=?utf-8?q?=C3=96zlem_Kaya?=");
    }
}

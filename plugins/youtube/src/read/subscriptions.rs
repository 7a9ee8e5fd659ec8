//! Whom the owner subscribes to: tables without a date, and lists with one of exports until 2021.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rin_plugin::{
    archive::{ArchiveFile, OwnedFinding},
    prelude::{
        AccountRecord, Moment, ReadError, Record, Severity, Stop, TieEnd, TieKind, TieRecord,
        TieStart,
    },
    text::{ItemsError, Row, Table, json_array},
};
use serde_json::Value;

use super::{
    Reading,
    sheet::{self, fields},
    value,
};

/// The longest subscription; each holds the description of its channel.
const MAX_ITEM: usize = 1 << 20;

/// One subscription.
#[derive(Debug)]
struct Subscription {
    channel: String,
    title: String,
    start: TieStart,
}

/// Reads a table; `false` if something of it is missing.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn table(
    file: &ArchiveFile,
    until: Moment,
    known: &mut BTreeSet<String>,
    reading: &mut Reading<'_, '_>,
) -> Result<bool, ReadError> {
    let Some(text) = sheet::text_of(reading.archive, file, reading.findings) else {
        return Ok(false);
    };
    let mut is_whole = true;
    let table = Table::new(&text, b',');
    if let Some(line) = table.open_quote() {
        is_whole = false;
        reading.note("open-quote", file, line);
    }
    for (number, row) in table.enumerate() {
        match of_row(&row, until) {
            Some(subscription) => one(&subscription, (file, row.line()), known, reading)?,
            // The first row is the heading, in whatever language.
            None if number == 0 => {}
            None => {
                is_whole = false;
                reading.note("bad-row", file, row.line());
            }
        }
    }
    Ok(is_whole)
}

fn of_row(row: &Row, until: Moment) -> Option<Subscription> {
    let id = fields(row).find(|field| value::is_channel(field));
    let channel = id.or_else(|| fields(row).find_map(value::channel_in))?.to_owned();
    let is_title = |field: &&str| !value::is_channel(field) && !field.contains("youtube.com/");
    // The title stands last; it may be the address of a page itself.
    let title = fields(row).filter(is_title).last().unwrap_or_default().to_owned();
    Some(Subscription { channel, title, start: TieStart::AtOrBefore(until) })
}

/// Reads a list; `false` if something of it is missing.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn list(
    file: &ArchiveFile,
    until: Moment,
    known: &mut BTreeSet<String>,
    reading: &mut Reading<'_, '_>,
) -> Result<bool, ReadError> {
    let reader = match reading.archive.open_file(file) {
        Ok(reader) => reader,
        Err(error) => {
            reading.findings.add_error(&error);
            return Ok(false);
        }
    };
    let mut is_whole = true;
    let read = json_array(reader, MAX_ITEM, |item| {
        let value: Value = serde_json::from_slice(item.bytes).unwrap_or_default();
        let Some(subscription) = of_value(&value, until) else {
            is_whole = false;
            reading.note("bad-row", file, item.place);
            return Ok(());
        };
        one(&subscription, (file, item.place), known, reading)
    });
    match read {
        Ok(items) => Ok(is_whole && items.too_long == 0),
        Err(ItemsError::Stopped) => Err(ReadError::Stopped),
        Err(ItemsError::Fault(fault)) => {
            reading.findings.add(OwnedFinding::new(Severity::Error, file.name(), fault));
            Ok(false)
        }
    }
}

fn of_value(value: &Value, until: Moment) -> Option<Subscription> {
    let text = |path: &str| value.pointer(path).and_then(Value::as_str).unwrap_or_default();
    let channel = text("/snippet/resourceId/channelId").to_owned();
    let began = text("/snippet/publishedAt").parse::<Timestamp>().ok();
    let began = began.map(|at| Moment::from_unix_ms(at.as_millisecond()));
    let start = began.filter(|at| value::can_be(*at, until));
    Some(Subscription {
        title: text("/snippet/title").to_owned(),
        start: start.map_or(TieStart::AtOrBefore(until), TieStart::Exact),
        channel: Some(channel).filter(|channel| value::is_channel(channel))?,
    })
}

fn one(
    subscription: &Subscription,
    (file, place): (&ArchiveFile, u64),
    known: &mut BTreeSet<String>,
    reading: &mut Reading<'_, '_>,
) -> Result<(), Stop> {
    let Subscription { channel, title, start } = subscription;
    if *channel == reading.owner {
        reading.note("own-row", file, place);
        return Ok(());
    }
    if !known.insert(channel.clone()) {
        reading.note("duplicate", file, place);
        return Ok(());
    }
    reading.sink.record(Record::Account(AccountRecord {
        id: channel,
        name: title,
        seen: reading.made,
        facts: value::page(channel).as_str(),
        ..AccountRecord::default()
    }))?;
    reading.sink.record(Record::Tie(TieRecord {
        from: &reading.owner,
        to: channel,
        kind: TieKind::Subscriber,
        start: *start,
        end: TieEnd::Open,
        label: "",
    }))
}

//! The rows of a Parquet file as the texts they would be in CSV, so that one set of rules reads both.
//!
//! Only the columns that are asked for are unpacked. A time that the file says is of no zone stays one without.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp, civil::Date};
use parquet::{
    basic::LogicalType,
    file::reader::{FileReader as _, SerializedFileReader},
    record::{Field, Row as Record},
    schema::types::Type,
};
use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault},
    prelude::{ReadError, Stop},
};

use super::{Each, Ended, Form, LONGEST, Row};
use crate::read::columns::{COLUMNS, Settings};

/// Says whether a file that is called Parquet is a table of relationships.
///
/// # Errors
/// [`ReadError`] if it is damaged, or has no columns that say who and whom.
pub(super) fn judge(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    settings: &Settings,
) -> Result<Form, ReadError> {
    let bytes = Bytes::from(archive.bytes(file, LONGEST)?);
    let open = AssertUnwindSafe(|| {
        let reader = SerializedFileReader::new(bytes).ok()?;
        let schema = reader.metadata().file_metadata().schema();
        Some(settings.places(&names(schema)).is_some())
    });
    match catch_unwind(open).unwrap_or(None) {
        Some(true) => Ok(Form::Parquet),
        Some(false) => Err(no_columns().in_file(file.name())),
        None => Err(damaged(0).in_file(file.name())),
    }
}

/// Returns the names of the columns that hold one value a row; the others are nameless.
fn names(schema: &Type) -> Vec<String> {
    let name = |field: &std::sync::Arc<Type>| {
        if field.is_primitive() { field.name().to_lowercase() } else { String::new() }
    };
    schema.get_fields().iter().map(name).collect()
}

/// Hands over the rows of a file with their numbers, from 1.
pub(super) fn each(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    settings: &Settings,
    each: Each<'_>,
) -> Result<(), Ended> {
    let bytes = Bytes::from(archive.bytes(file, LONGEST).map_err(Ended::Fault)?);
    let mut number = 0;
    // The library panics over some damaged files.
    let rows = AssertUnwindSafe(|| rows(bytes, settings, &mut number, each));
    match catch_unwind(rows).unwrap_or(Err(Broken::Damaged)) {
        Ok(()) => Ok(()),
        Err(Broken::Stopped(stop)) => Err(stop.into()),
        Err(Broken::Damaged) => Err(Ended::Fault(damaged(number + 1).in_file(file.name()))),
    }
}

/// Why the rows of a file end early.
enum Broken {
    Damaged,
    Stopped(Stop),
}

fn rows(bytes: Bytes, settings: &Settings, number: &mut u64, each: Each<'_>) -> Result<(), Broken> {
    let reader = SerializedFileReader::new(bytes).map_err(|_| Broken::Damaged)?;
    let schema = reader.metadata().file_metadata().schema();
    let fields = schema.get_fields();
    let places = settings.places(&names(schema)).ok_or(Broken::Damaged)?;
    let wanted: Vec<_> = (0..fields.len()).filter(|at| places.contains(&Some(*at))).collect();
    let zoned: Vec<bool> =
        wanted.iter().map(|at| fields.get(*at).is_none_or(|f| is_zoned(f))).collect();
    let columns = wanted.iter().filter_map(|at| fields.get(*at)).map(|field| (*field).clone());
    let projection = Type::group_type_builder(schema.name())
        .with_fields(columns.collect())
        .build()
        .map_err(|_| Broken::Damaged)?;
    // Where each column asked for stands among those that are unpacked.
    let places = places.map(|place| wanted.iter().position(|at| Some(*at) == place));
    for row in reader.get_row_iter(Some(projection)).map_err(|_| Broken::Damaged)? {
        let row = row.map_err(|_| Broken::Damaged)?;
        *number += 1;
        let texts = texts(&row, &zoned);
        let found: [&str; COLUMNS] =
            places.map(|place| place.and_then(|at| texts.get(at)).map_or("", |text| text.trim()));
        let is_odd = found.iter().any(|text| text.contains('\0'));
        each(*number, if is_odd { Row::Bad } else { Row::Fields(found) })
            .map_err(Broken::Stopped)?;
    }
    Ok(())
}

/// Whether a column's times, if it holds any, are of a known zone.
fn is_zoned(field: &Type) -> bool {
    match field.get_basic_info().logical_type_ref() {
        Some(LogicalType::Timestamp(stamp)) => stamp.is_adjusted_to_u_t_c,
        _ => true,
    }
}

fn texts(row: &Record, zoned: &[bool]) -> Vec<String> {
    let fields = row.get_column_iter().zip(zoned);
    fields.map(|((_, field), is_zoned)| text(field, *is_zoned)).collect()
}

/// Returns a value as the text it would be in CSV; empty for null and for what is none, such as a list.
fn text(field: &Field, is_zoned: bool) -> String {
    let stamp = |at: Result<Timestamp, jiff::Error>| {
        let Ok(at) = at else { return String::new() };
        let text = at.to_string();
        if is_zoned { text } else { text.trim_end_matches('Z').to_owned() }
    };
    match field {
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::TimestampMillis(ms) => stamp(Timestamp::from_millisecond(*ms)),
        Field::TimestampMicros(us) => stamp(Timestamp::from_microsecond(*us)),
        Field::Date(days) => day(*days).unwrap_or_default(),
        Field::Byte(number) => number.to_string(),
        Field::Short(number) => number.to_string(),
        Field::Int(number) => number.to_string(),
        Field::Long(number) => number.to_string(),
        Field::UByte(number) => number.to_string(),
        Field::UShort(number) => number.to_string(),
        Field::UInt(number) => number.to_string(),
        Field::ULong(number) => number.to_string(),
        Field::Float(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns the day that lies so many days after 1970-01-01.
fn day(days: i32) -> Option<String> {
    let epoch = Date::new(1970, 1, 1).ok()?;
    let day = epoch.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok()?;
    Some(day.to_string())
}

fn damaged(row: u64) -> Fault {
    Fault::new(
        "damaged",
        "From this row on the Parquet file is damaged and was not read. Write it again.",
        "Ab dieser Zeile ist die Parquet-Datei beschädigt und wurde nicht gelesen. Schreibe sie noch einmal.",
    )
    .at(row)
}

fn no_columns() -> Fault {
    Fault::new(
        "no-table",
        "The file has no columns that say who and whom, such as from and to, and was not read. Name them in from-column and to-column under [plugin.\"org.rin.table\"] in rin.toml.",
        "Die Datei hat keine Spalten, die sagen, wer und wen, etwa von und an, und wurde nicht gelesen. Nenne sie in from-column und to-column unter [plugin.\"org.rin.table\"] in rin.toml.",
    )
}

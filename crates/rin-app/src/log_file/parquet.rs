//! Rows of a Parquet file, by their columns' names.

use std::{
    fs::File,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use parquet::{
    errors::ParquetError,
    file::reader::{FileReader as _, SerializedFileReader},
    record::{Field, Row},
};
use rin_core::Moment;

use super::{Builder, LogFileError};

/// Reads every row; ids may be numbers or text, `t` seconds, milliseconds or a timestamp.
pub(super) fn read(path: &Path, builder: &mut Builder<'_>) -> Result<(), LogFileError> {
    let failed = |source| LogFileError::Read { path: path.to_owned(), source };
    let file = File::open(path).map_err(failed)?;
    // The library panics over some damaged files.
    let rows = AssertUnwindSafe(|| read_rows(path, file, builder));
    catch_unwind(rows).unwrap_or_else(|_| Err(failed(io::Error::other("it is damaged"))))
}

fn read_rows(path: &Path, file: File, builder: &mut Builder<'_>) -> Result<(), LogFileError> {
    let failed = |source| LogFileError::Read { path: path.to_owned(), source };
    let broken = |error: ParquetError| failed(io::Error::other(error));
    let reader = SerializedFileReader::new(file).map_err(broken)?;
    for (row, number) in reader.get_row_iter(None).map_err(broken)?.zip(1..) {
        take(&row.map_err(broken)?, number, builder)?;
    }
    Ok(())
}

fn take(row: &Row, number: u64, builder: &mut Builder<'_>) -> Result<(), LogFileError> {
    let field = |column: &'static str| {
        let mut columns = row.get_column_iter();
        let missing = || LogFileError::Column { path: builder.path.to_owned(), column };
        let found = columns.find(|(name, _)| name.eq_ignore_ascii_case(column));
        found.map(|(_, field)| field).ok_or_else(missing)
    };
    let (src, dst, t) = (word(field("src")?), word(field("dst")?), field("t")?);
    let kind = field("kind").map(word).unwrap_or_default();
    match t {
        Field::TimestampMillis(ms) => builder.take((&src, &dst), Moment::from_unix_ms(*ms), &kind),
        Field::TimestampMicros(us) => {
            builder.take((&src, &dst), Moment::from_unix_ms(us / 1_000), &kind)
        }
        other => builder.row(number, (&src, &dst), &word(other), &kind),
    }
}

/// Returns a value as the text it would be in CSV.
fn word(field: &Field) -> String {
    match field {
        Field::Str(text) => text.clone(),
        Field::Null => String::new(),
        other => other.to_string(),
    }
}

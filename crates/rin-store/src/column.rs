//! How a column becomes a value of the model: moments, kinds and ids out of one row.
//!
//! People may open the file with their own tools, so every value is checked on its way in; a wrong one makes the
//! store [damaged](crate::StoreError::Damaged), never a silent guess.

use rin_core::{AccountId, InteractionKind, Moment, TieEnd, TieKind, TieStart};
use rusqlite::{
    Connection, OptionalExtension, Row,
    types::{FromSql, Type},
};

/// Returns the error of a value that no version of the program writes.
pub(crate) fn damaged(what: impl Into<String>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Null, what.into().into())
}

pub(crate) fn account_id(row: &Row<'_>, column: usize) -> rusqlite::Result<AccountId> {
    Ok(AccountId::new(row.get(column)?))
}

pub(crate) fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Moment> {
    Ok(Moment::from_unix_ms(row.get(column)?))
}

pub(crate) fn moment_or_none(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Moment>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(Moment::from_unix_ms))
}

/// Returns the milliseconds of a moment that may be missing, as a column takes it.
pub(crate) fn ms(moment: Option<Moment>) -> Option<i64> {
    moment.map(Moment::unix_ms)
}

pub(crate) fn interaction_kind(row: &Row<'_>, column: usize) -> rusqlite::Result<InteractionKind> {
    let number: u8 = row.get(column)?;
    InteractionKind::from_number(number)
        .ok_or_else(|| damaged(format!("interaction kind {number} is unknown")))
}

pub(crate) fn tie_kind(row: &Row<'_>, column: usize) -> rusqlite::Result<TieKind> {
    let number: u8 = row.get(column)?;
    TieKind::from_number(number).ok_or_else(|| damaged(format!("tie kind {number} is unknown")))
}

/// Returns the number and the moment that stand for the start of a tie.
pub(crate) const fn start_columns(start: TieStart) -> (u8, i64) {
    match start {
        TieStart::Unknown => (0, 0),
        TieStart::AtOrBefore(at) => (1, at.unix_ms()),
        TieStart::Exact(at) => (2, at.unix_ms()),
    }
}

pub(crate) fn start(row: &Row<'_>, kind: usize, at: usize) -> rusqlite::Result<TieStart> {
    let at = moment(row, at)?;
    match row.get::<_, u8>(kind)? {
        0 => Ok(TieStart::Unknown),
        1 => Ok(TieStart::AtOrBefore(at)),
        2 => Ok(TieStart::Exact(at)),
        number => Err(damaged(format!("tie start {number} is unknown"))),
    }
}

/// Returns the number and the two moments (last seen, ended or missed) that stand for the end of a tie.
pub(crate) const fn end_columns(end: TieEnd) -> (u8, i64, i64) {
    match end {
        TieEnd::Open => (0, 0, 0),
        TieEnd::Exact(at) => (1, 0, at.unix_ms()),
        TieEnd::Between { after, by } => (2, after.unix_ms(), by.unix_ms()),
    }
}

pub(crate) fn end(row: &Row<'_>, kind: usize, after: usize, by: usize) -> rusqlite::Result<TieEnd> {
    match row.get::<_, u8>(kind)? {
        0 => Ok(TieEnd::Open),
        1 => Ok(TieEnd::Exact(moment(row, by)?)),
        2 => Ok(TieEnd::Between { after: moment(row, after)?, by: moment(row, by)? }),
        number => Err(damaged(format!("tie end {number} is unknown"))),
    }
}

/// Returns the first column of the first row of a query without parameters, if there is a row.
pub(crate) fn first<T: FromSql>(connection: &Connection, sql: &str) -> rusqlite::Result<Option<T>> {
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()
}

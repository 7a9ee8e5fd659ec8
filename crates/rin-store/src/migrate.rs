//! Brings a file of an earlier version to this one: steps that only add, all in one transaction.
//!
//! `user_version` in the file's header counts the steps taken. A step is never changed once released, because files
//! made by it exist; so a file of version 1 can be opened for ever.

use rusqlite::{Connection, TransactionBehavior};

use crate::schema;

/// The steps, each leading from the version of its position to the next.
pub(crate) const STEPS: &[&str] = &[
    schema::VERSION_1,
    schema::VERSION_2,
    schema::VERSION_3,
    schema::VERSION_4,
    schema::VERSION_5,
    schema::VERSION_6,
    schema::VERSION_7,
];

/// Returns the version this program writes.
pub(crate) fn known_version() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Takes the missing steps. An error leaves the file as it was.
pub(crate) fn migrate(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read under the lock: another rin may have migrated meanwhile.
    let taken = usize::try_from(version(&transaction)?).unwrap_or(usize::MAX);
    for (number, step) in steps.iter().enumerate().skip(taken) {
        tracing::info!(from = number, to = number + 1, "migrating the store");
        transaction.execute_batch(step)?;
        transaction.execute_batch(&format!("PRAGMA user_version = {}", number + 1))?;
    }
    transaction.execute_batch(&format!("PRAGMA application_id = {}", schema::APPLICATION_ID))?;
    schema::name_kinds(&transaction)?;
    transaction.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(connection: &Connection) -> Vec<String> {
        let mut names = connection.prepare("SELECT name FROM sqlite_schema ORDER BY name").unwrap();
        let rows = names.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_later_step_is_taken_once_and_keeps_what_is_there() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        connection.execute("INSERT INTO meta VALUES ('kept', 'yes')", []).unwrap();
        let steps = [STEPS, &["CREATE TABLE added (x INTEGER) STRICT"]].concat();
        migrate(&mut connection, &steps).unwrap();
        migrate(&mut connection, &steps).unwrap();
        assert_eq!(version(&connection), Ok(known_version() + 1));
        assert!(tables(&connection).contains(&"added".to_owned()));
        let kept: String =
            connection.query_row("SELECT value FROM meta", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "yes");
    }

    #[test]
    fn a_file_of_any_version_gets_what_came_later() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh, STEPS).unwrap();
        for taken in 1..STEPS.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            migrate(&mut connection, &STEPS[..taken]).unwrap();
            assert_ne!(tables(&connection), tables(&fresh), "version {taken}");
            migrate(&mut connection, STEPS).unwrap();
            assert_eq!(tables(&connection), tables(&fresh), "version {taken}");
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let before = tables(&connection);
        let half = "CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE meta (x)";
        let steps = [STEPS, &[half]].concat();
        assert!(migrate(&mut connection, &steps).is_err());
        assert_eq!(version(&connection), Ok(known_version()));
        assert_eq!(tables(&connection), before);
    }
}

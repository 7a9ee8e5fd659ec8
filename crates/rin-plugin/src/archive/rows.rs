//! A table of a source, row by row, by the names of its columns.

use super::Archive;
use crate::{ReadError, text::Table};

/// What tables are separated by, the most usual first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

impl Archive<'_> {
    /// Reads the table of that name row by row, whatever its encoding and its order of columns, and hands over the
    /// line and the fields of `columns`; a field that a row lacks is empty.
    ///
    /// Fields are separated by comma, semicolon or tab: by the first in whose header all columns are found. `max` is
    /// the longest file read, in bytes.
    ///
    /// # Errors
    /// As [`text`](Self::text); `no-column` if one is missing; whatever `each` returns.
    ///
    /// # Example
    /// ```
    /// use rin_plugin::{archive::{Archive, Limits}, testing::MemorySource};
    ///
    /// let source = MemorySource::new().with_file("visits.csv", b"Member;Day\nann;3\n\nben\n");
    /// let archive = Archive::open(&source, &Limits::default())?;
    /// let mut seen = Vec::new();
    /// archive.rows("visits.csv", 1024, ["day", "member"], |line, [day, member]| {
    ///     seen.push((line, day.to_owned(), member.to_owned()));
    ///     Ok(())
    /// })?;
    /// assert_eq!(seen, [(2, "3".into(), "ann".into()), (4, String::new(), "ben".into())]);
    /// # Ok::<(), rin_plugin::ReadError>(())
    /// ```
    pub fn rows<const N: usize>(
        &self,
        name: &str,
        max: usize,
        columns: [&str; N],
        mut each: impl FnMut(u64, [&str; N]) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let text = self.text(name, max)?;
        let open = |delimiter: u8| {
            let mut table = Table::new(&text, delimiter);
            table.columns(columns).map(|places| (table, places))
        };
        let [usual, others @ ..] = DELIMITERS;
        let opened = open(usual).or_else(|fault| {
            let other = others.into_iter().find_map(|delimiter| open(delimiter).ok());
            other.ok_or(fault)
        });
        let (table, places) = opened.map_err(|fault| fault.in_file(name))?;
        for row in table {
            each(row.line(), places.map(|place| row.get(place)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        archive::{Archive, Limits},
        testing::MemorySource,
    };

    #[track_caller]
    fn check(table: &str, expected: Result<&[[&str; 2]], &str>) {
        let source = MemorySource::new().with_file("t.csv", table.as_bytes());
        let archive = Archive::open(&source, &Limits::default()).unwrap();
        let mut seen = Vec::new();
        let read = archive.rows("t.csv", 1024, ["a", "b"], |_, fields| {
            seen.push(fields.map(str::to_owned));
            Ok(())
        });
        match (read, expected) {
            (Ok(()), Ok(rows)) => assert_eq!(seen, rows),
            (Err(error), Err(begins)) => assert!(error.to_string().starts_with(begins), "{error}"),
            (read, _) => panic!("{read:?}"),
        }
    }

    #[test]
    fn columns_are_found_by_name_whatever_parts_them() {
        check("a,b\n1,2\n", Ok(&[["1", "2"]]));
        check("b\tx\ta\n2\t\t1\n", Ok(&[["1", "2"]]));
        check("A;B\n1,5;2\n", Ok(&[["1,5", "2"]]));
        check("a;c\n1;2\n", Err("t.csv: The column a is missing."));
        check("a,c\n1,2\n", Err("t.csv: The column b is missing."));
        check("", Err("t.csv: The column a is missing."));
    }
}

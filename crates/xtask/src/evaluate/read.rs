//! Reads a data set: gzipped lines of source, destination, seconds and kind under a heading.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use flate2::read::MultiGzDecoder;
use rin_core::{AccountId, History, Interaction, InteractionKind, Moment};
use xtask::build::at;

/// Reads a file.
///
/// The protocol counts rows, while a history takes exact doubles for one and the same interaction: each further one is
/// put a millisecond later. The kind tells nothing a forecast looks at.
pub(crate) fn read(path: &Path) -> Result<History, String> {
    let file = File::open(path).map_err(|error| at(path, &error))?;
    let mut seen: HashMap<(u32, u32, i64), i64> = HashMap::new();
    let mut log = Vec::new();
    for (number, line) in (1..).zip(BufReader::new(MultiGzDecoder::new(file)).lines()) {
        let line = line.map_err(|error| at(path, &error))?;
        let Some((from, to, ms)) = row(&line) else {
            if number == 1 || line.trim().is_empty() {
                continue;
            }
            return Err(format!("{}: line {number} is no row: {line}", path.display()));
        };
        let doubles = seen.entry((from, to, ms)).or_default();
        log.push(Interaction {
            at: Moment::from_unix_ms(ms + *doubles),
            from: AccountId::new(from),
            to: AccountId::new(to),
            kind: InteractionKind::Message,
        });
        *doubles += 1;
    }
    Ok(History::new(log))
}

fn row(line: &str) -> Option<(u32, u32, i64)> {
    let mut cells = line.split(',').map(str::trim);
    let (from, to) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let seconds: f64 = cells.next()?.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of a date")]
    let ms = (seconds * 1_000.0).round() as i64;
    Some((from, to, ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_three_numbers_and_whatever_follows() {
        assert_eq!(row("7,9,86400,sms"), Some((7, 9, 86_400_000)));
        assert_eq!(row("7,9,1.5"), Some((7, 9, 1_500)));
        assert_eq!(row("src,dst,t,kind"), None);
    }
}

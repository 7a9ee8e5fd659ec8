//! What a zip holds, read from its directory at the end.
//!
//! The library's own index keeps one file of each name and all entries in memory; its walk over the directory keeps
//! neither, so that doubles are seen and a directory of any length costs the names only.

use std::io::{Read, Seek, SeekFrom};

use rin_abi::Source;
use rin_core::{Day, Moment, Severity};
use zip::{
    CompressionMethod, DateTime,
    read::{Config, ZipFileEntry},
    unstable::read::ZipIterable,
};

use super::{Fault, FileReader, Limits, file::Body, listing::Container, reader, span::Span};

const LOCAL_HEADER: usize = 30;
const FILE_TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

/// Lists the zip that is file `entry` of the source.
pub(super) fn list(
    source: &dyn Source,
    entry: usize,
    size: u64,
    container: &mut Container<'_>,
) -> Result<(), Fault> {
    let span = Span::new(source, entry, 0, size);
    let mut zip = ZipIterable::try_new(span, Config::default()).map_err(|_| no_directory(size))?;
    for found in zip.files().map_err(|_| no_directory(size))? {
        let Ok(found) = found else {
            return Err(Fault::new(
                "damaged",
                "The list of files in the zip is damaged and was read only up to the damage. Download the archive again.",
                "Das Dateiverzeichnis im Zip-Archiv ist beschädigt und nur bis zum Schaden lesbar. Lade das Archiv neu herunter.",
            ));
        };
        if !found.is_dir() && !take(&found, entry, container) {
            break;
        }
    }
    Ok(())
}

/// Takes one entry of the directory or says why not; `false` if no more are wanted.
fn take(found: &ZipFileEntry<'_>, entry: usize, container: &mut Container<'_>) -> bool {
    let Some(path) = container.path(found.name_raw()) else { return true };
    let kind = found.unix_mode().unwrap_or(0) & FILE_TYPE;
    if found.is_symlink() || (kind != 0 && kind != REGULAR) {
        container.refuse_special(&path);
        return true;
    }
    if found.encrypted() {
        container.refuse(&path, Severity::Error, Fault::new(
            "encrypted",
            "The archive is locked with a password. Unpack it with the password and import the folder.",
            "Das Archiv ist mit einem Passwort gesperrt. Entpacke es mit dem Passwort und importiere den Ordner.",
        ));
        return true;
    }
    let is_deflated = match found.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        _ => {
            container.refuse(&path, Severity::Error, Fault::new(
                "unknown-packing",
                "The archive is packed in a way that is not known here. Unpack it and import the folder.",
                "Das Archiv ist auf eine hier unbekannte Art gepackt. Entpacke es und importiere den Ordner.",
            ));
            return true;
        }
    };
    let body = Body::Zipped {
        entry,
        header: found.header_start(),
        packed: found.compressed_size(),
        crc: found.crc32(),
        is_deflated,
    };
    container.add(path, found.size(), found.last_modified().and_then(moment), body)
}

/// Opens a file of a zip: finds its bytes behind its own header, whose length the directory does not tell.
pub(super) fn open<'s>(
    source: &'s dyn Source,
    source_size: u64,
    body: &Body,
    size: u64,
    limits: &Limits,
) -> Result<FileReader<'s>, Fault> {
    let Body::Zipped { entry, header, packed, crc, is_deflated } = *body else {
        return Err(reader::truncated(0));
    };
    let mut span = Span::new(source, entry, 0, source_size);
    let mut local = [0_u8; LOCAL_HEADER];
    span.seek(SeekFrom::Start(header))
        .and_then(|_| span.read_exact(&mut local))
        .map_err(|error| reader::located(&error, 0))?;
    let [b'P', b'K', 3, 4, .., n0, n1, x0, x1] = local else {
        return Err(Fault::new(
            "damaged",
            "The archive is damaged: no file begins where one should. Download it again.",
            "Das Archiv ist beschädigt: Wo eine Datei beginnen sollte, ist keine. Lade es neu herunter.",
        ));
    };
    let names = u64::from(u16::from_le_bytes([n0, n1])) + u64::from(u16::from_le_bytes([x0, x1]));
    let start = header.saturating_add(LOCAL_HEADER as u64 + names).min(source_size);
    let end = start.saturating_add(packed).min(source_size);
    let span = Span::new(source, entry, start, end);
    Ok(if is_deflated {
        FileReader::deflated(span, size, crc, limits)
    } else {
        FileReader::stored(span, size, Some(crc), limits)
    })
}

fn no_directory(size: u64) -> Fault {
    Fault::new(
        "truncated",
        "The zip archive lacks its end: the download is not complete. Download it again.",
        "Dem Zip-Archiv fehlt das Ende: Der Download ist unvollständig. Lade es neu herunter.",
    )
    .at(size)
}

/// Returns the moment of a zip's wall clock, read as UTC; `None` if it is no date.
fn moment(clock: DateTime) -> Option<Moment> {
    if !clock.is_valid() {
        return None;
    }
    // Days since 1970 by the civil calendar, with the year beginning in March so that leap days come last.
    let (year, month) = (i32::from(clock.year()), i32::from(clock.month()));
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let day_of_year = (153 * month + 2) / 5 + i32::from(clock.day()) - 1;
    let days = 365 * year + year / 4 - year / 100 + year / 400 + day_of_year - 719_468;
    let seconds =
        i64::from(clock.hour()) * 3600 + i64::from(clock.minute()) * 60 + i64::from(clock.second());
    let start = Day::from_number(days).start().unix_ms();
    Some(Moment::from_unix_ms(start + seconds * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_of_a_zip_is_read_as_utc() {
        let at = |y, mo, d, h, mi, s| {
            let clock = DateTime::from_date_and_time(y, mo, d, h, mi, s).unwrap();
            moment(clock).unwrap().unix_ms()
        };
        assert_eq!(at(1980, 1, 1, 0, 0, 0), 315_532_800_000);
        assert_eq!(at(2000, 2, 29, 12, 0, 0), 951_825_600_000);
        assert_eq!(at(2023, 7, 20, 18, 27, 2), 1_689_877_622_000);
        assert_eq!(at(2100, 3, 1, 0, 0, 0), 4_107_542_400_000);
    }
}

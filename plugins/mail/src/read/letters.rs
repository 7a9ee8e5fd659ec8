//! What letters come to: a message from whoever wrote it to whom it was for.
//!
//! A letter to few is a contact with each of them. A copy, a circular and what a program or a list sends is none: it is
//! counted and told, and nobody is thought to wait for an answer to it.

use std::{
    collections::{BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, BufReader},
};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault},
    prelude::{AccountFlags, InteractionKind, InteractionRecord, ReadError, Record},
};

use super::{
    Desk,
    folder::{self, Folder},
    letter::{Letter, Letterbox, Named},
    owner::{Hints, Owner},
    split::Letters,
};

/// A letter to more people is a circular, by our custom.
const CIRCULAR: usize = 20;
/// Letters remembered to tell a second copy; the store knows those beyond it.
const REMEMBERED: usize = 2_000_000;
const BUFFER: usize = 256 << 10;

/// The letters of files that were gone through from end to end, so that they are not read twice.
#[derive(Default)]
pub(super) struct Kept {
    /// By the number of the file, since two may have one name.
    files: HashMap<u64, Vec<(u64, Met)>>,
    /// Bytes of memory that may still be taken.
    room: usize,
}

/// What stands at a place of a mailbox.
enum Met {
    Letter(Letter),
    /// A letter whose header the end of the file cuts off.
    Cut,
    Bad,
}

impl Met {
    fn of<R: BufRead>(letters: &Letters<R>, letter: Option<Letter>) -> Self {
        match letter {
            _ if letters.is_cut => Self::Cut,
            Some(letter) => Self::Letter(letter),
            None => Self::Bad,
        }
    }

    fn bytes(&self) -> usize {
        if let Self::Letter(letter) = self { letter.bytes() } else { size_of::<Self>() }
    }
}

/// Goes through all letters to tell whose they are, and keeps what `most` bytes of memory hold.
pub(super) fn owner(
    archive: &Archive<'_>,
    mail: &[&ArchiveFile],
    letterbox: &Letterbox,
    said: &[String],
    most: usize,
) -> (Owner, Kept) {
    let (mut hints, mut kept) = (Hints::default(), Kept { room: most, ..Kept::default() });
    for (number, file) in (0..).zip(mail).filter(|_| said.is_empty()) {
        hint(archive, (number, file), letterbox, (&mut hints, &mut kept));
    }
    (hints.owner(said), kept)
}

/// Goes through one file; what of it cannot be read is told when its letters are taken.
fn hint(
    archive: &Archive<'_>,
    (number, file): (u64, &ArchiveFile),
    letterbox: &Letterbox,
    (hints, kept): (&mut Hints, &mut Kept),
) {
    let Ok(reader) = archive.open_file(file) else { return };
    let of_file = folder::of_path(file.name());
    let mut letters = Letters::new(BufReader::with_capacity(BUFFER, reader));
    let mut met = Vec::new();
    loop {
        match letters.advance() {
            Ok(true) => {}
            Ok(false) if 0 < kept.room => {
                kept.files.insert(number, met);
                return;
            }
            _ => return,
        }
        let letter = letterbox.read(&letters.head, &letters.mark);
        if let Some(letter) = &letter {
            hints.add(letter, letter.folder.or(of_file));
        }
        if 0 < kept.room {
            let one = Met::of(&letters, letter);
            kept.room = kept.room.saturating_sub(one.bytes());
            met.push((letters.place, one));
        } else {
            met = Vec::new();
        }
    }
}

impl Desk<'_> {
    /// Takes the letters of a file; `false` if some could not be read.
    pub(super) fn letters(
        &mut self,
        archive: &Archive<'_>,
        (number, file): (u64, &ArchiveFile),
        letterbox: &Letterbox,
        kept: &mut Kept,
    ) -> Result<bool, ReadError> {
        let name = file.name();
        let of_file = folder::of_path(name);
        let mut is_whole = true;
        if let Some(met) = kept.files.remove(&number) {
            for (place, met) in met {
                is_whole &= self.met(met, of_file, (name, place))?;
            }
            return Ok(is_whole);
        }
        let reader = match archive.open_file(file) {
            Ok(reader) => reader,
            Err(error) => {
                self.findings.add_error(&error);
                return Ok(false);
            }
        };
        let mut letters = Letters::new(BufReader::with_capacity(BUFFER, reader));
        loop {
            match letters.advance() {
                Ok(true) => {}
                Ok(false) => return Ok(is_whole),
                Err(error) => {
                    let error = Fault::from_io(&error, letters.place).in_file(name);
                    self.findings.add_error(&error);
                    return Ok(false);
                }
            }
            let letter = letterbox.read(&letters.head, &letters.mark);
            let met = Met::of(&letters, letter);
            is_whole &= self.met(met, of_file, (name, letters.place))?;
        }
    }

    /// Takes what stands at a place; `false` if it could not be read.
    fn met(
        &mut self,
        met: Met,
        of_file: Option<Folder>,
        (file, place): (&str, u64),
    ) -> Result<bool, ReadError> {
        match met {
            Met::Letter(letter) => {
                self.letter(&letter, letter.folder.or(of_file), (file, place))?;
            }
            Met::Bad => self.note("bad-letter", file, place),
            Met::Cut => {
                self.note("cut-letter", file, place);
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn letter(
        &mut self,
        letter: &Letter,
        folder: Option<Folder>,
        (file, place): (&str, u64),
    ) -> Result<(), ReadError> {
        match folder {
            Some(Folder::Draft) => self.note("draft", file, place),
            Some(Folder::Spam) => self.note("spam", file, place),
            _ => match (&letter.from, letter.at) {
                (None, _) => self.note("no-sender", file, place),
                (_, None) => self.note("no-date", file, place),
                (Some(from), Some(_)) => {
                    if letter.is_dated_by_mark {
                        self.note("odd-date", file, place);
                    }
                    let told = if self.owner.is(&from.address) {
                        self.send(letter, from)?
                    } else {
                        self.receive(letter, from)?
                    };
                    if let Some(code) = told {
                        self.note(code, file, place);
                    }
                }
            },
        }
        Ok(())
    }

    /// Takes a letter the owner wrote; returns why it is none to anybody.
    fn send(&mut self, letter: &Letter, from: &Named) -> Result<Option<&'static str>, ReadError> {
        self.sent += 1;
        self.people.name(&self.owner.id, &from.name, letter.at);
        let mut met = BTreeSet::new();
        let others: Vec<&Named> = letter
            .to
            .iter()
            .filter(|to| !self.owner.is(&to.address) && met.insert(to.address.as_str()))
            .collect();
        if letter.is_automatic {
            return Ok(Some("automatic"));
        }
        if CIRCULAR < others.len() {
            return Ok(Some("circular"));
        }
        let is_list = |to: &&&Named| letter.lists.contains(&to.address);
        let people: Vec<&&Named> = others.iter().filter(|to| !is_list(to)).collect();
        for list in others.iter().filter(is_list) {
            self.people.flag(&list.address, AccountFlags::ORGANISATION);
        }
        if people.is_empty() {
            return Ok(Some(if others.is_empty() { "to-nobody" } else { "to-list" }));
        }
        if !self.is_first(letter, &from.address) {
            return Ok(Some("second-copy"));
        }
        for to in people {
            self.people.name(&to.address, &to.name, letter.at);
            let own = self.owner.id.clone();
            self.message(letter, &own, &to.address)?;
        }
        Ok(None)
    }

    /// Takes a letter somebody wrote; returns why it is none to the owner.
    fn receive(
        &mut self,
        letter: &Letter,
        from: &Named,
    ) -> Result<Option<&'static str>, ReadError> {
        self.received += 1;
        let is_own = |all: &[Named]| all.iter().any(|one| self.owner.is(&one.address));
        let is_direct = is_own(&letter.to);
        if letter.is_automatic {
            return Ok(Some("automatic"));
        }
        if letter.lists.contains(&from.address) || (letter.is_of_list && !is_direct) {
            return Ok(Some("list"));
        }
        if CIRCULAR < letter.to.len() {
            return Ok(Some("circular"));
        }
        if !is_direct && is_own(&letter.cc) {
            return Ok(Some("copy"));
        }
        if !self.is_first(letter, &from.address) {
            return Ok(Some("second-copy"));
        }
        self.people.name(&from.address, &from.name, letter.at);
        let own = self.owner.id.clone();
        self.message(letter, &from.address, &own)?;
        Ok(None)
    }

    /// Whether no copy of the letter was taken yet, by its own id.
    fn is_first(&mut self, letter: &Letter, from: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        (&letter.id, from).hash(&mut hasher);
        if letter.id.is_empty() {
            letter.at.map(rin_plugin::prelude::Moment::unix_ms).hash(&mut hasher);
        }
        let number = hasher.finish();
        if REMEMBERED <= self.taken.len() {
            return !self.taken.contains(&number);
        }
        self.taken.insert(number)
    }

    fn message(&mut self, letter: &Letter, from: &str, to: &str) -> Result<(), ReadError> {
        let Some(at) = letter.at else { return Ok(()) };
        self.seen.add(at);
        // A letter without an id of its own is known by its sender and its second.
        let id = match letter.id.as_str() {
            "" => format!("{from}/{}/{to}", at.unix_ms()),
            id => format!("{id}/{to}"),
        };
        let kind = InteractionKind::Message;
        let record = InteractionRecord { id: &id, at, from, to, kind, labels: "" };
        self.sink.record(Record::Interaction(record))?;
        Ok(())
    }
}

//! Who stands in a row: the same few fields again and again, so each different set of them is kept and looked into once.

use rin_plugin::text::{Row, Words};

use crate::read::sheet::field;

/// Fields of a head.
const FIELDS: usize = 7;

/// Where the fields of a head stand in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) conversation: Option<usize>,
    pub(super) from: Option<usize>,
    pub(super) sender: Option<usize>,
    pub(super) to: Option<usize>,
    pub(super) recipients: Option<usize>,
    pub(super) direction: Option<usize>,
    pub(super) folder: Option<usize>,
}

/// The fields of a row that say who wrote to whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head<'h> {
    pub(super) conversation: &'h str,
    pub(super) from: &'h str,
    /// The address of the sender's profile.
    pub(super) sender: &'h str,
    pub(super) to: &'h str,
    /// The addresses of the recipients' profiles.
    pub(super) recipients: &'h str,
    pub(super) direction: &'h str,
    pub(super) folder: &'h str,
}

impl<'h> Head<'h> {
    pub(super) fn of(row: &'h Row, columns: Columns) -> Self {
        Self {
            conversation: field(row, columns.conversation),
            from: field(row, columns.from),
            sender: field(row, columns.sender),
            to: field(row, columns.to),
            recipients: field(row, columns.recipients),
            direction: field(row, columns.direction),
            folder: field(row, columns.folder),
        }
    }

    const fn fields(&self) -> [&'h str; FIELDS] {
        let Self { conversation, from, sender, to, recipients, direction, folder } = *self;
        [conversation, from, sender, to, recipients, direction, folder]
    }
}

/// Heads, each once, by number.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// The fields of each head, end to end.
    all: Words,
    /// Where the fields of each end.
    ends: Vec<[usize; FIELDS]>,
    text: String,
}

impl Heads {
    /// Returns the number of a head, and whether it is new.
    pub(super) fn add(&mut self, head: &Head<'_>) -> (usize, bool) {
        self.text.clear();
        let ends = head.fields().map(|field| {
            self.text.push_str(field);
            self.text.len()
        });
        loop {
            let number = self.all.add(&self.text);
            match self.ends.get(number) {
                Some(known) if *known == ends => return (number, false),
                // Other fields that come to the same end to end.
                Some(_) => self.text.push(' '),
                None => {
                    self.ends.push(ends);
                    return (number, true);
                }
            }
        }
    }

    pub(super) fn get(&self, number: usize) -> Head<'_> {
        let (text, mut start) = (self.all.get(number), 0);
        let ends = self.ends.get(number).copied().unwrap_or_default();
        let [conversation, from, sender, to, recipients, direction, folder] = ends.map(|end| {
            let field = text.get(start..end).unwrap_or_default();
            start = end;
            field
        });
        Head { conversation, from, sender, to, recipients, direction, folder }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_told_apart_by_their_fields_and_not_by_their_letters() {
        let head = |from, to| Head {
            conversation: "c",
            from,
            sender: "",
            to,
            recipients: "",
            direction: "",
            folder: "INBOX",
        };
        let mut heads = Heads::default();
        assert_eq!(heads.add(&head("Ann", "Ben")), (0, true));
        assert_eq!(heads.add(&head("Ann", "Ben")), (0, false));
        assert_eq!(heads.add(&head("An", "nBen")), (1, true));
        assert_eq!(heads.add(&head("AnnBen", "")), (2, true));
        assert_eq!(heads.add(&head("An", "nBen")), (1, false));
        assert_eq!(heads.ends.len(), 3);
        let head = heads.get(1);
        assert_eq!(
            (head.conversation, head.from, head.to, head.folder),
            ("c", "An", "nBen", "INBOX")
        );
    }
}

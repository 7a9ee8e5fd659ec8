//! What the cards of address books come to: contacts of the owner, and where they belong.
//!
//! A card is known by its address. An address that several people's cards have, a family's or an office's, joins
//! nobody: each card then goes by what is its own.

use std::collections::{BTreeMap, BTreeSet};

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{
        AccountFlags, FactKind, Moment, ReadError, Record, Stop, TieEnd, TieKind, TieRecord,
        TieStart,
    },
};

use super::{
    Desk,
    card::{self, About, Card},
};

/// Bytes of a book: cards with pictures are long.
const LONGEST: usize = 96 << 20;
/// Cards taken.
const MOST: usize = 200_000;

/// Who has a word, an address or a card's own id, by folded name.
type Bearers = BTreeMap<String, BTreeSet<String>>;

impl Desk<'_> {
    /// Takes the cards of all books; returns when the last of them was changed.
    pub(super) fn contacts(
        &mut self,
        archive: &Archive<'_>,
        books: &[&ArchiveFile],
    ) -> Result<Option<Moment>, ReadError> {
        let mut cards: Vec<(&str, Card)> = Vec::new();
        for file in books {
            let made = file.modified().filter(|at| file.is_archived() && *at <= self.now);
            match archive.text_of(file, LONGEST) {
                Ok(text) => self.cards(file.name(), &text, made, &mut cards),
                Err(error) => self.findings.add_error(&error),
            }
        }
        let bearers = bearers(&cards);
        for (file, card) in &cards {
            self.card(file, card, &bearers)?;
        }
        Ok(cards.iter().filter_map(|(_, card)| card.changed).max())
    }

    fn cards<'f>(
        &mut self,
        file: &'f str,
        text: &str,
        made: Option<Moment>,
        cards: &mut Vec<(&'f str, Card)>,
    ) {
        for piece in card::pieces(text) {
            let read = if piece.is_cut { None } else { card::read(piece, self.now) };
            match read {
                _ if piece.is_cut => self.note("cut-card", file, piece.place),
                None => self.note("bad-card", file, piece.place),
                Some(_) if MOST <= cards.len() => self.note("too-many-cards", file, piece.place),
                Some(card) if card.about == About::Else => {
                    self.note("group-card", file, piece.place);
                }
                Some(card) => {
                    let changed = card.changed.or(made);
                    cards.push((file, Card { changed, ..card }));
                }
            }
        }
    }

    fn card(&mut self, file: &str, card: &Card, bearers: &Bearers) -> Result<(), Stop> {
        if card.addresses.iter().any(|address| self.owner.is(address)) {
            self.people.name(&self.owner.id, &card.name, card.changed);
            self.note("own-card", file, card.place);
            return Ok(());
        }
        let is_alone = |word: &String| bearers.get(word).is_none_or(|names| names.len() < 2);
        let uid = Some(format!("card:{}", card.uid)).filter(|_| !card.uid.is_empty());
        let own: Vec<String> = card
            .addresses
            .iter()
            .chain(uid.iter())
            .filter(|word| is_alone(word))
            .cloned()
            .collect();
        if card.addresses.iter().any(|address| !is_alone(address)) {
            self.note("shared-address", file, card.place);
        }
        let phone =
            card.phones.first().map(|phone| format!("tel:{phone}")).filter(|word| is_alone(word));
        let name = Some(fold(&card.name)).filter(|name| !name.is_empty());
        let by_name = || name.map(|name| format!("name:{name}"));
        let Some(id) = own.first().cloned().or(phone).or_else(by_name) else {
            self.note("empty-card", file, card.place);
            return Ok(());
        };
        self.people.name(&id, &card.name, card.changed);
        for alias in &own {
            self.people.alias(&id, alias);
        }
        let flag = match card.about {
            About::Organisation => AccountFlags::ORGANISATION,
            _ => AccountFlags::PERSON,
        };
        self.people.flag(&id, flag);
        for page in &card.pages {
            self.people.fact(&id, FactKind::Vouched, page);
        }
        let of_person =
            [(FactKind::Organisation, &card.organisation), (FactKind::Role, &card.role)];
        for (kind, text) in of_person.into_iter().filter(|_| card.about == About::Person) {
            self.people.fact(&id, kind, text);
        }
        self.people.fact(&id, FactKind::Place, &card.town);
        let stood = card.changed.unwrap_or(self.now);
        let owner = self.owner.id.clone();
        self.tie((&owner, &id), TieKind::Contact, stood, &card.category)?;
        self.belong(card, &id, stood)?;
        self.count(file, card);
        Ok(())
    }

    /// Reports where a person belongs and to whom they are related.
    fn belong(&mut self, card: &Card, id: &str, stood: Moment) -> Result<(), Stop> {
        let organisation = fold(&card.organisation);
        if card.about == About::Person && !organisation.is_empty() {
            let to = format!("organisation:{organisation}");
            self.people.name(&to, &card.organisation, card.changed);
            self.people.flag(&to, AccountFlags::ORGANISATION);
            self.tie((id, &to), TieKind::Member, stood, "")?;
        }
        for (to, kind) in card.related.iter().filter(|(to, _)| to != id) {
            self.tie((id, to), TieKind::Contact, stood, kind)?;
        }
        Ok(())
    }

    /// Counts what a card holds and no record can carry.
    fn count(&mut self, file: &str, card: &Card) {
        if 0 < card.profiles {
            self.findings.add(super::say::counted("profiles", file, card.profiles));
        }
        if 0 < card.loose_relations {
            self.findings.add(super::say::counted("relations", file, card.loose_relations));
        }
    }

    fn tie(
        &mut self,
        (from, to): (&str, &str),
        kind: TieKind,
        stood: Moment,
        label: &str,
    ) -> Result<(), Stop> {
        let (start, end) = (TieStart::AtOrBefore(stood), TieEnd::Open);
        self.sink.record(Record::Tie(TieRecord { from, to, kind, start, end, label }))
    }
}

/// Returns which names each address, number and id of a card stands under.
fn bearers(cards: &[(&str, Card)]) -> Bearers {
    let mut found = Bearers::new();
    for (_, card) in cards {
        let phones = card.phones.iter().map(|phone| format!("tel:{phone}"));
        let uid = Some(format!("card:{}", card.uid)).filter(|_| !card.uid.is_empty());
        for word in card.addresses.iter().cloned().chain(phones).chain(uid) {
            found.entry(word).or_default().insert(fold(&card.name));
        }
    }
    found
}

/// Returns a name as it is compared.
fn fold(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

//! Who is there: parties, accounts, what is between us, and the user's words for them.

use rin_core::{AccountFlags, AccountId, Assessment, Moment, PartyId};

use super::{Cell, RowWriter, Source, kind, utc};
use crate::{
    SessionError,
    people::{CONTACT, Relationship, THEY_FOLLOW, WE_FOLLOW, clean, handle_of},
};

pub(super) const PARTIES: &[&str] =
    &["party", "name", "kind", "own", "accounts", "platforms", "tags", "campaign"];

pub(super) const ACCOUNTS: &[&str] = &[
    "account",
    "party",
    "platform",
    "id",
    "handle",
    "name",
    "own",
    "bot",
    "organisation",
    "person",
    "gone",
    "last_active",
    "seen",
    "other_ids",
];

pub(super) const RELATIONSHIPS: &[&str] = &[
    "party",
    "name",
    "platforms",
    "tags",
    "campaign",
    "as_of",
    "level",
    "alive",
    "alive_low",
    "alive_high",
    "alive_after",
    "lapse",
    "lapse_low",
    "lapse_high",
    "expected",
    "expected_low",
    "expected_high",
    "strength",
    "first",
    "last",
    "silence_days",
    "contact_days",
    "sent",
    "received",
    "reciprocity",
    "rhythm_days",
    "momentum",
    "open_since",
    "awaited_since",
    "unanswered",
    "we_follow",
    "they_follow",
    "in_contacts",
];

pub(super) const TAGS: &[&str] = &["party", "name", "tag", "since", "weight"];

impl Source<'_> {
    pub(super) fn parties(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        let (tags, origins) = (self.tags_of()?, self.origins()?);
        for (&party, accounts) in &self.by_party {
            let is_own = accounts.iter().any(|account| self.people.own.contains(account));
            rows.row(&[
                Cell::count(party.get()),
                Cell::Text(self.name(party)),
                Cell::maybe(kind(self.people, accounts)),
                Cell::Flag(is_own),
                Cell::size(accounts.len()),
                Cell::list(&self.platforms(accounts)),
                Cell::list(tags.get(&party).map_or(&[][..], Vec::as_slice)),
                Cell::maybe(origins.campaign_of(party)),
            ]);
        }
        Ok(())
    }

    pub(super) fn accounts(&self, rows: &mut RowWriter<'_>) {
        for known in self.people.accounts.values() {
            let account = &known.account;
            let aliases: Vec<String> = known.aliases.iter().map(|alias| clean(alias)).collect();
            let flag = |flag| Cell::Flag(known.flags.contains(flag));
            rows.row(&[
                Cell::count(known.id.get()),
                Cell::count(account.party.get()),
                Cell::text(&account.key.platform),
                Cell::Text(clean(&account.key.id)),
                Cell::maybe(handle_of(known).as_deref()),
                Cell::maybe(account.name.as_deref().map(clean).as_deref()),
                Cell::Flag(known.is_own),
                flag(AccountFlags::BOT),
                flag(AccountFlags::ORGANISATION),
                flag(AccountFlags::PERSON),
                flag(AccountFlags::GONE),
                known.last_active.map_or(Cell::Missing, utc),
                known.seen.map_or(Cell::Missing, utc),
                Cell::list(&aliases),
            ]);
        }
    }

    /// Writes a row for everybody with whom there was a contact or stands a tie; without a contact no figure is known.
    pub(super) fn relationships(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        let (tags, origins) = (self.tags_of()?, self.origins()?);
        let model = self.session.model(self.reader, self.people)?;
        for (&party, one) in &self.people.relationships {
            let seen = self.people.assess(party, one, self.request.now, &model);
            let accounts: Vec<AccountId> = one.contacts.iter().map(|it| it.account).collect();
            let accounts = [accounts, one.flags.keys().copied().collect()].concat();
            let mut row = vec![
                Cell::count(party.get()),
                Cell::Text(self.name(party)),
                Cell::list(&self.platforms(&accounts)),
                Cell::list(tags.get(&party).map_or(&[][..], Vec::as_slice)),
                Cell::maybe(origins.campaign_of(party)),
            ];
            row.extend(self.figures(seen.as_ref()));
            row.extend([WE_FOLLOW, THEY_FOLLOW, CONTACT].map(|flag| self.flag(party, one, flag)));
            rows.row(&row);
        }
        Ok(())
    }

    fn figures(&self, seen: Option<&Assessment>) -> Vec<Cell> {
        let Some(seen) = seen else {
            return vec![Cell::Missing; RELATIONSHIPS.len() - 8];
        };
        let (date, number) = (|moment: Moment| self.date(moment), Cell::Number);
        let maybe_date = |moment: Option<Moment>| moment.map_or(Cell::Missing, date);
        let maybe = |value: Option<f64>| value.map_or(Cell::Missing, Cell::Number);
        let count = |value: Option<u32>| value.map_or(Cell::Missing, Cell::count);
        vec![
            date(seen.as_of),
            Cell::text(seen.level.name()),
            number(seen.alive),
            number(seen.alive_range.low),
            number(seen.alive_range.high),
            number(seen.alive_after),
            date(seen.lapse),
            date(seen.lapse_range.0),
            date(seen.lapse_range.1),
            number(seen.expected),
            number(seen.expected_range.low),
            number(seen.expected_range.high),
            number(seen.strength),
            date(seen.first),
            date(seen.last),
            number(seen.silence_days),
            Cell::count(seen.contact_days),
            Cell::count(seen.sent),
            count(seen.received),
            maybe(seen.reciprocity),
            maybe(seen.rhythm_days),
            maybe(seen.momentum.map(|pace| pace.ratio)),
            maybe_date(seen.open_since),
            maybe_date(seen.awaited_since),
            count(seen.unanswered),
        ]
    }

    /// Says whether a tie of that kind stands; not known where none does and no list of ours would show it.
    fn flag(&self, party: PartyId, one: &Relationship, flag: u32) -> Cell {
        if one.flags.values().any(|flags| flags & flag != 0) {
            return Cell::Flag(true);
        }
        let theirs = self.platforms(self.accounts_of(party));
        let ours = self.people.own.iter().filter(|own| {
            let known = self.people.accounts.get(own);
            known.is_some_and(|known| theirs.contains(&known.account.key.platform.as_str()))
        });
        let is_listed = ours.map(|own| self.people.coverage_of(*own)).any(|seen| {
            let lists = if flag == THEY_FOLLOW { seen.ties_to } else { seen.ties_held };
            !lists.is_empty()
        });
        if is_listed { Cell::Flag(false) } else { Cell::Missing }
    }

    pub(super) fn tags(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        for tag in self.reader.tags()? {
            let weight = self.session.config.importance.weight_of(&tag.tag);
            rows.row(&[
                Cell::count(tag.party.get()),
                Cell::Text(self.name(tag.party)),
                Cell::text(&tag.tag),
                self.date(tag.since),
                weight.map_or(Cell::Missing, Cell::Number),
            ]);
        }
        Ok(())
    }
}

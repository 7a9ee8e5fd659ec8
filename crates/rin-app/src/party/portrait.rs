//! One party on one page: how it stands, how it went, where it is, and the user's own words about it.
//!
//! Everybody has to be read before anybody can be found and assessed, so that it is done once for all of that.

use rin_core::{Moment, PartyId};
use serde::Serialize;

use super::{PartyCourseView, PartyView};
use crate::{
    KnownPersonView, Lang, NoteRow, Session, SessionError,
    decide::name,
    people::{People, clean, handle_of, name_of},
};

/// Everything known of one party and said about it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartyPortraitView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// How it stands.
    pub party: PartyView,
    /// How it went and is expected to go on.
    pub course: PartyCourseView,
    /// Where they are, and where to look at them.
    pub places: Vec<AccountPlaceView>,
    /// The user's words for them.
    pub tags: Vec<String>,
    /// The user's notes about them, the latest first.
    pub notes: Vec<NoteRow>,
    /// What is known of who they are; `None` in disguise, which it would break.
    pub identity: Option<KnownPersonView>,
}

/// One account of a party.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AccountPlaceView {
    /// What names it in a command: its platform and its native id there.
    pub account: String,
    /// Where.
    pub platform: String,
    /// How it is called there.
    pub name: String,
    /// What to type to reach it, if known.
    pub handle: Option<String>,
    /// Its address, if its plugin says.
    pub link: Option<String>,
}

impl Session {
    /// Shows everything known of one party and said about it: by number, handle, or a part of its name.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be read.
    pub fn portrait(
        &self,
        query: &str,
        now: Moment,
        lang: Lang,
    ) -> Result<PartyPortraitView, SessionError> {
        let sought = self.sought(query, now)?;
        let (reader, people, party) = (&sought.reader, &sought.people, sought.party);
        let places = people.accounts_of(party).map(|known| {
            let key = &known.account.key;
            let (handle, id) = (known.account.handle.as_deref(), &key.id);
            AccountPlaceView {
                account: format!("{}:{id}", key.platform),
                platform: key.platform.clone(),
                name: name_of(known),
                handle: handle_of(known).or_else(|| Some(clean(id))),
                link: self.plugins.profile(&key.platform, id, handle),
            }
        });
        let tags = reader.tags()?.into_iter().filter(|tag| tag.party == party);
        let identity = if self.is_disguised() {
            None
        } else {
            Some(self.identity_of(reader, people, party, lang)?)
        };
        Ok(PartyPortraitView {
            schema: "rin.portrait/1",
            places: places.collect(),
            tags: tags.map(|tag| tag.tag).collect(),
            notes: self.notes_about(reader, people, party)?,
            identity,
            course: self.course_view(&sought),
            party: self.party_view(&sought, now, lang),
        })
    }

    /// Returns the names of parties by their numbers; what is nobody's is left out.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn names(&self, parties: &[u32]) -> Result<Vec<(u32, String)>, SessionError> {
        let people = People::read(&self.store.read()?)?;
        let is_there = |number: &u32| people.accounts_of(PartyId::new(*number)).next().is_some();
        let named = |number: &u32| (*number, name(&people, PartyId::new(*number)));
        Ok(parties.iter().filter(|number| is_there(number)).map(named).collect())
    }
}

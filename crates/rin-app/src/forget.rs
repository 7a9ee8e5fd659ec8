//! Erases somebody: first shows what will go, then takes it, then looks whether anything of it is left in the folder.
//!
//! Asking twice is the face's part; here are a look ([`Session::forget_preview`]) and a deed ([`Session::forget`]) with the same view. Figures
//! are computed from whoever is there, so all of them agree afterwards: campaigns, cohorts and back-tests count the erased in
//! none of their numbers, of the past neither, and the forecast learns anew without them.

mod search;

use rin_core::{Moment, PartyId, Text};
use rin_store::{Called, Comeback};
use serde::Serialize;

use self::search::places;
use crate::{
    Lang, Session, SessionError,
    decide::name,
    party::find,
    people::{People, clean, handle_of},
};

/// Whom to erase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ForgetRequest<'a> {
    /// Their number, handle, or a part of their name.
    pub who: &'a str,
    /// The moment it is said.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// What goes, or is gone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ForgetView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The party's number; it means nobody once they are erased.
    pub party: u32,
    /// Who; the last time that this is said.
    pub name: String,
    /// Their accounts: platform, handle or native id.
    pub accounts: Vec<(String, String)>,
    /// What there is of them: rows by table, those without any left out.
    pub rows: Vec<(String, u64)>,
    /// Whether it is done, rather than only looked at.
    pub is_done: bool,
    /// What will be done or was done, as sentences.
    pub said: Vec<String>,
    /// Where in the folder one of their names, handles or ids still stands, as sentences; empty before and, mostly, after.
    pub remains: Vec<String>,
}

/// Whom to let come back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LiftRequest<'a> {
    /// A handle, native id, mail address or page of theirs, as they were when they were erased.
    pub who: &'a str,
    /// The language of sentences.
    pub lang: Lang,
}

/// Who may come back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LiftView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// How many marks were taken away, of ids, handles and addresses.
    pub marks: u64,
    /// What was done, as sentences.
    pub said: Vec<String>,
}

/// Why somebody cannot be erased, or let come back.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ForgetError {
    /// It is an account of ours.
    #[error("{name} is you")]
    Own {
        /// Who.
        name: String,
    },
    /// Nobody who was erased is known by that.
    #[error("nobody who was erased is known by `{who}`")]
    NotBarred {
        /// By what.
        who: String,
    },
}

impl ForgetError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Own { .. } => (
                "Say first that the account is not yours: rin own remove HANDLE. To erase everything, delete the folder.",
                "Erst sagen, dass das Konto nicht deins ist: rin own remove HANDLE. Um alles zu löschen, den Ordner löschen.",
            ),
            Self::NotBarred { .. } => (
                "Names are not kept. Type the handle, id, mail address or page they had: rin forget --lift HANDLE",
                "Namen sind nicht aufgehoben. Gib den Handle, die Kennung, Mailadresse oder Seite von damals ein: rin forget --lift HANDLE",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

impl Session {
    /// Says what erasing somebody would take; changes nothing.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, it is ourselves, or the store cannot be read.
    pub fn forget_preview(&self, request: &ForgetRequest<'_>) -> Result<ForgetView, SessionError> {
        let (view, _, _) = self.whom(request)?;
        Ok(view)
    }

    /// Erases somebody for good, keeps them from coming back with an import, and learns the forecast anew.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, it is ourselves, or the store cannot be written; nothing is erased then.
    pub fn forget(&mut self, request: &ForgetRequest<'_>) -> Result<ForgetView, SessionError> {
        let lang = request.lang;
        let (mut view, party, called) = self.whom(request)?;
        let erased = self.store.forget(&[party], Comeback::Barred)?;
        self.calibrate(request.now, lang)?;
        view.is_done = true;
        view.rows = erased.rows.iter().map(|(table, n)| ((*table).to_owned(), *n)).collect();
        view.said = vec![
            lang.pick("Erased for good.", "Endgültig gelöscht.").to_owned(),
            lang.pick(
                "What is left is a keyed hash of ids, handles and addresses, so that a later import leaves them out.",
                "Übrig ist ein Hash der Kennungen, Handles und Adressen mit geheimem Schlüssel, damit ein späterer Import sie auslässt.",
            )
            .to_owned(),
            lang.pick(
                "All figures, of the past too, are computed without them from now on.",
                "Alle Zahlen, auch die von früher, werden von nun an ohne sie berechnet.",
            )
            .to_owned(),
        ];
        if 0 < erased.plans {
            view.said.push(
                lang.pick(
                    "Plans in which they stood are gone as well: make one anew with rin week."
                        .to_owned(),
                    "Pläne, in denen sie standen, sind mit gelöscht: einen neuen macht rin week."
                        .to_owned(),
                ),
            );
        }
        if !erased.is_rewritten {
            view.said.push(lang.pick(
                "Another rin is reading: the last bytes are overwritten when Rin is opened next.".to_owned(),
                "Ein anderes rin liest gerade: die letzten Bytes werden beim nächsten Öffnen überschrieben.".to_owned(),
            ));
        }
        view.remains = places(&self.dir, &called.all(), lang);
        Ok(view)
    }

    /// Lets somebody who was erased come back with a later import.
    ///
    /// # Errors
    /// [`SessionError`] if nobody who was erased is known by that, or the store cannot be written.
    pub fn lift_forgotten(&mut self, request: &LiftRequest<'_>) -> Result<LiftView, SessionError> {
        self.undisguised()?;
        let lang = request.lang;
        let lifted = self.store.lift(&[request.who])?;
        if lifted.marks == 0 {
            return Err(ForgetError::NotBarred { who: clean(request.who) }.into());
        }
        let said = vec![
            lang.pick(
                "They may come back: what the next import says of them is taken.",
                "Sie dürfen zurückkommen: Was der nächste Import von ihnen sagt, wird übernommen.",
            )
            .to_owned(),
            lang.pick(
                "What was erased stays so until an export that holds it is imported again.",
                "Was gelöscht wurde, bleibt es, bis ein Export, der es enthält, wieder importiert wird.",
            )
            .to_owned(),
        ];
        Ok(LiftView { schema: "rin.forget.lift/1", marks: lifted.marks, said })
    }

    fn whom(
        &self,
        request: &ForgetRequest<'_>,
    ) -> Result<(ForgetView, PartyId, Called), SessionError> {
        self.undisguised()?;
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let party = find(&people, request.who)?;
        let name = name(&people, party);
        if people.accounts_of(party).any(|known| known.is_own) {
            return Err(ForgetError::Own { name }.into());
        }
        let accounts = people.accounts_of(party).map(|known| {
            let account = &known.account;
            let handle = handle_of(known).unwrap_or_else(|| clean(&account.key.id));
            (account.key.platform.clone(), handle)
        });
        let about = reader.about(party)?;
        let rows = about.iter().map(|one| (one.table.to_owned(), one.rows.len() as u64));
        let view = ForgetView {
            schema: "rin.forget/1",
            party: party.get(),
            name,
            accounts: accounts.collect(),
            rows: rows.collect(),
            is_done: false,
            said: vec![request.lang.pick(
                "All of this would be erased for good, the plans in which they stand too; it cannot be taken back.".to_owned(),
                "All das würde endgültig gelöscht, auch die Pläne, in denen sie stehen; zurücknehmen lässt es sich nicht.".to_owned(),
            )],
            remains: Vec::new(),
        };
        Ok((view, party, reader.called(party)?))
    }
}

//! How the network stands: how many relationships are alive, what the sources show and what they cannot.

use rin_core::{Coverage, ForecastModel, Level, Moment};
use serde::Serialize;

use crate::{
    Lang, Session, SessionError,
    people::{People, handle_of, name_of},
    time::iso_date,
};

/// How the network stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StatusView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The folder.
    pub dir: String,
    /// The moment asked about, ISO 8601.
    pub now: String,
    /// Until when the sources see; figures are as of then.
    pub covered_until: Option<String>,
    /// Our accounts.
    pub own: Vec<OwnView>,
    /// Parties, ours not among them.
    pub parties: u64,
    /// Interactions in the log, those among others too.
    pub interactions: u64,
    /// Relationships by level.
    pub levels: LevelsView,
    /// The imported sources.
    pub sources: Vec<SourceView>,
}

/// Our accounts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OwnListView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The accounts: ours and the team's.
    pub own: Vec<OwnView>,
}

/// One account of ours and what its sources show.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct OwnView {
    /// Where.
    pub platform: String,
    /// How it is called.
    pub name: String,
    /// Its handle, if known.
    pub handle: Option<String>,
    /// What is covered, as a sentence.
    pub covered: String,
    /// What is not, as a sentence; empty if nothing is missing.
    pub missing: String,
}

/// Relationships by level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct LevelsView {
    /// Likely to go on by themselves.
    pub alive: u64,
    /// Expected to lapse within four weeks.
    pub fading: u64,
    /// Unlikely to go on by themselves.
    pub lapsed: u64,
    /// A tie, but no contact that any source shows.
    pub no_contact: u64,
}

/// One imported source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SourceView {
    /// Where it comes from.
    pub platform: String,
    /// How it was called.
    pub name: String,
    /// When it was imported, ISO 8601.
    pub imported: String,
    /// The moment of the export, ISO 8601, if it says so.
    pub until: Option<String>,
    /// How many findings are kept about it.
    pub findings: u64,
}

impl Session {
    /// Says how the network stands at `now`.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn status(&self, now: Moment, lang: Lang) -> Result<StatusView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, now)?;
        let model = self.model(&reader, &people)?;
        let counts = reader.counts()?;
        let date = |moment| iso_date(moment, &self.zone);
        let sources = reader.sources()?.into_iter().map(|source| SourceView {
            platform: source.platform,
            name: source.name,
            imported: date(source.imported_at),
            until: source.until.map(date),
            findings: source.findings,
        });
        Ok(StatusView {
            schema: "rin.status/1",
            dir: self.shown_dir(),
            now: date(now),
            covered_until: people.covered_until(now).map(date),
            own: own(&people, lang),
            parties: others(&people),
            interactions: counts.interactions,
            levels: levels(&people, now, &model),
            sources: sources.collect(),
        })
    }
}

impl Session {
    /// Lists our accounts, which are left out of every figure about others, and what is seen of each.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn own_accounts(&self, lang: Lang) -> Result<OwnListView, SessionError> {
        let people = People::read(&self.store.read()?)?;
        Ok(OwnListView { schema: "rin.own/1", own: own(&people, lang) })
    }
}

fn own(people: &People, lang: Lang) -> Vec<OwnView> {
    let ours = people.own.iter().filter_map(|id| people.accounts.get(id));
    ours.map(|known| {
        let platform = known.account.platform;
        let (covered, missing) = coverage_sentence(&people.coverage_of(known.id), lang);
        OwnView {
            platform: people.platform(platform).to_owned(),
            name: name_of(known),
            handle: handle_of(known),
            covered,
            missing,
        }
    })
    .collect()
}

/// Says what is covered and what is not.
pub(crate) fn coverage_sentence(coverage: &Coverage, lang: Lang) -> (String, String) {
    let parts = [
        (!coverage.sent.is_empty(), lang.pick("what you wrote", "was du schriebst")),
        (
            coverage.sees_received(),
            lang.pick("what others wrote to you", "was andere dir schrieben"),
        ),
        (!coverage.ties_held.is_empty(), lang.pick("whom you follow", "wem du folgst")),
        (!coverage.ties_to.is_empty(), lang.pick("who follows you", "wer dir folgt")),
    ];
    let join = |is_covered: bool| {
        let words: Vec<_> =
            parts.iter().filter(|(is, _)| *is == is_covered).map(|(_, word)| *word).collect();
        words.join(", ")
    };
    (join(true), join(false))
}

fn others(people: &People) -> u64 {
    let ours: std::collections::BTreeSet<_> =
        people.own.iter().filter_map(|id| people.party_of(*id)).collect();
    let all: std::collections::BTreeSet<_> =
        people.accounts.values().map(|known| known.account.party).collect();
    all.difference(&ours).count() as u64
}

fn levels(people: &People, now: Moment, model: &ForecastModel) -> LevelsView {
    let mut levels = LevelsView::default();
    for (party, relationship) in &people.relationships {
        let level = people.assess(*party, relationship, now, model).map(|seen| seen.level);
        *match level {
            Some(Level::Alive) => &mut levels.alive,
            Some(Level::Fading) => &mut levels.fading,
            Some(Level::Lapsed) => &mut levels.lapsed,
            None => &mut levels.no_contact,
        } += 1;
    }
    levels
}

//! Whom one account hands over to another, what has to happen first, and the list that goes along.

use rin_core::{
    AccountId, ForecastModel, HandedTie, HandoverTie, Moment, PartyId, Readiness, SuccessorContact,
    hand_over,
};
use serde::Serialize;

use super::{Bundle, ExitError, standing};
use crate::{
    Lang, MatchView, OnlyView, Session, SessionError, party,
    people::{People, handle_of, name_of},
    time::iso_date,
};

/// Silent for longer, in days, nothing is left that could be handed over.
const DORMANT_DAYS: f64 = 365.0;

/// Who hands over to whom.
#[derive(Clone, PartialEq, Debug)]
pub struct HandoverRequest {
    /// The account of ours that leaves: handle, native id or a part of its name.
    pub from: String,
    /// The account of ours that takes over.
    pub to: String,
    /// Where an encrypted list goes, if one is wanted.
    pub bundle: Option<Bundle>,
    /// The moment it is asked.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A handover judged.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HandoverView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Who leaves.
    pub from: String,
    /// Who takes over.
    pub to: String,
    /// The day it is judged for, ISO 8601.
    pub day: String,
    /// Share of what is alive with the leaver that can be handed over as things stand; `null` if nothing is.
    pub sound_share: Option<f64>,
    /// Whether handing over is sound as a whole: nobody waits for an answer, and most of what is alive can go over;
    /// `null` if no source shows whether anybody waits.
    pub is_sound: Option<bool>,
    /// Relationships of which no source shows whether they wait for an answer.
    pub not_covered: usize,
    /// The relationships, what is owed first, then by what they are worth.
    pub ties: Vec<HandoverRow>,
    /// Silent for more than a year, so not listed.
    pub dormant: usize,
    /// The encrypted list, if one was written.
    pub bundle: Option<String>,
    /// What it comes to, in sentences.
    pub told: Vec<String>,
    /// What a filter has taken out of the relationships; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<OnlyView>,
}

impl HandoverView {
    /// Returns it with those relationships alone that match; what it comes to is of all of them, and so is an encrypted list.
    #[must_use]
    pub fn only(mut self, matching: &MatchView) -> Self {
        let n_all = self.ties.len();
        self.ties.retain(|row| matching.contains(row.party));
        self.only = Some(matching.only(n_all - self.ties.len()));
        self
    }
}

/// One relationship to be handed over.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct HandoverRow {
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// What to type to reach them, if known and not the name already.
    pub handle: Option<String>,
    /// `answer-first`, `ready`, `introduce`, `held`, `lapsed`.
    pub readiness: &'static str,
    /// Probability of being alive by contact with the leaver.
    pub alive: f64,
    /// Days since the leaver's last contact.
    pub silence_days: f64,
    /// Since when they wait for the leaver's answer, ISO 8601.
    pub open_since: Option<String>,
    /// The successor's own contact; `null` if there was none.
    pub successor: Option<SuccessorView>,
    /// Who introduces whom, if somebody has to.
    pub introduction: Option<String>,
    /// What has to happen first, and the figures behind it, in a sentence.
    pub why: String,
}

/// The successor's own contact: all they start with.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SuccessorView {
    /// Probability of being alive by it alone.
    pub alive: f64,
    /// Days since the last.
    pub silence_days: f64,
    /// Days with contact.
    pub contact_days: u32,
    /// Whether both wrote; `null` if what they receive is not covered.
    pub is_mutual: Option<bool>,
}

impl Session {
    /// Judges a handover from one account of ours to another, and writes the encrypted list if one is wanted.
    ///
    /// # Errors
    /// [`SessionError`] if an account is none of ours, the store cannot be read or the list cannot be written.
    pub fn exit_handover(&self, request: &HandoverRequest) -> Result<HandoverView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let (from, to) = (own(&people, &request.from)?, own(&people, &request.to)?);
        if from == to {
            return Err(ExitError::SameAccount { name: account_name(&people, from) }.into());
        }
        let model = self.model(&reader, &people)?;
        let held = standing::held(&reader, &people)?;
        let (mut ties, mut dormant, mut not_covered) = (Vec::new(), 0, 0);
        for ((_, party), with_leaver) in
            held.range((from, PartyId::new(0))..=(from, PartyId::new(u32::MAX)))
        {
            let Some(seen) = with_leaver.assess(request.now, &model) else { continue };
            // An answer owed for longer than a year is not awaited any more.
            let since_then = |since: &Moment| request.now.days_since(*since);
            let open_since = people.still_open(*party, seen.open_since, request.now);
            let open_since = open_since.filter(|since| since_then(since) <= DORMANT_DAYS);
            if DORMANT_DAYS < seen.silence_days && open_since.is_none() {
                dormant += 1;
                continue;
            }
            let successor =
                held.get(&(to, *party)).and_then(|held| successor(held, request.now, &model));
            not_covered += usize::from(seen.received.is_none());
            ties.push(HandoverTie {
                party: *party,
                importance: 1.0,
                alive: seen.alive,
                silence_days: seen.silence_days,
                open_since,
                successor,
            });
        }
        let names = Names { from: account_name(&people, from), to: account_name(&people, to) };
        let judged = hand_over(&ties, model.threshold);
        let view = self.handover_view(request, &people, &names, (&judged, not_covered));
        let view = HandoverView { dormant, ..view };
        let Some(bundle) = &request.bundle else { return Ok(view) };
        let view = HandoverView { bundle: Some(bundle.path.display().to_string()), ..view };
        let json = serde_json::to_string_pretty(&view)
            .map_err(|error| ExitError::Encrypt { source: error.into() })?;
        bundle.write(&json, &markdown(&view, request.lang))?;
        Ok(view)
    }

    fn handover_view(
        &self,
        request: &HandoverRequest,
        people: &People,
        names: &Names,
        (judged, not_covered): (&[HandedTie], usize),
    ) -> HandoverView {
        let alive: f64 = judged.iter().map(|one| one.tie.alive).sum();
        let sound: f64 =
            judged.iter().filter(|one| one.readiness.is_sound()).map(|one| one.tie.alive).sum();
        let owed = judged.iter().filter(|one| one.readiness == Readiness::AnswerFirst).count();
        let sound_share = (0.0 < alive).then(|| sound / alive);
        HandoverView {
            schema: "rin.handover/1",
            from: names.from.clone(),
            to: names.to.clone(),
            day: iso_date(request.now, &self.zone),
            sound_share,
            is_sound: (0 < owed || not_covered == 0)
                .then(|| owed == 0 && sound_share.is_some_and(|share| 0.5 <= share)),
            not_covered,
            ties: judged.iter().map(|one| self.handover_row(request, people, names, one)).collect(),
            dormant: 0,
            bundle: None,
            told: told(judged, (sound_share, not_covered), names, request.lang),
            only: None,
        }
    }

    fn handover_row(
        &self,
        request: &HandoverRequest,
        people: &People,
        names: &Names,
        one: &HandedTie,
    ) -> HandoverRow {
        let name = crate::decide::name(people, one.tie.party);
        let handle = people.accounts_of(one.tie.party).find_map(handle_of);
        let handle = handle.filter(|handle| *handle != name);
        let lang = request.lang;
        let Names { from, to } = names;
        let introduction = (one.readiness == Readiness::Introduce).then(|| {
            lang.pick(
                format!("{from} introduces {to} to {name}."),
                format!("{from} stellt {name} {to} vor."),
            )
        });
        let open_since = one.tie.open_since.map(|since| iso_date(since, &self.zone));
        HandoverRow {
            party: one.tie.party.get(),
            name,
            handle,
            readiness: one.readiness.name(),
            alive: one.tie.alive,
            silence_days: one.tie.silence_days,
            why: why(one, open_since.as_deref(), lang),
            open_since,
            successor: one.tie.successor.map(|own| SuccessorView {
                alive: own.alive,
                silence_days: own.silence_days,
                contact_days: own.contact_days,
                is_mutual: one.is_mutual,
            }),
            introduction,
        }
    }
}

/// Who leaves and who takes over.
struct Names {
    from: String,
    to: String,
}

fn own(people: &People, query: &str) -> Result<AccountId, SessionError> {
    if people.own.is_empty() {
        return Err(ExitError::NoOwn.into());
    }
    let found = party::find_account(people, query);
    if let Ok(known) = &found
        && people.own.contains(&known.id)
    {
        return Ok(known.id);
    }
    // A name that fits several people may still fit one account of ours only.
    let wanted = query.trim_start_matches('@').to_lowercase();
    let is_it = |own: &&AccountId| account_name(people, **own).to_lowercase() == wanted;
    let mut ours = people.own.iter().filter(is_it);
    if let (Some(one), None) = (ours.next(), ours.next()) {
        return Ok(*one);
    }
    let known = people.own.iter().map(|own| account_name(people, *own)).collect();
    Err(ExitError::NotOwn { query: crate::people::clean(query), known }.into())
}

fn account_name(people: &People, account: AccountId) -> String {
    let known = people.accounts.get(&account);
    known.map_or_else(|| "?".to_owned(), |known| handle_of(known).unwrap_or_else(|| name_of(known)))
}

fn successor(
    held: &standing::Held,
    now: Moment,
    model: &ForecastModel,
) -> Option<SuccessorContact> {
    let seen = held.assess(now, model)?;
    Some(SuccessorContact {
        alive: seen.alive,
        silence_days: seen.silence_days,
        contact_days: seen.contact_days,
        received: seen.received,
        sent: seen.sent,
    })
}

fn told(
    judged: &[HandedTie],
    (share, not_covered): (Option<f64>, usize),
    names: &Names,
    lang: Lang,
) -> Vec<String> {
    let count = |readiness| judged.iter().filter(|one| one.readiness == readiness).count();
    let (owed, ready, introduce) =
        (count(Readiness::AnswerFirst), count(Readiness::Ready), count(Readiness::Introduce));
    let (held, lapsed) = (count(Readiness::Held), count(Readiness::Lapsed));
    let Some(share) = share.map(Lang::percent) else {
        return vec![lang.pick(
            format!("{} has nobody to hand over.", names.from),
            format!("{} hat niemanden zu übergeben.", names.from),
        )];
    };
    let sums = lang.pick(
        format!("{ready} can be handed over now, {introduce} after an introduction; {owed} wait for an answer first, {held} are alive with {} already, {lapsed} have lapsed.", names.to),
        format!("{ready} lassen sich jetzt übergeben, {introduce} nach einer Vorstellung; {owed} warten erst auf eine Antwort, {held} leben schon bei {}, {lapsed} sind verfallen.", names.to),
    );
    let verdict = if 0 < owed {
        lang.pick("Not sound yet: whoever leaves while others wait for an answer leaves them to somebody they did not ask.", "Noch nicht ratsam: wer geht, während andere auf Antwort warten, überlässt sie jemandem, den sie nicht gefragt haben.")
    } else if 0 < not_covered {
        lang.pick(
            "Look through the inbox first: whether somebody waits for an answer no source shows.",
            "Erst das Postfach durchsehen: ob jemand auf Antwort wartet, zeigt keine Quelle.",
        )
    } else {
        lang.pick("Nobody waits for an answer.", "Niemand wartet auf eine Antwort.")
    };
    let inherited = lang.pick(
        format!("{share} of what is alive can go over. Nothing is inherited: {} starts with their own contact.", names.to),
        format!("{share} des Lebendigen kann übergehen. Geerbt wird nichts: {} beginnt mit dem eigenen Kontakt.", names.to),
    );
    vec![sums, verdict.to_owned(), inherited]
}

fn why(one: &HandedTie, open_since: Option<&str>, lang: Lang) -> String {
    let alive = Lang::chance(one.tie.alive);
    let contact = one.tie.successor.map_or_else(
        || lang.pick("no contact with the successor", "kein Kontakt mit der Nachfolge").to_owned(),
        |own| {
            let mutual = match one.is_mutual {
                Some(true) => lang.pick("both ways", "in beide Richtungen"),
                Some(false) => lang.pick("one way only", "nur in eine Richtung"),
                None => lang.pick("the other way not covered", "Gegenrichtung nicht abgedeckt"),
            };
            lang.pick(
                format!(
                    "successor in touch on {} days, last {:.0} days ago, {mutual}",
                    own.contact_days, own.silence_days
                ),
                format!(
                    "Nachfolge an {} Tagen in Kontakt, zuletzt vor {:.0} Tagen, {mutual}",
                    own.contact_days, own.silence_days
                ),
            )
        },
    );
    let first = match one.readiness {
        Readiness::AnswerFirst => {
            let since = open_since.map_or_else(String::new, |since| lang.shown(since));
            lang.pick(
                format!("Answer first: waiting since {since}"),
                format!("Erst antworten: wartet seit {since}"),
            )
        }
        Readiness::Ready => lang.pick("Hand over", "Übergeben").to_owned(),
        Readiness::Introduce => lang.pick("Introduce first", "Erst vorstellen").to_owned(),
        Readiness::Held => lang
            .pick("Nothing to do, the successor has it", "Nichts zu tun, die Nachfolge hat es")
            .to_owned(),
        Readiness::Lapsed => lang
            .pick(
                "Nothing to hand over until revived",
                "Nichts zu übergeben, ehe es wieder auflebt",
            )
            .to_owned(),
    };
    lang.pick(
        format!("{first}; {alive} alive, silent for {:.0} days; {contact}.", one.tie.silence_days),
        format!(
            "{first}; zu {alive} lebendig, seit {:.0} Tagen still; {contact}.",
            one.tie.silence_days
        ),
    )
}

fn markdown(view: &HandoverView, lang: Lang) -> String {
    let (from, to) = (&view.from, &view.to);
    let title = lang
        .pick(format!("# Handover from {from} to {to}"), format!("# Übergabe von {from} an {to}"));
    let mut lines = vec![title, String::new(), lang.shown(&view.day), String::new()];
    lines.extend(view.told.iter().map(|sentence| format!("{sentence}\n")));
    for row in &view.ties {
        let handle = row
            .handle
            .as_deref()
            .map_or_else(String::new, |handle| format!(" ({})", plain(handle)));
        lines.push(format!("- [ ] **{}**{handle}: {}", plain(&row.name), plain(&row.why)));
        lines.extend(row.introduction.as_deref().map(|text| format!("  {}", plain(text))));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Returns a text of which Markdown takes nothing for its own.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if "*_`[]<>#|\\".contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name_in_markdown() {
        assert_eq!(plain("lea_*brandt* <b>"), r"lea\_\*brandt\* \<b\>");
    }
}

//! What speaks for one human on two platforms, in words.

use rin_core::{Evidence, EvidenceKind, FactKind, SamePerson};
use rin_store::{IdentityWord, SaidBy};

use super::PeopleEvidenceView;
use crate::{Lang, people::clean};

/// Says one piece of evidence.
pub(super) fn evidence(evidence: &Evidence, lang: Lang) -> PeopleEvidenceView {
    let (kind, en, de) = told(evidence.kind);
    let shared = clean(&evidence.shared);
    let said = lang.pick(en, de).to_owned();
    let said = if shared.is_empty() { said } else { format!("{said}: {shared}") };
    PeopleEvidenceView { kind, bits: evidence.bits, said }
}

/// Returns the name and the words of a kind of evidence.
fn told(kind: EvidenceKind) -> (&'static str, &'static str, &'static str) {
    use EvidenceKind as Kind;
    match kind {
        Kind::Vouched => (
            "vouched",
            "your card lists both, or the platform checked it",
            "deine Karte nennt beide, oder die Plattform hat es geprüft",
        ),
        Kind::MutualLink => {
            ("mutual-link", "each profile names the other", "jedes Profil nennt das andere")
        }
        Kind::Link => ("link", "one profile names the other", "ein Profil nennt das andere"),
        Kind::CommonLink => ("common-link", "both name one page", "beide nennen eine Seite"),
        Kind::Mail => ("mail", "the same mail address", "dieselbe Mailadresse"),
        Kind::Name => ("name", "the same name", "derselbe Name"),
        Kind::Nickname => (
            "nickname",
            "a short form of the given name, the same family name",
            "Kurzform des Vornamens, derselbe Nachname",
        ),
        Kind::Initial => (
            "initial",
            "the same initial and family name",
            "derselbe Anfangsbuchstabe und Nachname",
        ),
        Kind::GivenName => (
            "given-name",
            "the name shown is a part of the other",
            "der gezeigte Name ist ein Teil des anderen",
        ),
        Kind::Handle => ("handle", "the same handle", "derselbe Nutzername"),
        Kind::SimilarHandle => {
            ("similar-handle", "nearly the same handle", "fast derselbe Nutzername")
        }
        Kind::HandleOfName => (
            "handle-of-name",
            "a handle made of the other's name",
            "ein Nutzername aus dem Namen des anderen",
        ),
        Kind::Organisation => ("organisation", "the same organisation", "dieselbe Organisation"),
        Kind::Place => ("place", "the same place", "derselbe Ort"),
        Kind::Mutuals => {
            ("mutuals", "people in contact with both", "Leute, die mit beiden Kontakt haben")
        }
        _ => against(kind),
    }
}

/// Returns the name and the words of what speaks against it.
fn against(kind: EvidenceKind) -> (&'static str, &'static str, &'static str) {
    use EvidenceKind as Kind;
    match kind {
        Kind::Colleagues => (
            "colleagues",
            "two addresses at one organisation",
            "zwei Adressen bei einer Organisation",
        ),
        Kind::OtherPage => (
            "other-page",
            "a card names another account there",
            "eine Karte nennt dort ein anderes Konto",
        ),
        Kind::OtherName => ("other-name", "other names", "andere Namen"),
        Kind::OtherHandle => ("other-handle", "other handles", "andere Nutzernamen"),
        Kind::OtherOrganisation => {
            ("other-organisation", "other organisations", "andere Organisationen")
        }
        Kind::OtherPlace => ("other-place", "other places", "andere Orte"),
        Kind::SamePlatform => {
            ("same-platform", "two accounts on one platform", "zwei Konten auf einer Plattform")
        }
        Kind::Program => {
            ("program", "one of both is a program", "eines von beiden ist ein Programm")
        }
        _ => ("other", "something else", "etwas anderes"),
    }
}

/// Returns why a rule joined a pair, as it is kept: the kind and what both have in common.
pub(super) fn reason(pair: &SamePerson) -> String {
    let proof = |evidence: &&Evidence| {
        matches!(evidence.kind, EvidenceKind::Vouched | EvidenceKind::MutualLink)
    };
    let proof = pair.evidence.iter().find(proof);
    proof.map(|it| format!("{} {}", told(it.kind).0, it.shared)).unwrap_or_default()
}

/// Says a word on two accounts.
pub(super) fn word(word: &IdentityWord, [a, b]: [&str; 2], day: &str, lang: Lang) -> String {
    let by = if word.by == SaidBy::Rule {
        lang.pick("by rule", "nach Regel")
    } else {
        lang.pick("by you", "von dir")
    };
    let what = if word.is_same {
        lang.pick(format!("{a} and {b} are one"), format!("{a} und {b} sind eins"))
    } else {
        lang.pick(format!("{a} and {b} are two"), format!("{a} und {b} sind zwei"))
    };
    let why = clean(&word.why);
    let why = if why.is_empty() { why } else { format!(": {why}") };
    format!("{what} ({by}, {day}{why})")
}

/// Names a kind of fact.
pub(super) fn label(kind: FactKind, lang: Lang) -> &'static str {
    match kind {
        FactKind::Page => lang.pick("page", "Seite"),
        FactKind::Link => lang.pick("names", "nennt"),
        FactKind::Vouched => lang.pick("card or check", "Karte oder Prüfung"),
        FactKind::Mail => lang.pick("mail", "Mail"),
        FactKind::Organisation => lang.pick("organisation", "Organisation"),
        FactKind::Role => lang.pick("as", "als"),
        FactKind::Place => lang.pick("place", "Ort"),
        _ => "",
    }
}

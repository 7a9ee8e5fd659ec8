//! What a person should know about an export, in their language: one entry for each thing that can be found.

use std::collections::BTreeMap;

use rin_plugin::prelude::{Finding, Record, RecordSink, Severity, Stop};

/// One thing that can be found. `{n}` in its sentences is how often, `{x}` what it is about.
#[derive(Debug)]
pub(super) struct Issue {
    severity: Severity,
    code: &'static str,
    en: &'static str,
    de: &'static str,
}

macro_rules! issues {
    ($($name:ident = $severity:ident $code:literal $en:literal $de:literal;)*) => {
        $(pub(super) static $name: Issue =
            Issue { severity: Severity::$severity, code: $code, en: $en, de: $de };)*

        /// All of them.
        #[cfg(test)]
        pub(super) static ALL: &[&Issue] = &[$(&$name),*];
    };
}

issues! {
    MISMATCH = Error "hash-mismatch"
        "Blocks that do not match their checksum and were left out: {n}. Download the export again."
        "Blöcke, die nicht zu ihrer Prüfsumme passen und ausgelassen wurden: {n}. Bitte den Export neu herunterladen.";
    TRUNCATED = Error "truncated"
        "The file ends in the middle of a block, and what followed is lost. Download the export again."
        "Die Datei endet mitten in einem Block, was folgte, fehlt. Bitte den Export neu herunterladen.";
    BAD_LENGTH = Error "bad-length"
        "A block claims a length that cannot be, so nothing behind it could be read. Download the export again."
        "Ein Block nennt eine unmögliche Länge, dahinter war nichts lesbar. Bitte den Export neu herunterladen.";
    TRAILING = Warning "trailing-garbage"
        "Bytes behind the last block were ignored; the repository before them is whole."
        "Bytes hinter dem letzten Block wurden ignoriert; das Repository davor ist vollständig.";
    STRAY = Warning "bad-section"
        "Sections that hold no block of a repository were skipped: {n}."
        "Abschnitte, die keinen Block eines Repositorys enthalten, wurden übersprungen: {n}.";
    EMPTY_SECTION = Note "empty-section"
        "Empty sections were skipped: {n}."
        "Leere Abschnitte wurden übersprungen: {n}.";
    MORE_ROOTS = Note "more-roots"
        "The file names further roots, which were not read: {n}."
        "Die Datei nennt weitere Wurzeln, die nicht gelesen wurden: {n}.";
    BAD_GZIP = Error "bad-gzip"
        "The gzip stream breaks off or fails its checksum; what came out of it was read. Download the export again."
        "Der gzip-Strom bricht ab oder passt nicht zu seiner Prüfsumme; gelesen wurde, was herauskam. Bitte den Export neu herunterladen.";
    PARTIAL = Warning "partial"
        "This is part of a repository: {n} branches of its tree are not in the file, as in a download with `since` or a damaged one. What is there was read, and nothing counts as ended. Download the whole repository, without `since`."
        "Das ist ein Teil eines Repositorys: {n} Zweige seines Baums fehlen in der Datei, wie bei einem Abruf mit `since` oder einem Schaden. Gelesen wurde, was da ist, und nichts gilt als beendet. Bitte das ganze Repository ohne `since` herunterladen.";
    LOST_RECORDS = Error "missing-records"
        "Records the repository names but the file does not hold: {n} ({x}). Download the whole repository, without `since`."
        "Einträge, die das Repository nennt, die Datei aber nicht enthält: {n} ({x}). Bitte das ganze Repository ohne `since` herunterladen.";
    BAD_NODE = Error "bad-node"
        "Branches of the tree that cannot be understood were left out: {n}. Download the export again."
        "Zweige des Baums, die nicht zu verstehen sind, wurden ausgelassen: {n}. Bitte den Export neu herunterladen.";
    TANGLED = Error "tangled-tree"
        "Branches that the tree reaches twice or too deep down were left out: {n}."
        "Zweige, die der Baum doppelt oder zu tief erreicht, wurden ausgelassen: {n}.";
    BAD_KEY = Warning "bad-key"
        "Records whose key is none were left out: {n}."
        "Einträge, deren Schlüssel keiner ist, wurden ausgelassen: {n}.";
    OVERREAD = Error "repeated-records"
        "Records were left out because the tree names the same large blocks again and again: {n}."
        "Einträge wurden ausgelassen, weil der Baum dieselben großen Blöcke wieder und wieder nennt: {n}.";
    BAD_RECORD = Warning "bad-record"
        "Records that do not have the shape of their kind were left out: {n} ({x})."
        "Einträge, die nicht die Form ihrer Art haben, wurden ausgelassen: {n} ({x}).";
    NO_DATE = Warning "no-date"
        "Records with an impossible or unreadable date and no time in their key: {n}. Interactions among them were left out, ties kept without a beginning."
        "Einträge mit unmöglichem oder unlesbarem Datum und ohne Zeit im Schlüssel: {n}. Interaktionen darunter wurden ausgelassen, Beziehungen ohne Anfang behalten.";
    ODD_DATE = Note "odd-date"
        "Records dated before the network existed, after they were taken, or not at all: {n}. They were imported or a clock was wrong; the time in their key was used."
        "Einträge mit Datum vor Bestehen des Netzes, nach ihrer Aufnahme oder ohne Datum: {n}. Sie wurden importiert oder eine Uhr ging falsch; verwendet wurde die Zeit in ihrem Schlüssel.";
    NO_DID = Warning "no-did"
        "Records that name the other side by handle or not at all were left out: {n}."
        "Einträge, die die andere Seite per Handle oder gar nicht nennen, wurden ausgelassen: {n}.";
    TO_SELF = Note "to-self"
        "Replies, likes and reposts addressed to the account itself were left out: {n}."
        "Antworten, Likes und Reposts an das eigene Konto wurden ausgelassen: {n}.";
    NOT_A_POST = Note "not-a-post"
        "Likes, reposts and quotes of feeds, lists or services address nobody and were left out: {n}."
        "Likes, Reposts und Zitate von Feeds, Listen oder Diensten richten sich an niemanden und wurden ausgelassen: {n}.";
    DUPLICATE_TIE = Note "duplicate-tie"
        "Further follows or blocks of an account already followed or blocked: {n}. The earliest counts."
        "Weitere Folgen- oder Blockieren-Einträge zu bereits erfassten Konten: {n}. Der früheste zählt.";
    MODERATION_LIST = Note "moderation-list"
        "Entries of moderation lists were left out: {n}. A list alone neither mutes nor blocks."
        "Einträge in Moderationslisten wurden ausgelassen: {n}. Eine Liste allein schaltet weder stumm noch blockiert sie.";
    UNKNOWN_LIST = Warning "unknown-list"
        "Entries of lists that are not in the export were left out: {n}."
        "Einträge in Listen, die nicht im Export sind, wurden ausgelassen: {n}.";
    LIST_BLOCKED = Note "list-block"
        "Blocks of whole lists: {n}. Whom they concern stands in other people's repositories."
        "Sperren ganzer Listen: {n}. Wen sie betreffen, steht in den Repositorys anderer.";
    OTHER_RECORDS = Note "other-records"
        "Records of another kind were not read: {n} ({x})."
        "Einträge anderer Art wurden nicht gelesen: {n} ({x}).";
    NO_REVISION = Note "no-revision"
        "The repository does not say when it was exported (format of 2023); its newest record stands for that moment."
        "Das Repository sagt nicht, wann es exportiert wurde (Format von 2023); sein jüngster Eintrag steht für diesen Zeitpunkt.";
    NO_HANDLE = Note "no-handle"
        "A repository does not hold its account's handle. Put the DID document beside it as a .json file to see the handle."
        "Ein Repository enthält den Handle seines Kontos nicht. Das DID-Dokument als .json-Datei daneben legen, um den Handle zu sehen.";
    OLDER = Note "older-export"
        "A newer whole export of the same account was read from this source, so ties were taken from that one only. To see what has ended, import one export after the other, oldest first."
        "Aus dieser Quelle wurde ein neuerer vollständiger Export desselben Kontos gelesen, Beziehungen stammen daher nur aus jenem. Um Beendetes zu sehen, die Exporte nacheinander importieren, den ältesten zuerst.";
    EMPTY_DIFFERENCE = Note "empty-difference"
        "The file is a difference that holds nothing: the repository had not changed since the revision asked for."
        "Die Datei ist ein leerer Unterschied: Seit der angefragten Revision hatte sich das Repository nicht geändert.";
    CHAT_LOG = Note "chat-log"
        "Chat logs were not read, since their format is not published: {n}."
        "Chat-Protokolle wurden nicht gelesen, da ihr Format nicht veröffentlicht ist: {n}.";
    OTHER_FILES = Note "other-files"
        "Files that are neither repositories nor DID documents were not read: {n}."
        "Dateien, die weder Repositorys noch DID-Dokumente sind, wurden nicht gelesen: {n}.";
}

/// The most different things told apart under one code; the rest are told together.
const MAX_TOPICS: usize = 40;

/// Counts what is found in one file.
#[derive(Default)]
pub(super) struct Tally {
    counts: BTreeMap<&'static str, Counted>,
}

struct Counted {
    issue: &'static Issue,
    n: u64,
    place: u64,
    topics: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts `n` more of `issue`, the first of them at `place`; counting none changes nothing.
    pub(super) fn add_many(&mut self, issue: &'static Issue, n: u64, place: u64) {
        if n == 0 {
            return;
        }
        let counted = self.counts.entry(issue.code).or_insert_with(|| Counted {
            issue,
            n: 0,
            place,
            topics: BTreeMap::new(),
        });
        counted.n += n;
    }

    /// Counts one more of `issue` at `place`.
    pub(super) fn add(&mut self, issue: &'static Issue, place: u64) {
        self.add_many(issue, 1, place);
    }

    /// Counts one more of `issue` about `topic` at `place`.
    pub(super) fn add_about(&mut self, issue: &'static Issue, topic: &str, place: u64) {
        self.add(issue, place);
        let Some(counted) = self.counts.get_mut(issue.code) else { return };
        let is_known = counted.topics.contains_key(topic);
        let topic = if is_known || counted.topics.len() < MAX_TOPICS { topic } else { "…" };
        *counted.topics.entry(topic.to_owned()).or_insert(0) += 1;
    }

    /// Whether `issue` was counted.
    pub(super) fn has(&self, issue: &'static Issue) -> bool {
        self.counts.contains_key(issue.code)
    }

    /// Reports everything counted about `file`.
    ///
    /// # Errors
    /// [`Stop`] if the taker wants no more.
    pub(super) fn report(&self, file: &str, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        for counted in self.counts.values() {
            counted.report(file, sink)?;
        }
        Ok(())
    }
}

impl Counted {
    fn report(&self, file: &str, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        let about: Vec<String> =
            self.topics.iter().map(|(topic, n)| format!("{topic}: {n}")).collect();
        let about = about.join(", ");
        let worded = |text: &str| text.replace("{n}", &self.n.to_string()).replace("{x}", &about);
        let Issue { severity, code, en, de } = *self.issue;
        sink.record(Record::Finding(Finding {
            severity,
            code,
            file,
            place: self.place,
            count: self.n,
            en: &worded(en),
            de: &worded(de),
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_issue_has_its_own_code_and_says_the_same_in_both_languages() {
        let codes: BTreeSet<_> = ALL.iter().map(|issue| issue.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for issue in ALL {
            for placeholder in ["{n}", "{x}", "`since`"] {
                assert_eq!(
                    issue.en.contains(placeholder),
                    issue.de.contains(placeholder),
                    "{}",
                    issue.code
                );
            }
            assert!(issue.en.ends_with('.') && issue.de.ends_with('.'), "{}", issue.code);
        }
    }
}

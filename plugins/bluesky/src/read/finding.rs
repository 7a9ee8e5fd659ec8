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
        "Blocks that do not match their checksum were left out: {n}. Download the export again."
        "Blöcke, die nicht zu ihrer Prüfsumme passen, wurden ausgelassen: {n}. Lade den Export neu herunter.";
    TRUNCATED = Error "truncated"
        "The file ends in the middle of a block, and the rest is missing. Download the export again."
        "Die Datei endet mitten in einem Block, der Rest fehlt. Lade den Export neu herunter.";
    BAD_LENGTH = Error "bad-length"
        "A block claims a length that cannot be, so nothing behind it could be read. Download the export again."
        "Ein Block nennt eine unmögliche Länge, daher war dahinter nichts lesbar. Lade den Export neu herunter.";
    TRAILING = Warning "trailing-garbage"
        "Bytes behind the last block were ignored; the repository before them is whole. There is nothing to do."
        "Bytes hinter dem letzten Block wurden übergangen; das Repository davor ist vollständig. Du musst nichts tun.";
    STRAY = Warning "bad-section"
        "Sections that hold no block of a repository were skipped: {n}. Download the export again if something is missing."
        "Abschnitte, die keinen Block eines Repositorys enthalten, wurden übersprungen: {n}. Lade den Export neu herunter, wenn etwas fehlt.";
    EMPTY_SECTION = Note "empty-section"
        "Empty sections were skipped: {n}. There is nothing to do."
        "Leere Abschnitte wurden übersprungen: {n}. Du musst nichts tun.";
    MORE_ROOTS = Note "more-roots"
        "The file names further roots, which were not read: {n}. There is nothing to do."
        "Die Datei nennt weitere Wurzeln, die nicht gelesen wurden: {n}. Du musst nichts tun.";
    BAD_GZIP = Error "bad-gzip"
        "The gzip file breaks off or fails its checksum; what came out of it was read. Download the export again."
        "Die gzip-Datei bricht ab oder passt nicht zu ihrer Prüfsumme; gelesen wurde, was herauskam. Lade den Export neu herunter.";
    PARTIAL = Warning "partial"
        "This is only part of a repository, as a download with `since` gives; what is there was read, and nothing counts as ended (missing branches: {n}). Download the whole repository, without `since`."
        "Das ist nur ein Teil eines Repositorys, wie ihn ein Abruf mit `since` liefert; gelesen wurde, was da ist, und nichts gilt als beendet (fehlende Zweige: {n}). Lade das ganze Repository herunter, ohne `since`.";
    PARTIAL_BY_DAMAGE = Warning "partial"
        "Because of the damage only part of the repository was read, and nothing counts as ended (missing branches: {n}). Download the export again."
        "Wegen des Schadens wurde nur ein Teil des Repositorys gelesen, und nichts gilt als beendet (fehlende Zweige: {n}). Lade den Export neu herunter.";
    LOST_RECORDS = Error "missing-records"
        "Records that the repository names are not in the file: {n} ({x}). Download the whole repository, without `since`."
        "Einträge, die das Repository nennt, fehlen in der Datei: {n} ({x}). Lade das ganze Repository herunter, ohne `since`.";
    LOST_BY_DAMAGE = Error "missing-records"
        "Because of the damage, records that the repository names could not be read: {n} ({x}). Download the export again."
        "Wegen des Schadens waren Einträge nicht lesbar, die das Repository nennt: {n} ({x}). Lade den Export neu herunter.";
    BAD_NODE = Error "bad-node"
        "Branches of the tree that cannot be understood were left out: {n}. Download the export again."
        "Zweige des Baums, die nicht zu verstehen sind, wurden ausgelassen: {n}. Lade den Export neu herunter.";
    TANGLED = Error "tangled-tree"
        "Branches that the tree reaches twice or too deep down were left out: {n}. Download the export again, directly from the account's server."
        "Zweige, die der Baum doppelt oder zu tief erreicht, wurden ausgelassen: {n}. Lade den Export neu herunter, direkt vom Server des Kontos.";
    BAD_KEY = Warning "bad-key"
        "Records with a key that is none were left out: {n}. Download the export again if something is missing."
        "Einträge mit ungültigem Schlüssel wurden ausgelassen: {n}. Lade den Export neu herunter, wenn etwas fehlt.";
    OVERREAD = Error "repeated-records"
        "Records were left out because the tree names the same large blocks again and again: {n}. Download the export again, directly from the account's server."
        "Einträge wurden ausgelassen, weil der Baum dieselben großen Blöcke wieder und wieder nennt: {n}. Lade den Export neu herunter, direkt vom Server des Kontos.";
    BAD_RECORD = Warning "bad-record"
        "Records that are not built as their kind should be were left out: {n} ({x}). There is nothing to do; a program may have written them so."
        "Einträge, die nicht gebaut sind wie ihre Art, wurden ausgelassen: {n} ({x}). Du musst nichts tun; vielleicht hat ein Programm sie so geschrieben.";
    NO_DATE = Warning "no-date"
        "Records without a possible date, even in their key: {n}; interactions among them were left out, ties kept without a beginning. There is nothing to do."
        "Einträge ohne mögliches Datum, auch im Schlüssel: {n}; Interaktionen darunter wurden ausgelassen, Beziehungen ohne Anfang behalten. Du musst nichts tun.";
    ODD_DATE = Note "odd-date"
        "Records whose date cannot be, because they were imported or a clock was wrong, were dated by their key: {n}. There is nothing to do."
        "Einträge mit unmöglichem Datum, etwa weil sie importiert wurden oder eine Uhr falsch ging, wurden nach ihrem Schlüssel datiert: {n}. Du musst nichts tun.";
    NO_DID = Warning "no-did"
        "Records that name the other side by handle or not at all were left out: {n}. There is nothing to do."
        "Einträge, die die andere Seite nur mit Handle oder gar nicht nennen, wurden ausgelassen: {n}. Du musst nichts tun.";
    TO_SELF = Note "to-self"
        "Replies, likes, reposts and ties to the account itself were left out: {n}. There is nothing to do."
        "Antworten, Likes, Reposts und Beziehungen zum eigenen Konto wurden ausgelassen: {n}. Du musst nichts tun.";
    NOT_A_POST = Note "not-a-post"
        "Likes, reposts and quotes of feeds, lists or services address nobody and were left out: {n}. There is nothing to do."
        "Likes, Reposts und Zitate von Feeds, Listen oder Diensten richten sich an niemanden und wurden ausgelassen: {n}. Du musst nichts tun.";
    DUPLICATE_TIE = Note "duplicate-tie"
        "Of several follows or blocks of one account the earliest counts, the others were left out: {n}. There is nothing to do."
        "Bei mehrfachem Folgen oder Blockieren desselben Kontos zählt das erste Mal, der Rest wurde ausgelassen: {n}. Du musst nichts tun.";
    MODERATION_LIST = Note "moderation-list"
        "Entries of moderation lists were left out, because a list alone neither mutes nor blocks: {n}. There is nothing to do."
        "Einträge in Moderationslisten wurden ausgelassen, weil eine Liste allein weder stummschaltet noch blockiert: {n}. Du musst nichts tun.";
    UNKNOWN_LIST = Warning "unknown-list"
        "Entries of lists that are not in the export were left out: {n}. There is nothing to do; the lists were probably deleted."
        "Einträge in Listen, die nicht im Export sind, wurden ausgelassen: {n}. Du musst nichts tun; wahrscheinlich wurden die Listen gelöscht.";
    LIST_BLOCKED = Note "list-block"
        "Whole lists are blocked, and whom that concerns stands in other people's repositories: {n}. There is nothing to do."
        "Ganze Listen sind blockiert, und wen das betrifft, steht in fremden Repositorys: {n}. Du musst nichts tun.";
    OTHER_RECORDS = Note "other-records"
        "Records of other kinds were not read: {n} ({x}). There is nothing to do."
        "Einträge anderer Art wurden nicht gelesen: {n} ({x}). Du musst nichts tun.";
    NO_REVISION = Note "no-revision"
        "The repository does not say when it was exported, so its newest record stands for that moment (format of 2023). Download a new export if you can."
        "Das Repository sagt nicht, wann es exportiert wurde, daher gilt sein jüngster Eintrag als Zeitpunkt (Format von 2023). Lade einen neuen Export herunter, wenn du kannst.";
    NO_HANDLE = Note "no-handle"
        "A repository does not hold its account's handle. Put the account's DID document beside it as a .json file to see the handle."
        "Ein Repository enthält den Handle seines Kontos nicht. Lege das DID-Dokument des Kontos als .json-Datei daneben, um den Handle zu sehen.";
    OLDER = Note "older-export"
        "A newer whole export of the same account lies beside this one, so ties were taken from that one only. To see what has ended, import one export after the other, the oldest first."
        "Daneben liegt ein neuerer vollständiger Export desselben Kontos, daher stammen die Beziehungen nur aus jenem. Importiere die Exporte nacheinander, den ältesten zuerst, wenn du sehen willst, was beendet ist.";
    EMPTY_DIFFERENCE = Note "empty-difference"
        "The file holds no records, because the repository had not changed since the revision asked for. There is nothing to do."
        "Die Datei enthält keine Einträge, weil sich das Repository seit der angefragten Revision nicht geändert hatte. Du musst nichts tun.";
    CHAT_LOG = Note "chat-log"
        "Chat logs were not read, because their format is not published: {n}. There is nothing to do."
        "Chat-Protokolle wurden nicht gelesen, weil ihr Format nicht veröffentlicht ist: {n}. Du musst nichts tun.";
    OTHER_FILES = Note "other-files"
        "Files that are neither repositories nor DID documents were not read: {n}. If one of them is an archive with a .car file in it, unpack it."
        "Dateien, die weder Repositorys noch DID-Dokumente sind, wurden nicht gelesen: {n}. Ist darunter ein Archiv mit einer .car-Datei, entpacke es.";
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

    /// Tells what was counted as `from` in the words of `to`, which has the same code.
    pub(super) fn reword(&mut self, from: &'static Issue, to: &'static Issue) {
        if let Some(counted) = self.counts.get_mut(from.code) {
            counted.issue = to;
        }
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
    fn every_issue_says_the_same_in_both_languages_and_what_to_do() {
        let codes: BTreeSet<_> = ALL.iter().map(|issue| issue.code).collect();
        // Two have a second wording, for damage.
        assert_eq!(codes.len() + 2, ALL.len());
        for issue in ALL {
            for placeholder in ["{n}", "{x}", "`since`"] {
                assert_eq!(
                    issue.en.contains(placeholder),
                    issue.de.contains(placeholder),
                    "{}",
                    issue.code
                );
            }
            for text in [issue.en, issue.de] {
                assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{text}");
                assert_eq!(text.matches(". ").count(), 1, "{text}");
            }
            for formal in ["Ihnen", "Ihre", "bitte", "Bitte", " Sie "] {
                assert!(!issue.de.contains(formal), "{}", issue.de);
            }
        }
    }
}

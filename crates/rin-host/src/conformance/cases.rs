//! The table of cases: names that stay, what each tests and why, and what it builds on.

use rin_core::Text;

use super::{Bench, reader, report::Tried, start, steadiness, strategy};

/// The case that tells why a plugin cannot be loaded at all.
pub(super) const FIRST: &str = "manifest";

/// A case.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) who: For,
    /// Cases without which it means nothing.
    pub(super) needs: &'static [&'static str],
    pub(super) run: fn(&Bench<'_>) -> Tried,
    en: &'static str,
    de: &'static str,
}

/// Whom a case is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum For {
    All,
    Strategies,
    Readers,
}

impl Case {
    pub(super) fn about(&self) -> Text {
        Text { en: self.en.to_owned(), de: self.de.to_owned() }
    }
}

/// Returns all cases, those first on which others build.
pub(super) fn cases() -> &'static [Case] {
    CASES
}

macro_rules! cases {
    ($($name:literal $who:ident [$($need:literal),*] $run:path, $en:literal, $de:literal;)*) => {
        const CASES: &[Case] = &[$(Case {
            name: $name,
            who: For::$who,
            needs: &[$($need),*],
            run: $run,
            en: $en,
            de: $de,
        }),*];
    };
}

cases! {
    "manifest" All [] start::manifest,
        "The manifest is well formed and the library says the same of itself, twice: people judge a plugin by its manifest before any of its code runs.",
        "Das Manifest ist wohlgeformt, und die Bibliothek sagt zweimal dasselbe von sich: Man beurteilt ein Plugin nach seinem Manifest, bevor etwas von ihm läuft.";
    "load-time" All ["manifest"] start::load_time,
        "It starts within 100 ms, because every command that needs it waits for that.",
        "Es startet binnen 100 ms, denn jeder Befehl, der es braucht, wartet darauf.";
    "param-defaults" All ["manifest"] start::param_defaults,
        "It starts with its default parameters written out: defaults must be in range and mean what they say.",
        "Es startet mit seinen ausgeschriebenen Vorgaben: Sie müssen im erlaubten Bereich liegen und meinen, was sie sagen.";
    "proposals" Strategies ["param-defaults"] strategy::proposals,
        "What it proposes for plausible relationships is finite, within bounds and of a declared kind and reason; otherwise the host throws all of it away.",
        "Was es für glaubhafte Beziehungen vorschlägt, ist endlich, in den Grenzen und von erklärter Art und Begründung; sonst verwirft das Programm alles.";
    "param-range" All ["proposals"] start::param_range,
        "With any parameters in range it starts and answers, or refuses them with a message: the host cannot know which combinations make no sense.",
        "Mit beliebigen erlaubten Parametern startet und antwortet es, oder es lehnt sie mit einer Meldung ab: Nur das Plugin weiß, welche nicht zusammenpassen.";
    "examples" Strategies ["proposals"] strategy::examples,
        "The worked examples of the manifest hold, since people read them as its documentation.",
        "Die Beispiele des Manifests stimmen, denn man liest sie als seine Dokumentation.";
    "norms" Strategies ["manifest"] strategy::norms,
        "Its norms name their source and kinds it has, and are those of the manifest: the planner holds what the library says, people read what the manifest says.",
        "Seine Normen nennen ihre Quelle und Arten, die es gibt, und sind die des Manifests: Der Planer hält sich an die Bibliothek, gelesen wird das Manifest.";
    "review" Strategies ["manifest"] strategy::review,
        "Asked twice about the same campaign it says the same, with finite figures and norms that exist.",
        "Zweimal nach derselben Kampagne gefragt, sagt es dasselbe, mit endlichen Zahlen und Normen, die es gibt.";
    "empty-batch" Strategies ["proposals"] strategy::empty_batch,
        "A batch without rows gets an answer without proposals.",
        "Null Zeilen ergeben eine Antwort ohne Vorschläge.";
    "one-row" Strategies ["proposals"] strategy::one_row,
        "Each row asked about alone gets an answer, as the last rows of a network do.",
        "Jede Zeile bekommt auch allein eine Antwort, wie es den letzten Zeilen eines Netzes ergeht.";
    "repeat" Strategies ["proposals"] steadiness::repeat,
        "The same batch twice gives the same answer: a strategy keeps nothing from one batch to the next.",
        "Dieselben Zeilen ergeben zweimal dieselbe Antwort: Eine Strategie behält nichts von einem Mal zum nächsten.";
    "determinism" Strategies ["repeat"] steadiness::determinism,
        "Two workers give the same answer bit for bit: no clock, no addresses, no chance of its own, or plans could not be repeated.",
        "Zwei Arbeiter geben bis aufs Bit dieselbe Antwort: keine Uhr, keine Adressen, kein eigener Zufall, sonst ließe sich kein Plan wiederholen.";
    "columns" Strategies ["repeat"] strategy::columns,
        "More columns than it asked for, in another order, change nothing: it finds its columns as its manifest lists them.",
        "Mehr Spalten als verlangt, in anderer Reihenfolge, ändern nichts: Es findet seine Spalten, wie sein Manifest sie nennt.";
    "optional-columns" Strategies ["proposals"] strategy::optional_columns,
        "It answers without each of the columns it can do without, because not every source has them.",
        "Es antwortet auch ohne jede der Spalten, auf die es verzichten kann, denn nicht jede Quelle hat sie.";
    "isolation" Strategies ["determinism"] steadiness::isolation,
        "What another instance with other parameters does is not felt: nothing of an instance is kept in globals.",
        "Was ein anderes Exemplar mit anderen Parametern tut, ist nicht zu spüren: Nichts davon steht in globalen Variablen.";
    "row-order" Strategies ["repeat"] steadiness::row_order,
        "Rows in another order get the same proposals: an answer depends on its row alone, not on its neighbours.",
        "Zeilen in anderer Reihenfolge bekommen dieselben Vorschläge: Eine Antwort hängt allein von ihrer Zeile ab, nicht von deren Nachbarn.";
    "batch-split" Strategies ["one-row", "row-order"] steadiness::batch_split,
        "Rows asked about 1, 7, 8, 64 or all at a time get the same proposals, because the host batches as it likes.",
        "Ob 1, 7, 8, 64 oder alle Zeilen auf einmal, die Vorschläge sind dieselben, denn das Programm teilt ein, wie es will.";
    "reset" Strategies ["repeat"] steadiness::reset,
        "After a reset it answers as if just started.",
        "Nach dem Zurücksetzen antwortet es wie frisch gestartet.";
    "renew" Strategies ["determinism", "reset"] steadiness::renew,
        "A second instance in the same process answers as the first did: what the first left behind in globals would show.",
        "Ein zweites Exemplar im selben Prozess antwortet wie das erste: Was das erste in globalen Variablen hinterließ, fiele auf.";
    "extremes" Strategies ["one-row"] strategy::extremes,
        "Columns without any value, NaN, infinities, the ends of every type, moments before 1970 and far ahead: the answer stays finite.",
        "Spalten ganz ohne Wert, NaN, Unendlich, die Enden jedes Typs, Zeitpunkte vor 1970 und weit voraus: Die Antwort bleibt endlich.";
    "stops" Strategies ["repeat"] strategy::stops,
        "When the host has heard enough it returns within 50 ms, and answers as before when asked again.",
        "Wenn das Programm genug gehört hat, kehrt es binnen 50 ms zurück und antwortet beim nächsten Mal wie zuvor.";
    "cancel" Strategies ["stops"] strategy::cancel,
        "Cancelled from another thread in the middle of a big batch, it returns within 50 ms: a person is waiting.",
        "Aus einem anderen Faden mitten in vielen Zeilen abgebrochen, kehrt es binnen 50 ms zurück: Jemand wartet.";
    "growth" All ["proposals"] start::growth,
        "A thousand fresh instances and a thousand calls leave its memory as it was.",
        "Tausend neue Exemplare und tausend Aufrufe lassen seinen Speicher, wie er war.";
    "speed" Strategies ["proposals"] strategy::speed,
        "Reports the time for each row; a network of a million relationships is asked about each week.",
        "Nennt die Zeit je Zeile; nach einem Netz von einer Million Beziehungen wird jede Woche gefragt.";
    "system-calls" All ["proposals"] start::system_calls,
        "It tries no files, threads, sockets or processes: in this run the first forbidden system call ends it.",
        "Es versucht keine Dateien, Fäden, Verbindungen oder Prozesse: In diesem Lauf beendet es der erste verbotene Systemaufruf.";
    "probe-foreign" Readers ["manifest"] reader::probe_foreign,
        "It does not claim files of somebody else: of several readers the surest is asked to read.",
        "Es beansprucht keine fremden Dateien: Unter mehreren Lesern wird der sicherste gefragt.";
    "sample-read" Readers ["param-defaults"] reader::sample_read,
        "It recognises its samples and reads them.",
        "Es erkennt seine Beispiele und liest sie.";
    "sample-coverage" Readers ["sample-read"] reader::sample_coverage,
        "It says whose account a sample is and what the sample can see; without that, silence means nothing.",
        "Es sagt, wessen Konto ein Beispiel ist und was darin zu sehen ist; sonst bedeutet Stille nichts.";
    "sample-repeat" Readers ["sample-read"] reader::sample_repeat,
        "A sample read twice, in two workers, gives the same records: importing again must change nothing.",
        "Ein Beispiel, zweimal von zwei Arbeitern gelesen, ergibt dasselbe: Noch einmal einlesen darf nichts ändern.";
    "truncation" Readers ["sample-read"] reader::truncation,
        "A sample cut off at any byte is read as far as it goes or explained: downloads break off.",
        "Ein irgendwo abgeschnittenes Beispiel wird gelesen, so weit es geht, oder erklärt: Downloads brechen ab.";
    "empty-files" Readers ["sample-read"] reader::empty_files,
        "Nothing at all, empty files and missing files are explained and do not crash it.",
        "Gar nichts, leere und fehlende Dateien werden erklärt und bringen es nicht zum Absturz.";
    "bombs" Readers ["sample-read"] reader::bombs,
        "Archives that unpack to a hundredfold, nest in themselves or declare huge sizes, and texts nested without end, cost neither memory nor time.",
        "Archive, die sich aufs Hundertfache entpacken, ineinander stecken oder riesige Größen angeben, und endlos geschachtelte Texte kosten weder Speicher noch Zeit.";
    "encodings" Readers ["sample-read"] reader::encodings,
        "A sample in UTF-16, with a byte order mark, with bytes that are no UTF-8 or with zeros is read or explained.",
        "Ein Beispiel in UTF-16, mit Bytereihenfolgemarke, mit Bytes, die kein UTF-8 sind, oder mit Nullen wird gelesen oder erklärt.";
    "names" Readers ["sample-read"] reader::names,
        "File names are labels: whatever a name is, empty, endless, twice the same or a path out of the folder, it does not crash it.",
        "Dateinamen sind nur Etiketten: Ob leer, endlos, doppelt oder ein Pfad aus dem Ordner hinaus, kein Name bringt es zum Absturz.";
    "read-stops" Readers ["sample-read"] reader::read_stops,
        "When the host wants no more records it returns within 50 ms.",
        "Wenn das Programm keine Datensätze mehr will, kehrt es binnen 50 ms zurück.";
    "read-cancel" Readers ["read-stops"] reader::read_cancel,
        "Cancelled in the middle of reading, it returns within 50 ms: a person is waiting.",
        "Mitten im Lesen abgebrochen, kehrt es binnen 50 ms zurück: Jemand wartet.";
}

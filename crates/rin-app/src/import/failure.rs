//! Why a source was not read, or not wholly, in words.

use rin_core::Text;
use rin_host::{CallError, CallFault, FolderError, FolderSource, Skipped};
use rin_store::ImportError;

use super::FindingView;
use crate::{Lang, PluginsError, SessionError};

/// Why a source was not read.
pub(super) enum Failure {
    /// The session cannot go on.
    Session(Box<SessionError>),
    /// This source cannot be read; the next may.
    Source(String),
    /// The plugin failed, whatever the source is.
    Plugin(String),
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        Self::Session(Box::new(error))
    }
}

/// Says why the store or the reader gave up.
pub(super) fn failure(error: ImportError<CallError>, lang: Lang) -> Failure {
    match error {
        ImportError::Store(error) => Failure::Session(Box::new(error.into())),
        ImportError::Read(CallError { fault: CallFault::Unreadable(source), .. }) => {
            let text = Text { en: source.en, de: source.de };
            let place = match (source.file.as_str(), source.place) {
                ("", _) => String::new(),
                (file, 0) => format!("{file}: "),
                (file, place) => format!("{file}:{place}: "),
            };
            Failure::Source(format!("{place}{}", lang.text(&text)))
        }
        ImportError::Read(error) => Failure::Plugin(lang.pick(
            format!("{error}. Nothing was kept. Tell the plugin's author, or install another version."),
            format!("{error}. Nichts wurde übernommen. Dem Autor des Plugins melden oder eine andere Version einspielen."),
        )),
        other => Failure::Source(other.to_string()),
    }
}

/// Says why a path is no source, and what to do.
pub(super) fn unreadable(error: &FolderError, lang: Lang) -> String {
    match error {
        FolderError::Unreadable { source, .. } if source.kind() == std::io::ErrorKind::NotFound => lang.pick(
            "There is no such file or folder. Check the path.".to_owned(),
            "Diese Datei oder diesen Ordner gibt es nicht. Den Pfad prüfen.".to_owned(),
        ),
        FolderError::Unreadable { source, .. } => lang.pick(
            format!("It cannot be read ({source}). Check its permissions."),
            format!("Das ist nicht lesbar ({source}). Die Rechte prüfen."),
        ),
        FolderError::TooMany { limit, .. } => lang.pick(
            format!("The folder holds more than {limit} files. Name the export itself, not the folder around it."),
            format!("Der Ordner enthält mehr als {limit} Dateien. Den Export selbst nennen, nicht den Ordner darum."),
        ),
        FolderError::Special { .. } => lang.pick(
            "It is neither a file nor a folder. Name the downloaded export.".to_owned(),
            "Das ist weder Datei noch Ordner. Den heruntergeladenen Export nennen.".to_owned(),
        ),
        other => other.to_string(),
    }
}

/// Says why no plugin reads a source, and what to do.
pub(super) fn no_reader(error: PluginsError, lang: Lang) -> String {
    match &error {
        PluginsError::Empty { what } => lang.pick(
            format!("There is nothing in it ({what}). Download it again."),
            format!("Es ist nichts darin ({what}). Noch einmal herunterladen."),
        ),
        PluginsError::Nobody { what } => lang.pick(
            format!("No plugin knows this kind of export ({what}). Say whose it is, for example --platform mastodon, or install the platform's plugin."),
            format!("Kein Plugin kennt diese Art Export ({what}). Sagen, woher er stammt, zum Beispiel --platform mastodon, oder das Plugin der Plattform einspielen."),
        ),
        PluginsError::Several { platforms } => {
            let names = platforms.join(", ");
            lang.pick(
                format!("Several plugins would read it ({names}). Say whose export it is with --platform."),
                format!("Mehrere Plugins würden ihn lesen ({names}). Mit --platform sagen, woher der Export stammt."),
            )
        }
        _ => with_remedy(&error.into(), lang),
    }
}

/// Says that a file could not be read to its end.
pub(super) fn broken_off(error: &std::io::Error, lang: Lang) -> String {
    lang.pick(
        format!("It could not be read to its end ({error}). Copy it to this machine and try again."),
        format!("Es war nicht bis zum Ende lesbar ({error}). Auf diesen Rechner kopieren und noch einmal versuchen."),
    )
}

/// Returns an error and what to do about it in one text.
pub(super) fn with_remedy(error: &SessionError, lang: Lang) -> String {
    match error.remedy() {
        Some(remedy) => format!("{error}. {}", lang.text(&remedy)),
        None => error.to_string(),
    }
}

/// Tells what lies in a folder and was not read.
pub(super) fn skipped(source: &FolderSource, lang: Lang) -> Vec<FindingView> {
    let view = |skipped: &Skipped| {
        let (code, name, text) = match skipped {
            Skipped::Link { name } => (
                "link",
                name,
                lang.pick(
                    "A link is not followed. Put the file itself here if it belongs to the export.",
                    "Einem Verweis wird nicht gefolgt. Die Datei selbst hierher legen, wenn sie zum Export gehört.",
                )
                .to_owned(),
            ),
            Skipped::Special { name } => (
                "no-file",
                name,
                lang.pick("This is no file and was left out.", "Das ist keine Datei und blieb weg.").to_owned(),
            ),
            Skipped::Unreadable { name, reason } => (
                "unreadable",
                name,
                lang.pick(
                    format!("It cannot be read ({reason}). Check its permissions and import again."),
                    format!("Das ist nicht lesbar ({reason}). Die Rechte prüfen und noch einmal importieren."),
                ),
            ),
            other => ("left-out", &String::new(), format!("{other:?}")),
        };
        let (file, code) = (name.clone(), code.to_owned());
        FindingView { severity: "warning", code, file, place: 0, count: 1, text }
    };
    source.skipped().iter().map(view).collect()
}

//! What most often goes wrong, in German, variant by variant beside the English that the errors carry themselves.
//!
//! `None` where only the English is there: failures of the machine and of plugins, which are looked up as they stand.

use rin_store::{OpenError, StoreError};

use super::SessionError;
use crate::{
    AnswerError, CampaignError, ConfigError, ForgetError, Lang, NoteError, PartyError,
    PluginsError, ProgrammeRequestError, TagError, note::LONGEST,
};

impl SessionError {
    /// Returns what happened, as one clause. What has no German yet is told in English.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Backtest(error) => return error.message(lang),
            Self::Exit(error) => return error.message(lang),
            Self::Filter(error) => return error.message(lang),
            Self::Simulate(error) => return error.message(lang),
            _ => {}
        }
        let german = if lang == Lang::De { german(self) } else { None };
        german.unwrap_or_else(|| self.to_string())
    }
}

fn german(error: &SessionError) -> Option<String> {
    match error {
        SessionError::Open(error) => opening(error),
        SessionError::Store(error) => store(error),
        SessionError::Config(error) => Some(config(error)),
        SessionError::Plugins(error) => plugins(error),
        SessionError::Party(error) => Some(party(error)),
        SessionError::Answer(error) => Some(answer(error)),
        SessionError::Forget(error) => Some(forget(error)),
        SessionError::Note(error) => Some(note(error)),
        SessionError::Tag(TagError::NoTag { tag }) => Some(format!("`{tag}` ist kein Schlagwort")),
        SessionError::Programme(error) => programme(error),
        SessionError::Campaign(error) => campaign(error),
        SessionError::Disguised => Some("das lässt sich nicht verkleidet zeigen".to_owned()),
        SessionError::Output { .. } => {
            Some("die Antwort lässt sich nicht hinausschreiben".to_owned())
        }
        SessionError::File { what, path, .. } => file(what, path),
        _ => None,
    }
}

fn file(what: &str, path: &std::path::Path) -> Option<String> {
    let path = path.display();
    match what {
        "read" => Some(format!("{path} lässt sich nicht lesen")),
        "write" => Some(format!("{path} lässt sich nicht schreiben")),
        _ => None,
    }
}

fn opening(error: &OpenError) -> Option<String> {
    Some(match error {
        OpenError::Missing { path } => format!("es gibt keinen Speicher unter {}", path.display()),
        OpenError::AlreadyThere { path } => format!("{} ist schon da", path.display()),
        OpenError::NotAFolder { path } => format!("{} ist kein Ordner", path.display()),
        OpenError::IsAFolder { path } => {
            format!("{} ist ein Ordner, keine Datei", path.display())
        }
        OpenError::NotADatabase { path } => format!("{} ist keine Datenbank", path.display()),
        OpenError::OtherApplication { path, id } => {
            format!("{} gehört einem anderen Programm (Nummer {id})", path.display())
        }
        OpenError::Newer { path, found, known } => format!(
            "{} hat die Version {found}, dieses Rin kennt die Version {known}",
            path.display()
        ),
        OpenError::Older { path, found, known } => format!(
            "{} hat die Version {found} und muss auf Version {known} gebracht werden",
            path.display()
        ),
        OpenError::Damaged { path, what } => format!("{} ist beschädigt ({what})", path.display()),
        OpenError::ReadOnly { path } => format!("{} darf nur gelesen werden", path.display()),
        OpenError::Busy { path } => format!("ein anderes Rin arbeitet an {}", path.display()),
        OpenError::Io { path, .. } => format!("{} ließ sich nicht öffnen", path.display()),
        OpenError::Other { path, .. } => {
            format!("{} ließ sich nicht als Datenbank öffnen", path.display())
        }
        _ => return None,
    })
}

fn store(error: &StoreError) -> Option<String> {
    Some(match error {
        StoreError::Busy { path } => format!("ein anderes Rin arbeitet an {}", path.display()),
        StoreError::Damaged { path, what } => format!("{} ist beschädigt ({what})", path.display()),
        StoreError::Full { path } => format!("für {} ist kein Platz mehr", path.display()),
        StoreError::ReadOnly { path } => format!("{} darf nur gelesen werden", path.display()),
        StoreError::Other { path, .. } => {
            format!("{} ließ sich nicht lesen oder schreiben", path.display())
        }
        _ => return None,
    })
}

fn config(error: &ConfigError) -> String {
    match error {
        ConfigError::Read { path, .. } => format!("{} lässt sich nicht lesen", path.display()),
        ConfigError::Syntax { path, .. } => format!("{} ist ungültig", path.display()),
        ConfigError::Holiday { path, text } => format!(
            "{}: holidays: `{text}` ist weder ein Tag (2027-05-01) noch ein erster und letzter Tag (2026-12-24..2027-01-02)",
            path.display()
        ),
        ConfigError::Except { path, source } => {
            format!("{}: except ist kein Filter: {source}", path.display())
        }
        ConfigError::Range { path, key, range, value } => {
            // Points and commas change places.
            let swapped = range.chars().map(|letter| match letter {
                ',' => '.',
                '.' => ',',
                other => other,
            });
            let range: String = swapped.collect();
            let range = range.replace(" to ", " bis ").replace("above", "über");
            let range = range.replace(" and below", " und unter");
            format!("{}: {key} muss {range} sein, ist aber {value}", path.display())
        }
    }
}

fn plugins(error: &PluginsError) -> Option<String> {
    Some(match error {
        PluginsError::Unknown { name, known } if known.is_empty() => {
            format!("kein Plugin heißt `{name}`")
        }
        PluginsError::Unknown { name, known } => {
            format!("kein Plugin heißt `{name}`; es gibt {}", known.join(", "))
        }
        PluginsError::Swapped { plugin } => {
            format!("das Plugin {plugin} hat sich geändert, während es angesehen wurde")
        }
        PluginsError::Empty { what } => format!("es ist nichts darin: {what}"),
        PluginsError::Nobody { what } => {
            format!("kein Plugin kennt diese Art von Export: {what}")
        }
        PluginsError::Several { platforms } => {
            format!("mehrere Plugins würden diesen Export lesen: {}", platforms.join(", "))
        }
        _ => return None,
    })
}

fn party(error: &PartyError) -> String {
    match error {
        PartyError::Nobody { query } => format!("niemand heißt `{query}`"),
        PartyError::Several { query, n, names } => {
            format!("`{query}` passt auf {n}: {}", names.join(", "))
        }
    }
}

fn answer(error: &AnswerError) -> String {
    match error {
        AnswerError::NoPlan => "es gibt keinen Plan, auf den zu antworten wäre".to_owned(),
        AnswerError::NoSuchPlan { plan } => {
            format!("der Plan {plan} ist nicht mehr aufbewahrt")
        }
        AnswerError::NoLine { line, lines } => {
            format!("der Plan hat keine Zeile {line}, er hat {lines}")
        }
        AnswerError::AlreadyAnswered { line, name, answer } => {
            let answer = match *answer {
                "done" => "erledigt",
                "later" => "später",
                "never" => "nie",
                other => other,
            };
            format!("auf Zeile {line} ({name}) ist schon geantwortet: {answer}")
        }
        AnswerError::NothingToUndo => "es gibt keine Antwort zurückzunehmen".to_owned(),
        AnswerError::NoSuchAnswer { number } => {
            format!("es gibt keine Antwort {number} zurückzunehmen")
        }
        AnswerError::NotLater => "`later` braucht einen Tag nach heute".to_owned(),
    }
}

fn forget(error: &ForgetError) -> String {
    match error {
        ForgetError::Own { name } => format!("{name} bist du"),
        ForgetError::NotBarred { who } => {
            format!("niemand, der gelöscht wurde, ist unter `{who}` bekannt")
        }
    }
}

fn note(error: &NoteError) -> String {
    match error {
        NoteError::Empty => "eine Notiz ohne Wörter sagt nichts".to_owned(),
        NoteError::TooLong { length } => {
            format!("eine Notiz hat höchstens {LONGEST} Zeichen, diese hat {length}")
        }
        NoteError::Unknown { note } => format!("es gibt keine Notiz {note}"),
    }
}

fn programme(error: &ProgrammeRequestError) -> Option<String> {
    use ProgrammeRequestError as Error;
    Some(match error {
        Error::None => "es gibt kein Programm".to_owned(),
        Error::Unknown { name, known } => format!("es gibt kein Programm {name}, es gibt {known}"),
        Error::Several { known } => format!("es gibt mehrere Programme: {known}"),
        Error::Taken { name } => format!("ein Programm {name} gibt es schon"),
        Error::NotOnTheTeam { programme, member, known } => {
            format!("{member} ist nicht im Team von {programme}, dort ist {known}")
        }
        Error::NotRunning { name } => format!("das Programm {name} läuft nicht"),
        Error::NothingToChange => "es ist nichts genannt, was sich ändern soll".to_owned(),
        Error::Segment { text } => format!("`{text}` ist weder ein Schlagwort noch eine Plattform"),
        Error::NobodyIn { segment, known } => {
            format!("niemand ist in {segment}, es gibt {known}")
        }
        Error::Calendar => "der Zeitraum reicht über den Kalender hinaus".to_owned(),
        _ => return None,
    })
}

fn campaign(error: &CampaignError) -> Option<String> {
    Some(match error {
        CampaignError::Unknown { name, known, .. } => {
            format!("es gibt keine Kampagne {name}; es gibt {known}")
        }
        CampaignError::NoName { name } => format!("`{name}` ergibt keinen Dateinamen"),
        CampaignError::FileTaken { path } => format!("{} ist schon da", path.display()),
        CampaignError::File { what, path, .. } => return file(what, path),
        CampaignError::Syntax { path, .. } => format!("{} ist ungültig", path.display()),
        CampaignError::NoProgramme { campaign, programme } => format!(
            "die Kampagne {campaign} kann nicht beginnen: das Programm {programme} läuft dann nicht"
        ),
        CampaignError::NotReady { campaign, stops, checks } => format!(
            "die Kampagne {campaign} kann nicht beginnen: {stops} von {checks} Prüfungen sagen halt"
        ),
        CampaignError::Started { campaign } => {
            format!("die Kampagne {campaign} hat schon begonnen")
        }
        CampaignError::NotStarted { campaign } => {
            format!("die Kampagne {campaign} hat nicht begonnen")
        }
        CampaignError::Ended { campaign } => format!("die Kampagne {campaign} ist schon beendet"),
        CampaignError::NoAmount => "das Geld, das sie gekostet hat, ist kein Betrag".to_owned(),
        CampaignError::Value { .. } => return None,
    })
}

//! Why a step of a programme was not taken, with what to do about it.

use rin_core::{ProgrammeError, Text};

/// Why a programme cannot be begun, changed or shown as asked. Nothing was changed.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProgrammeRequestError {
    /// The step itself is refused.
    #[error(transparent)]
    Refused(#[from] ProgrammeError),
    /// No programme was begun yet.
    #[error("there is no programme")]
    None,
    /// No programme is called so.
    #[error("there is no programme {name}, there is {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Those that are there.
        known: String,
    },
    /// It is not said which of several is meant.
    #[error("there are several programmes: {known}")]
    Several {
        /// Those that are there.
        known: String,
    },
    /// One is called so already.
    #[error("there is a programme {name} already")]
    Taken {
        /// The name.
        name: String,
    },
    /// A member of the team is not written as one.
    #[error("`{text}` is no member of a team: {what}")]
    Member {
        /// What was given.
        text: String,
        /// What is wrong.
        what: String,
    },
    /// Somebody is to leave who is not on the team.
    #[error("{member} is not on the team of {programme}, there is {known}")]
    NotOnTheTeam {
        /// The programme.
        programme: String,
        /// Who is to leave.
        member: String,
        /// Who is there.
        known: String,
    },
    /// It does not run, and a campaign can only support what runs.
    #[error("programme {name} does not run")]
    NotRunning {
        /// The programme.
        name: String,
    },
    /// It is to be changed, and nothing of it is named.
    #[error("nothing is named that should change")]
    NothingToChange,
    /// What is to be kept is neither a tag nor a platform.
    #[error("`{text}` is neither a tag nor a platform")]
    Segment {
        /// What was given.
        text: String,
    },
    /// Nobody has that tag, or was met on that platform.
    #[error("nobody is in {segment}, there is {known}")]
    NobodyIn {
        /// What was given.
        segment: String,
        /// Tags and platforms with somebody in them.
        known: String,
    },
    /// The first or last day is none of the calendar's.
    #[error("the period reaches beyond the calendar")]
    Calendar,
}

impl ProgrammeRequestError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Refused(refused) => refusal(refused),
            Self::None => (
                "Begin one, for example: rin programme new \"My network\" --minutes-per-week 90",
                "Eines beginnen, zum Beispiel: rin programme new \"Mein Netz\" --minutes-per-week 90",
            ),
            Self::Unknown { .. } | Self::Several { .. } => (
                "Name one as it is written, for example: rin programme show \"My network\"",
                "Eines nennen, wie es geschrieben ist, zum Beispiel: rin programme show \"Mein Netz\"",
            ),
            Self::Taken { .. } => (
                "Give it another name, or change the one that is there with: rin programme adjust",
                "Einen anderen Namen geben, oder das vorhandene ändern mit: rin programme adjust",
            ),
            Self::Member { .. } => (
                "Write NAME=MINUTES a week, with platforms and a last day if need be: --member ben=30:mastodon,github@2027-03-01",
                "NAME=MINUTEN je Woche schreiben, nach Bedarf mit Plattformen und letztem Tag: --member ben=30:mastodon,github@2027-03-01",
            ),
            Self::NotOnTheTeam { .. } => {
                ("See who is with: rin programme show", "Wer dabei ist, zeigt: rin programme show")
            }
            Self::NotRunning { .. } => (
                "Renew it first with: rin programme renew. A campaign can only support what goes on anyway.",
                "Erst erneuern mit: rin programme renew. Eine Kampagne kann nur stützen, was ohnehin weitergeht.",
            ),
            Self::NothingToChange => (
                "Name what changes, for example: rin programme adjust --minutes-per-week 60",
                "Nennen, was sich ändert, zum Beispiel: rin programme adjust --minutes-per-week 60",
            ),
            Self::Segment { .. } | Self::NobodyIn { .. } => (
                "Name a tag or a platform, for example: --keep tag:press or --keep platform:mastodon. A tag is given with: rin tag add",
                "Ein Schlagwort oder eine Plattform nennen, zum Beispiel: --keep tag:presse oder --keep platform:mastodon. Ein Schlagwort gibt: rin tag add",
            ),
            Self::Calendar => (
                "Choose a day of this century with --until",
                "Mit --until einen Tag dieses Jahrhunderts wählen",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

fn refusal(refused: &ProgrammeError) -> (&'static str, &'static str) {
    match refused {
        ProgrammeError::Unnamed => ("Give it a name.", "Einen Namen geben."),
        ProgrammeError::NobodyThere { .. } => (
            "Name somebody with --member NAME=MINUTES",
            "Jemanden nennen mit --member NAME=MINUTEN",
        ),
        ProgrammeError::MemberTwice { .. } => (
            "Name each member once, with all their minutes.",
            "Jedes Mitglied einmal nennen, mit allen Minuten.",
        ),
        ProgrammeError::EmptyPeriod { .. } => (
            "Give it a day after its first with --until, and minutes with --minutes-per-week",
            "Mit --until einen Tag nach dem ersten nennen, mit --minutes-per-week Minuten",
        ),
        ProgrammeError::NoAmount { .. } => {
            ("Give an amount of at least 0 with --money", "Mit --money einen Betrag ab 0 nennen")
        }
        ProgrammeError::Overlap { .. } => (
            "Let it begin when the last one ends: leave --from away. To change the running period: rin programme adjust",
            "Beginnen lassen, wenn der letzte endet: --from weglassen. Den laufenden Zeitraum ändert: rin programme adjust",
        ),
        ProgrammeError::LeavesGap { .. } => (
            "Leave --from away to go on without a gap, or say that it is meant with --gap",
            "--from weglassen, dann entsteht keine Lücke, oder sie mit --gap ausdrücklich wollen",
        ),
        ProgrammeError::Ended { .. } => (
            "It stays ended. Begin another with: rin programme new",
            "Es bleibt beendet. Ein anderes beginnen mit: rin programme new",
        ),
        ProgrammeError::NoPeriod { .. } => {
            ("Renew it first with: rin programme renew", "Erst erneuern mit: rin programme renew")
        }
        _ => ("See how it stands with: rin programme show", "Den Stand zeigt: rin programme show"),
    }
}

//! Why a campaign's file cannot be used or a campaign not be started, ended or marked, with what to do about it.

use std::path::PathBuf;

use rin_core::Text;

/// Why a campaign cannot be read, started, ended or marked as asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CampaignError {
    /// There is no such file and no such campaign.
    #[error("there is no campaign {name}; there is {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Those that are there.
        known: String,
        /// The file looked for.
        path: PathBuf,
    },
    /// Nothing of the name is left that could name a file.
    #[error("`{name}` makes no file name")]
    NoName {
        /// What was given.
        name: String,
    },
    /// The file is there already.
    #[error("{} is there already", path.display())]
    FileTaken {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read or written.
    #[error("cannot {what} {}", path.display())]
    File {
        /// What was to be done.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The file is no TOML, lacks a key, or has an unknown one or one of a wrong type.
    #[error("{} is not valid", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why, with the line.
        source: Box<toml::de::Error>,
    },
    /// A value cannot be meant.
    #[error("{}, line {line}: {fault}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        fault: Fault,
    },
    /// A campaign needs a programme that runs when it begins.
    #[error("campaign {campaign} cannot start: programme {programme} does not run then")]
    NoProgramme {
        /// The campaign.
        campaign: String,
        /// The programme it names.
        programme: String,
    },
    /// The check says stop.
    #[error("campaign {campaign} cannot start: {stops} of {checks} checks say stop")]
    NotReady {
        /// The campaign.
        campaign: String,
        /// How many say stop.
        stops: usize,
        /// How many there are.
        checks: usize,
    },
    /// It was started before.
    #[error("campaign {campaign} was started before")]
    Started {
        /// The campaign.
        campaign: String,
    },
    /// It was never started.
    #[error("campaign {campaign} was not started")]
    NotStarted {
        /// The campaign.
        campaign: String,
    },
    /// It was ended before.
    #[error("campaign {campaign} was ended before")]
    Ended {
        /// The campaign.
        campaign: String,
    },
    /// The money it cost is no amount.
    #[error("the money it cost is no amount")]
    NoAmount,
}

/// What is wrong with a value in a campaign's file.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The end does not come after the beginning.
    #[error("`until` is not after `from`")]
    WrongWayRound,
    /// A text is no day.
    #[error("`{text}` is no day")]
    NoDay {
        /// What stands there.
        text: String,
    },
    /// A text is empty.
    #[error("`{key}` is empty")]
    Empty {
        /// The key.
        key: &'static str,
    },
    /// A number is negative, too large, or none.
    #[error("`{key}` must be 0 to {most}, got {value}")]
    OutOfRange {
        /// The key.
        key: &'static str,
        /// What stands there.
        value: f64,
        /// The most it may be.
        most: f64,
    },
    /// Nobody works on it.
    #[error("the team is empty")]
    Nobody,
    /// It is on no platform.
    #[error("there is no platform")]
    Nowhere,
    /// A platform is named twice.
    #[error("platform {platform} is named twice")]
    PlatformTwice {
        /// The platform.
        platform: String,
    },
    /// The goal is that ties stay alive, without saying how long.
    #[error("the measure is `alive`, but `alive-after-days` is missing")]
    AliveWhen,
    /// Days are given for a goal that has none.
    #[error("`alive-after-days` belongs to the measure `alive`")]
    NotAlive,
    /// A mark is no hashtag or link.
    #[error("`{text}` is no {}", if *is_link { "link" } else { "hashtag" })]
    NoLabel {
        /// What stands there.
        text: String,
        /// Whether it should be a link.
        is_link: bool,
    },
}

impl CampaignError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Unknown { path, .. } => {
                return Text {
                    en: format!("Write {} with: rin campaign new NAME", path.display()),
                    de: format!("{} anlegen mit: rin campaign new NAME", path.display()),
                };
            }
            Self::NoName { .. } => (
                "Give it a name with letters or digits.",
                "Einen Namen mit Buchstaben oder Ziffern wählen.",
            ),
            Self::FileTaken { .. } => (
                "Edit that file, or give the campaign another name.",
                "Diese Datei bearbeiten, oder der Kampagne einen anderen Namen geben.",
            ),
            Self::File { .. } => (
                "Check that the folder and the file are yours to read and write.",
                "Prüfen, ob Ordner und Datei gelesen und geschrieben werden dürfen.",
            ),
            Self::Syntax { .. } => (
                "Mend the line; what may stand where is shown by: rin campaign schema",
                "Die Zeile berichtigen; was wo stehen darf, zeigt: rin campaign schema",
            ),
            Self::Value { fault, .. } => fault.remedy(),
            Self::NoProgramme { .. } => (
                "Begin or renew it first: rin programme new, rin programme renew. A campaign can only support what goes on anyway.",
                "Erst beginnen oder erneuern: rin programme new, rin programme renew. Eine Kampagne kann nur stützen, was ohnehin weitergeht.",
            ),
            Self::NotReady { .. } => (
                "See what stops it with rin campaign check; or say why you start it all the same with --despite REASON",
                "Was dagegen spricht, zeigt rin campaign check; oder mit --despite GRUND sagen, warum trotzdem",
            ),
            Self::Started { .. } => (
                "What it was started with is kept and stays. Plan another one with: rin campaign new",
                "Womit sie begonnen wurde, ist festgehalten und bleibt. Eine andere planen mit: rin campaign new",
            ),
            Self::NotStarted { .. } => {
                ("Start it first with: rin campaign start", "Erst starten mit: rin campaign start")
            }
            Self::Ended { .. } => (
                "What it took is kept and stays.",
                "Was sie gekostet hat, ist festgehalten und bleibt.",
            ),
            Self::NoAmount => (
                "Give an amount of at least 0 with --money",
                "Mit --money einen Betrag ab 0 nennen",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }

    /// Whether it is about what the user asked for or wrote, rather than the machine failing.
    pub(crate) const fn is_usage(&self) -> bool {
        !matches!(self, Self::File { .. })
    }
}

impl Fault {
    const fn remedy(&self) -> (&'static str, &'static str) {
        match self {
            Self::WrongWayRound => (
                "Let `until`, the day after the last, come after `from`.",
                "`until`, der Tag nach dem letzten, muss nach `from` kommen.",
            ),
            Self::NoDay { .. } => ("Write it like 2027-06-01", "So schreiben: 2027-06-01"),
            Self::Empty { .. } => ("Fill it in.", "Ausfüllen."),
            Self::OutOfRange { .. } => {
                ("Choose a number in that range.", "Eine Zahl aus diesem Bereich wählen.")
            }
            Self::Nobody => (
                "Add a [[team]] with name and minutes-per-week.",
                "Ein [[team]] mit name und minutes-per-week hinzufügen.",
            ),
            Self::Nowhere => (
                "Add a [[platform]] with name and minutes-per-week.",
                "Eine [[platform]] mit name und minutes-per-week hinzufügen.",
            ),
            Self::PlatformTwice { .. } => (
                "Put what is planned there into one [[platform]].",
                "Was dort geplant ist, in einer [[platform]] zusammenfassen.",
            ),
            Self::AliveWhen => (
                "Say after how many days they should still be alive: alive-after-days = 90",
                "Sagen, nach wie vielen Tagen sie noch lebendig sein sollen: alive-after-days = 90",
            ),
            Self::NotAlive => (
                "Set measure = \"alive\", or delete alive-after-days.",
                "measure = \"alive\" setzen, oder alive-after-days löschen.",
            ),
            Self::NoLabel { .. } => (
                "Write hashtags like \"#reading\" and links like \"example.org/reading\", each in its own list.",
                "Hashtags wie \"#lesen\" und Links wie \"example.org/lesen\" schreiben, je in ihre Liste.",
            ),
        }
    }
}

//! One opened folder with its store, settings and plugins: what every use case starts from.

mod german;

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rin_core::{Moment, Text};
use rin_host::PluginFolder;
use rin_store::{OpenError, Store, StoreError};
use serde::Serialize;

use crate::{
    AnswerError, BacktestError, CampaignError, Config, ConfigError, ExitError, FilterTextError,
    ForgetError, Lang, NoteError, PartyError, PeopleError, PluginCheckError, Plugins, PluginsError,
    ProgrammeRequestError, SimulateError, TagError, config, party,
    people::{People, member, name_of},
};

/// Where a session works.
#[derive(Clone, Debug)]
pub struct SessionOptions {
    /// The folder of the store and `rin.toml`.
    pub dir: PathBuf,
    /// Folders in which plugins are looked for, the first first.
    pub plugin_path: Vec<PluginFolder>,
    /// The zone in which days and weeks are counted.
    pub zone: TimeZone,
}

/// One opened folder with its store, settings and plugins.
#[derive(Debug)]
pub struct Session {
    pub(crate) dir: PathBuf,
    pub(crate) store: Store,
    pub(crate) config: Config,
    pub(crate) plugins: Plugins,
    pub(crate) zone: TimeZone,
}

/// A folder made ready.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct InitView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The folder.
    pub dir: PathBuf,
    /// Its files.
    pub files: Vec<PathBuf>,
}

/// Why a use case could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The store could not be opened or made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A plugin is needed and cannot be had.
    #[error(transparent)]
    Plugins(#[from] PluginsError),
    /// A plugin cannot be checked as asked.
    #[error(transparent)]
    Check(#[from] PluginCheckError),
    /// The party named is not to be found.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// The line answered is not to be found.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// A text is no filter.
    #[error(transparent)]
    Filter(#[from] FilterTextError),
    /// Somebody cannot be erased as asked.
    #[error(transparent)]
    Forget(#[from] ForgetError),
    /// A note cannot be kept as asked.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// People cannot be joined or parted as asked.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// A tag cannot be given as asked.
    #[error(transparent)]
    Tag(#[from] TagError),
    /// The past cannot be looked back at as asked.
    #[error(transparent)]
    Backtest(#[from] BacktestError),
    /// An exit cannot be thought through as asked.
    #[error(transparent)]
    Exit(#[from] ExitError),
    /// The programme cannot be begun, changed or shown as asked.
    #[error(transparent)]
    Programme(#[from] ProgrammeRequestError),
    /// A campaign cannot be read, started, ended or marked as asked.
    #[error(transparent)]
    Campaign(#[from] CampaignError),
    /// Nothing could be lived through.
    #[error(transparent)]
    Simulate(#[from] SimulateError),
    /// It would show who somebody is.
    #[error("this cannot be shown in disguise")]
    Disguised,
    /// What was asked for could not be written out.
    #[error("cannot write what was asked for")]
    Output {
        /// Why not.
        source: std::io::Error,
    },
    /// A file could not be read or written.
    #[error("cannot {what} {}", path.display())]
    File {
        /// What was to be done.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

impl SessionError {
    /// Returns what to do about it, if there is something.
    pub fn remedy(&self) -> Option<Text> {
        let text = |en: &str, de: &str| Some(Text { en: en.to_owned(), de: de.to_owned() });
        match self {
            Self::Open(OpenError::Missing { .. }) => {
                text("Make it ready with: rin init", "Bereit machen mit: rin init")
            }
            Self::Open(OpenError::AlreadyThere { .. }) => text(
                "It is ready. See how it stands with: rin status",
                "Es ist bereit. Den Stand zeigt: rin status",
            ),
            Self::Open(error) => Some(error.remedy()),
            Self::Store(error) => Some(error.remedy()),
            Self::Config(_) => text(
                "Mend the line in rin.toml, or delete the key to get its default.",
                "Die Zeile in rin.toml berichtigen, oder den Schlüssel löschen; dann gilt die Vorgabe.",
            ),
            Self::Plugins(error) => Some(error.remedy()),
            Self::Check(error) => Some(error.remedy()),
            Self::Party(error) => Some(error.remedy()),
            Self::Answer(error) => Some(error.remedy()),
            Self::Filter(error) => Some(error.remedy()),
            Self::Forget(error) => Some(error.remedy()),
            Self::Note(error) => Some(error.remedy()),
            Self::Tag(error) => Some(error.remedy()),
            Self::People(error) => Some(error.remedy()),
            Self::Backtest(error) => Some(error.remedy()),
            Self::Exit(error) => Some(error.remedy()),
            Self::Programme(error) => Some(error.remedy()),
            Self::Campaign(error) => Some(error.remedy()),
            Self::Simulate(error) => Some(error.remedy()),
            Self::Disguised => text(
                "It is about who somebody is. Ask again without --disguise.",
                "Es geht darum, wer jemand ist. Noch einmal ohne --disguise fragen.",
            ),
            Self::File { .. } | Self::Output { .. } => None,
        }
    }

    /// Whether there is no network yet, rather than one that cannot be opened.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Open(OpenError::Missing { .. }))
    }

    /// Whether the user asked for something that is not there, rather than the machine failing.
    pub const fn is_usage(&self) -> bool {
        if let Self::Campaign(error) = self {
            return error.is_usage();
        }
        matches!(
            self,
            Self::Config(_)
                | Self::Party(_)
                | Self::Answer(_)
                | Self::Filter(_)
                | Self::Forget(_)
                | Self::Note(_)
                | Self::People(_)
                | Self::Tag(_)
                | Self::Check(_)
                | Self::Backtest(_)
                | Self::Disguised
                | Self::Exit(_)
                | Self::Programme(_)
                | Self::Simulate(_)
                | Self::Plugins(PluginsError::Unknown { .. } | PluginsError::NotAsked { .. })
        )
    }
}

impl Session {
    /// Makes a folder ready: an empty store and a `rin.toml` that shows every key.
    ///
    /// # Errors
    /// [`SessionError`] if a store is there already or the folder cannot be written.
    pub fn init(dir: &Path) -> Result<InitView, SessionError> {
        let store = Store::create(dir)?;
        let settings = dir.join(config::FILE);
        if !settings.exists() {
            let failed =
                |source| SessionError::File { what: "write", path: settings.clone(), source };
            std::fs::write(&settings, config::TEMPLATE).map_err(failed)?;
        }
        let files = vec![store.path().to_owned(), settings];
        Ok(InitView { schema: "rin.init/1", dir: dir.to_owned(), files })
    }

    /// Opens a folder and finds the plugins; runs none of them yet.
    ///
    /// # Errors
    /// [`SessionError`] if the store or the settings cannot be used.
    pub fn open(options: SessionOptions) -> Result<Self, SessionError> {
        let store = Store::open(&options.dir)?;
        let config = Config::read(&options.dir)?;
        let plugins = Plugins::find(&options.plugin_path, &options.dir);
        Ok(Self { dir: options.dir, store, config, plugins, zone: options.zone })
    }

    /// Shows made-up names, handles and ids from now on in the place of the real ones: in every view and in every file
    /// written. They are the same on every run. Who is meant is asked for by what is shown.
    ///
    /// Words of the user's own (tags, names of programmes and campaigns) are shown as they are.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn disguise(&mut self) -> Result<(), SessionError> {
        Ok(self.store.disguise()?)
    }

    /// Whether names are made up.
    pub const fn is_disguised(&self) -> bool {
        self.store.disguised().is_some()
    }

    /// Refuses what would show who somebody is, if that is to stay hidden.
    pub(crate) const fn undisguised(&self) -> Result<(), SessionError> {
        if self.is_disguised() { Err(SessionError::Disguised) } else { Ok(()) }
    }

    /// Returns the folder as it may be shown: disguised, it does not say whose it is.
    pub(crate) fn shown_dir(&self) -> String {
        if self.is_disguised() { "rin".to_owned() } else { self.dir.display().to_string() }
    }

    /// Returns how somebody of our own team is shown.
    pub(crate) fn member_name(&self, name: &str) -> String {
        member(self.store.disguised(), name)
    }

    /// Says that an account is ours, or is not, by handle or native id, and learns the forecast anew; returns its name.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be written.
    pub fn set_own(
        &mut self,
        query: &str,
        is_own: bool,
        now: Moment,
    ) -> Result<String, SessionError> {
        let name = self.mark_own(query, is_own, now)?;
        self.calibrate(now, Lang::En)?;
        Ok(name)
    }

    /// The same without learning.
    pub(crate) fn mark_own(
        &mut self,
        query: &str,
        is_own: bool,
        now: Moment,
    ) -> Result<String, SessionError> {
        let people = People::read(&self.store.read()?)?;
        let known = party::find_account(&people, query)?;
        let name = name_of(known);
        self.store.set_own(known.id, is_own, now)?;
        Ok(name)
    }
}

//! An author's plugin on the workbench: built, started, tried, and held against this week's plan.
//!
//! The order is always the same: build, lay out as an installation does, start a worker of its own, try the worked
//! examples and samples, and only then put it in the place of the one before. A build that fails or a plugin that
//! does not start leaves the one before where it is. The worker before has nothing left to answer by then and ends.

mod build;
mod compare;
mod trial;

use std::{
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use rin_core::{Moment, Text};
use rin_host::{Found, Isolation, LoadError, Loading, Params, Plugin, load};
use serde::Serialize;

pub use self::{
    compare::{ChangeView, PlanChangeView},
    trial::TriedView,
};
use crate::{Lang, PlanLineView, Session, SessionError, WeekRequest};

/// What is worked on, and how it is tried.
#[derive(Clone, Debug)]
pub struct DevRequest {
    /// The plugin's folder: `plugin.toml`, and `Cargo.toml` or `Makefile`.
    pub dir: PathBuf,
    /// Whether to build it optimised.
    pub release: bool,
    /// Where it runs.
    pub isolation: Isolation,
    /// The moment from which is planned.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A plugin on the workbench.
#[derive(Debug)]
pub struct Dev {
    request: DevRequest,
    sources: Vec<(PathBuf, Option<SystemTime>, u64)>,
    /// The plan's lines for its platform as they were last.
    before: Option<Vec<PlanLineView>>,
}

/// One round: what was built, how it does, and what it changes.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DevView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plugin's id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its platform.
    pub platform: String,
    /// The folder in which it lies as an installation would have it: for `rin plugin check`, and to hand out.
    pub folder: PathBuf,
    /// How far it is shut in, in words.
    pub confinement: String,
    /// Its worked examples and samples.
    pub tried: Vec<TriedView>,
    /// What it does to this week's plan; `None` where there is no network.
    pub plan: Option<PlanChangeView>,
}

/// Why a round came to nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DevError {
    /// There is nothing to build.
    #[error("{} holds no plugin: {what} is missing", dir.display())]
    NoProject {
        /// The folder.
        dir: PathBuf,
        /// What is missing.
        what: &'static str,
    },
    /// The program that builds is not there.
    #[error("{program} cannot be started")]
    NoBuilder {
        /// Which program.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// The build failed and has said why.
    #[error("the build failed; {program} has said why above")]
    Build {
        /// Which program.
        program: String,
    },
    /// The build made no library.
    #[error("the build made no {file}")]
    NoLibrary {
        /// The library that was looked for.
        file: String,
    },
    /// The plugin as it was laid out cannot be found.
    #[error("{what}")]
    Manifest {
        /// Why not.
        what: String,
    },
    /// A file could not be read or written.
    #[error("cannot read or write {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The plugin does not start.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// No plan could be made.
    #[error(transparent)]
    Session(#[from] SessionError),
}

impl DevError {
    /// Returns what to do about it, if there is something.
    pub fn remedy(&self) -> Option<Text> {
        let (en, de) = match self {
            Self::NoProject { .. } => (
                "Name the folder of a plugin, or write one with: rin plugin new NAME",
                "Den Ordner eines Plugins nennen, oder eines schreiben mit: rin plugin new NAME",
            ),
            Self::NoLibrary { .. } => (
                "The library is called librin_NAME, where NAME is the last part of the id in plugin.toml; in Cargo.toml, crate-type holds \"cdylib\".",
                "Die Bibliothek heißt librin_NAME, mit dem letzten Teil der id aus plugin.toml als NAME; in Cargo.toml enthält crate-type \"cdylib\".",
            ),
            Self::Session(error) => return error.remedy(),
            _ => return None,
        };
        Some(Text { en: en.to_owned(), de: de.to_owned() })
    }

    /// Whether the next change of a file may mend it.
    pub const fn may_mend(&self) -> bool {
        !matches!(self, Self::NoProject { .. } | Self::NoBuilder { .. } | Self::Session(_))
    }
}

impl Dev {
    /// Looks whether there is something to build.
    ///
    /// # Errors
    /// [`DevError::NoProject`] if not.
    pub fn open(request: DevRequest) -> Result<Self, DevError> {
        build::Tool::of(&request.dir)?;
        let sources = build::sources(&request.dir);
        Ok(Self { request, sources, before: None })
    }

    /// Whether a source file was written, made or removed since it was last asked.
    pub fn is_changed(&mut self) -> bool {
        let sources = build::sources(&self.request.dir);
        let is_changed = sources != self.sources;
        self.sources = sources;
        is_changed
    }

    /// Builds it, tries it, and plans with it; without a session it is only tried.
    ///
    /// # Errors
    /// [`DevError`]; the plugin of the round before goes on serving the session then.
    pub fn round(&mut self, session: Option<&mut Session>) -> Result<DevView, DevError> {
        let found = build::build(&self.request)?;
        let info = &found.manifest.info;
        let how = Loading {
            isolation: self.request.isolation,
            // It is the author's own: what the manifest asks for is permitted while working on it.
            permitted: found.manifest.permissions.clone(),
            ..Loading::default()
        };
        let plugin = load(&found, &how)?;
        let connection = plugin.connect(&Params::defaults(&found.manifest))?;
        let confinement = connection.confinement().to_string();
        let tried = trial::try_all(connection, &found, &self.request);
        let plan = match session {
            Some(session) => Some(self.plan(session, &found, plugin)?),
            None => None,
        };
        Ok(DevView {
            schema: "rin.plugin-dev/1",
            id: info.id.clone(),
            version: info.version.clone(),
            platform: info.platform.clone(),
            folder: found.manifest_file.parent().unwrap_or(Path::new("")).to_owned(),
            confinement,
            tried,
            plan,
        })
    }

    /// Plans with the plugin in the place of the one before.
    fn plan(
        &mut self,
        session: &mut Session,
        found: &Found,
        plugin: Plugin,
    ) -> Result<PlanChangeView, DevError> {
        let platform = &found.manifest.info.platform;
        let request = WeekRequest {
            now: self.request.now,
            minutes: None,
            seed: 1,
            is_fresh: true,
            is_trial: true,
            lang: self.request.lang,
        };
        let of_platform = |lines: Vec<PlanLineView>| {
            lines.into_iter().filter(|line| line.platform == *platform).collect::<Vec<_>>()
        };
        let before = match self.before.take() {
            Some(lines) => lines,
            None => of_platform(session.week(&request)?.lines),
        };
        session.plugins.lend(found, plugin);
        let week = session.week(&request)?;
        let after = of_platform(week.lines);
        let view = compare::compare(&before, &after, week.problems);
        self.before = Some(after);
        Ok(view)
    }
}

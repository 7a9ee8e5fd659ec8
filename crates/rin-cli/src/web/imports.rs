//! Imports begun on the page: what was sent lies in a folder of its own until it is read, and is gone afterwards.
//!
//! Each is read by a session of its own on a thread of its own, so that everything else can still be asked: the store lets
//! others read while one writes. What was sent is personal, so it lies inside the folder of the network, which only its
//! user can open, and an import that was left half-way is cleared away by a later start.

mod inbox;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use rin_app::{ImportRequest, ImportView, Lang, Watch};
use tokio::sync::watch;

pub(super) use self::inbox::{Inbox, inside};
use crate::{
    environment::Context,
    error::{Error, Told},
};

/// Imports remembered; the oldest that is over goes when another begins.
const KEPT: usize = 20;

/// The imports of this run.
#[derive(Debug)]
pub(super) struct Imports {
    inbox: Inbox,
    next: AtomicU64,
    all: Mutex<BTreeMap<u64, Arc<Import>>>,
}

/// One import.
#[derive(Debug)]
pub(super) struct Import {
    /// Where what was sent lies.
    pub(super) folder: PathBuf,
    /// How far it is.
    stage: watch::Sender<Stage>,
}

/// How far an import is.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// Files are being sent.
    Collecting,
    /// They are being read: what, how much of it, of how much.
    Reading(String, u64, u64),
    /// It is over.
    Read(Arc<ImportView>),
    /// It could not be done.
    Failed(Arc<Told>),
}

impl Stage {
    /// Whether nothing more will come.
    pub(super) const fn is_over(&self) -> bool {
        matches!(self, Self::Read(_) | Self::Failed(_))
    }
}

impl Imports {
    /// Returns none yet; clears away what earlier runs have left.
    pub(super) fn new(dir: &Path) -> Self {
        let inbox = Inbox::new(dir);
        inbox.clear_old();
        Self { inbox, next: AtomicU64::new(1), all: Mutex::default() }
    }

    /// Begins an import.
    pub(super) fn begin(&self) -> std::io::Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let folder = self.inbox.folder(number)?;
        let (stage, _) = watch::channel(Stage::Collecting);
        let mut all = self.lock();
        if KEPT <= all.len() {
            let over = all.iter().find(|(_, one)| one.stage().is_over()).map(|(number, _)| *number);
            over.and_then(|number| all.remove(&number));
        }
        all.insert(number, Arc::new(Import { folder, stage }));
        Ok(number)
    }

    /// Returns an import.
    pub(super) fn get(&self, number: u64) -> Option<Arc<Import>> {
        self.lock().get(&number).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Import>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Import {
    /// Returns how far it is.
    pub(super) fn stage(&self) -> Stage {
        self.stage.borrow().clone()
    }

    /// Returns something that hears of every step.
    pub(super) fn listen(&self) -> watch::Receiver<Stage> {
        self.stage.subscribe()
    }

    /// Reads what was sent, or what lies at `path`, on a thread of its own; does nothing if that was begun already.
    pub(super) fn start(
        self: &Arc<Self>,
        path: Option<PathBuf>,
        context: &Arc<Context>,
        lang: Lang,
    ) {
        let begins = |stage: &mut Stage| {
            let is_first = matches!(stage, Stage::Collecting);
            if is_first {
                *stage = Stage::Reading(String::new(), 0, 0);
            }
            is_first
        };
        if !self.stage.send_if_modified(begins) {
            return;
        }
        let (import, context) = (Arc::clone(self), Arc::clone(context));
        thread::spawn(move || {
            let over = match import.read(path, &context, lang) {
                Ok(view) => Stage::Read(Arc::new(view)),
                Err(error) => Stage::Failed(Arc::new(error.told(lang))),
            };
            // What is left is cleared away by a later start.
            drop(fs::remove_dir_all(&import.folder));
            import.stage.send_replace(over);
        });
    }

    fn read(
        &self,
        path: Option<PathBuf>,
        context: &Context,
        lang: Lang,
    ) -> Result<ImportView, Error> {
        let (mut session, _) = context.open()?;
        let paths = match path {
            Some(path) => vec![path],
            None => inbox::contents(&self.folder)?,
        };
        let request =
            ImportRequest { paths, platform: None, own: Vec::new(), now: context.now()?, lang };
        Ok(session.import(&request, &mut Teller { stage: &self.stage, source: String::new() })?)
    }
}

/// Tells how far the reading is.
struct Teller<'a> {
    stage: &'a watch::Sender<Stage>,
    source: String,
}

impl Watch for Teller<'_> {
    fn source(&mut self, name: &str) {
        name.clone_into(&mut self.source);
        self.progress(0, 0);
    }

    fn progress(&mut self, done: u64, total: u64) {
        self.stage.send_replace(Stage::Reading(self.source.clone(), done, total));
    }

    fn end(&mut self) {}
}

//! Reading exports into the store: ask every plugin whose it is, read it, tell what came and what could not.

mod failure;
mod listen;

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
};

use rin_core::{Coverage, Moment};
use rin_host::{FolderSource, PluginReader, Source};
use rin_store::{ImportReport, KnownAccount, SourceInfo, Tally};
use serde::Serialize;
use sha2::{Digest, Sha256};

use self::{
    failure::{Failure, broken_off, failure, no_reader, skipped, unreadable, with_remedy},
    listen::Listening,
};
use crate::{
    CalibrationView, Lang, PluginsError, Session, SessionError,
    people::{People, handle_of, name_of},
    retention::thinned,
    status::coverage_sentence,
};

/// Findings told of one source, those that say the same counted as one; the store keeps more.
const FINDINGS: usize = 1_000;

/// Which exports are read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportRequest {
    /// Archives or folders as they were downloaded.
    pub paths: Vec<PathBuf>,
    /// Read them as exports of this platform instead of asking every plugin.
    pub platform: Option<String>,
    /// Handles or native ids of accounts that are ours.
    pub own: Vec<String>,
    /// The moment of the import.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Hears how far an import is.
pub trait Watch {
    /// A source is begun.
    fn source(&mut self, name: &str);

    /// So many bytes of its files are read.
    fn progress(&mut self, done: u64, total: u64);

    /// Everything is read.
    fn end(&mut self);
}

/// What an import brought.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ImportView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Each source, in the order given.
    pub sources: Vec<ImportedView>,
    /// Whether every source was read without an error.
    pub is_complete: bool,
    /// Whether any source was read at all.
    pub is_any: bool,
    /// What was asked for beside the reading and could not be done, as sentences.
    pub problems: Vec<String>,
    /// Plugins that may not run and were not needed, since everything given was read, as sentences.
    pub notes: Vec<String>,
    /// What the forecast learned from the longer past; `None` if nothing came that it could learn from.
    pub calibration: Option<CalibrationView>,
    /// How many pairs of accounts of other sources were joined, as they are certainly of one party.
    pub joined: usize,
    /// What was erased, because it is older than interactions are kept, as a sentence.
    pub erased: Option<String>,
    /// What to do next, as sentences.
    pub next: Vec<String>,
}

/// What one source brought.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ImportedView {
    /// The path given.
    pub path: String,
    /// Whose export it is; empty if nobody's.
    pub platform: String,
    /// The plugin that read it.
    pub plugin: String,
    /// Why it could not be read, and what to do.
    pub error: Option<String>,
    /// Whether that is the plugin's fault and not the file's.
    pub is_plugin_fault: bool,
    /// Whether the very same bytes were imported before.
    pub was_known: bool,
    /// Accounts, new and known.
    pub accounts: (u64, u64),
    /// Sightings of ties, new and known.
    pub ties: (u64, u64),
    /// Interactions, new and known.
    pub interactions: (u64, u64),
    /// Whose export it is: handle or id, and whether the account is ours.
    pub owners: Vec<(String, bool)>,
    #[serde(skip)]
    accounts_of_owners: Vec<rin_core::AccountId>,
    /// What the sources show of our account in it, as a sentence; empty if none is ours.
    pub covered: String,
    /// What they do not show, as a sentence.
    pub missing: String,
    /// What should be known about it, gravest first.
    pub findings: Vec<FindingView>,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FindingView {
    /// `note`, `warning`, `error`.
    pub severity: &'static str,
    /// A short stable name.
    pub code: String,
    /// The file inside the source; empty for the source as a whole.
    pub file: String,
    /// Line, item or byte, counted from 1; 0 for none.
    pub place: u64,
    /// How many rows it stands for.
    pub count: u64,
    /// What is so and what to do.
    pub text: String,
}

impl Session {
    /// Imports each path as one source, each in one transaction; a source that cannot be read leaves nothing behind
    /// and does not keep the others.
    ///
    /// # Errors
    /// [`SessionError`] if the store itself fails, or an account named as ours is not there.
    pub fn import(
        &mut self,
        request: &ImportRequest,
        watch: &mut dyn Watch,
    ) -> Result<ImportView, SessionError> {
        let lang = request.lang;
        let (mut sources, mut problems, mut barred) = (Vec::new(), Vec::new(), Vec::new());
        for path in &request.paths {
            watch.source(&path.display().to_string());
            let told = (&mut problems, &mut barred);
            sources.extend(self.read_path(path, (request, watch), told)?);
        }
        watch.end();
        problems.extend(self.plugins.crash_notes(request.now, lang));
        for query in &request.own {
            match self.mark_own(query, true, request.now) {
                Ok(_) => {}
                Err(error @ SessionError::Party(_)) => problems.push(with_remedy(&error, lang)),
                Err(error) => return Err(error),
            }
        }
        let ours = self.mark_owners(&mut sources, lang)?;
        let erased = thinned(self.thin_log(request.now)?, lang);
        let n_joined = self.keep_certain(request.now)?;
        if self.is_disguised() {
            for view in &mut sources {
                hide(view, lang);
            }
        }
        let is_grown = sources.iter().any(|view| 0 < view.interactions.0);
        let calibration = if is_grown || !request.own.is_empty() {
            Some(self.calibrate(request.now, lang)?)
        } else {
            None
        };
        self.keep_origins(request.now)?;
        let is_fine = |view: &ImportedView| {
            view.error.is_none() && view.findings.iter().all(|one| one.severity != "error")
        };
        let is_all_read = sources.iter().all(is_fine);
        // Whoever may not run is missed only where something was left unread.
        let notes = if is_all_read { std::mem::take(&mut barred) } else { Vec::new() };
        problems.splice(0..0, barred);
        Ok(ImportView {
            schema: "rin.import/1",
            is_complete: problems.is_empty() && is_all_read,
            is_any: sources.iter().any(|view| view.error.is_none()),
            calibration,
            erased,
            next: next(&sources, &ours, n_joined, lang),
            joined: n_joined,
            problems,
            notes,
            sources,
        })
    }

    /// Reads what lies at a path with every plugin that recognises its own; tells once of each that cannot be asked,
    /// apart from those that may not run.
    fn read_path(
        &mut self,
        path: &Path,
        (request, watch): (&ImportRequest, &mut dyn Watch),
        (problems, barred): (&mut Vec<String>, &mut Vec<String>),
    ) -> Result<Vec<ImportedView>, SessionError> {
        let lang = request.lang;
        let mut fresh = ImportedView { path: path.display().to_string(), ..Default::default() };
        let source = match FolderSource::open(path, request.now) {
            Ok(source) => source,
            Err(error) => {
                fresh.error = Some(unreadable(&error, lang));
                return Ok(vec![fresh]);
            }
        };
        fresh.findings = skipped(&source, lang);
        let (platform, mut without) = (request.platform.as_deref(), Vec::new());
        let readers = self.plugins.readers_for(&source, platform, &self.config, &mut without);
        for error in &without {
            let is_barred = matches!(error, PluginsError::NotTrusted(_));
            let list = if is_barred { &mut *barred } else { &mut *problems };
            let told = error.told(lang);
            if !list.contains(&told) {
                list.push(told);
            }
        }
        let readers = match readers {
            Ok(readers) => readers,
            Err(error) => {
                fresh.error = Some(no_reader(error, lang));
                return Ok(vec![fresh]);
            }
        };
        let mut views = Vec::new();
        for mut reader in readers {
            let mut view = fresh.clone();
            match self.read_source(&mut reader, &source, (request, watch), &mut view) {
                Ok(()) => {}
                Err(Failure::Session(error)) => return Err(*error),
                Err(Failure::Source(what)) => view.error = Some(what),
                Err(Failure::Plugin(what)) => {
                    view.error = Some(what);
                    view.is_plugin_fault = true;
                }
            }
            views.push(view);
        }
        Ok(views)
    }

    fn read_source(
        &mut self,
        reader: &mut PluginReader,
        source: &FolderSource,
        (request, watch): (&ImportRequest, &mut dyn Watch),
        view: &mut ImportedView,
    ) -> Result<(), Failure> {
        let lang = request.lang;
        let manifest = &reader.manifest().info;
        let (id, version) = (manifest.id.clone(), manifest.version.clone());
        let platform = manifest.platform.clone();
        view.platform.clone_from(&platform);
        view.plugin = format!("{id} {version}");
        let path = Path::new(&view.path);
        let name =
            path.file_name().map_or_else(|| view.path.clone(), |n| n.to_string_lossy().into());
        let fingerprint =
            fingerprint(source).map_err(|error| Failure::Source(broken_off(&error, lang)))?;
        let info = SourceInfo {
            platform: &platform,
            plugin: &id,
            version: &version,
            name: &name,
            fingerprint: &fingerprint,
            now: request.now,
        };
        let mut tell =
            |progress: rin_store::Progress| watch.progress(progress.done, progress.total);
        let mut heard = Vec::new();
        let report = self.store.import_watched(&info, &mut tell, |sink| {
            reader.read(source, &mut Listening { sink, lang, heard: &mut heard })
        });
        match report {
            Ok(report) => self
                .tell(&report, lang, view)
                .map_err(|error| Failure::from(SessionError::from(error))),
            Err(error) => {
                // Nothing is kept of a source that was given up, so what was heard until then is told here.
                view.findings = together(view.findings.drain(..).chain(heard));
                Err(failure(error, lang))
            }
        }
    }

    /// Puts a report into the view.
    fn tell(
        &self,
        report: &ImportReport,
        lang: Lang,
        view: &mut ImportedView,
    ) -> Result<(), rin_store::StoreError> {
        let tally = |tally: Tally| (tally.new, tally.known);
        view.was_known = report.was_known;
        view.accounts = tally(report.accounts);
        view.ties = tally(report.ties);
        view.interactions = tally(report.interactions);
        let reader = self.store.read()?;
        let ids =
            report.owners.iter().filter_map(|owner| reader.account_by_key(&owner.key).transpose());
        view.accounts_of_owners = ids.collect::<Result<_, _>>()?;
        let findings = reader.findings(report.source)?;
        let shown = findings.into_iter().map(|finding| FindingView {
            severity: finding.severity.name(),
            text: lang.pick(finding.en, finding.de),
            code: finding.code,
            file: finding.file,
            place: finding.place,
            count: finding.count,
        });
        view.findings = together(view.findings.drain(..).chain(shown));
        Ok(())
    }

    /// Names the owners of the sources, says which of them are ours now and what is seen of those; returns the
    /// platforms on which some account is ours.
    fn mark_owners(
        &self,
        sources: &mut [ImportedView],
        lang: Lang,
    ) -> Result<BTreeSet<String>, SessionError> {
        let people = People::read(&self.store.read()?)?;
        for view in sources.iter_mut() {
            let owners = view.accounts_of_owners.iter().filter_map(|id| people.accounts.get(id));
            let known: Vec<&KnownAccount> = owners.collect();
            let ours = known.iter().filter(|known| known.is_own);
            let seen = ours.map(|known| people.coverage_of(known.id)).reduce(Coverage::merge);
            let name = |known: &&KnownAccount| {
                (handle_of(known).unwrap_or_else(|| name_of(known)), known.is_own)
            };
            view.owners = known.iter().map(name).collect();
            if let Some(coverage) = seen {
                (view.covered, view.missing) = coverage_sentence(&coverage, lang);
            }
        }
        let ours = people.own.iter().filter_map(|own| people.accounts.get(own));
        Ok(ours.map(|known| known.account.key.platform.clone()).collect())
    }
}

/// Takes out what names people: where the source lies, the folders in it, and what readers quote.
fn hide(view: &mut ImportedView, lang: Lang) {
    "export".clone_into(&mut view.path);
    for finding in &mut view.findings {
        finding.file.clear();
        let code = &finding.code;
        finding.text = lang.pick(
            format!("{code}; what it says is not shown under disguise."),
            format!("{code}; was es sagt, wird in der Verkleidung nicht gezeigt."),
        );
    }
}

/// Puts findings that say the same of one file together: the first place, and how many rows.
fn together(findings: impl Iterator<Item = FindingView>) -> Vec<FindingView> {
    let mut all: Vec<FindingView> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    for finding in findings {
        let key =
            (finding.severity, finding.code.clone(), finding.file.clone(), finding.text.clone());
        match known.get(&key).copied() {
            Some(at) => {
                if let Some(same) = all.get_mut(at) {
                    same.count += finding.count;
                }
            }
            None if all.len() < FINDINGS => {
                known.insert(key, all.len());
                all.push(finding);
            }
            None => {}
        }
    }
    all
}

/// Returns SHA-256 over names, sizes and bytes of all files, in hex: the same for the same export.
fn fingerprint(source: &FolderSource) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    for (number, entry) in source.entries().iter().enumerate() {
        // The name of a single file does not belong to its content: it may be renamed.
        if 1 < source.entries().len() {
            hash.update(entry.name.as_bytes());
        }
        hash.update([0]);
        hash.update(entry.size.to_le_bytes());
        let mut offset = 0;
        loop {
            let n_read = source.read_at(number, offset, &mut buffer)?;
            let Some(part) = buffer.get(..n_read).filter(|part| !part.is_empty()) else { break };
            hash.update(part);
            offset += n_read as u64;
        }
    }
    Ok(format!("{:x}", hash.finalize()))
}

fn next(
    sources: &[ImportedView],
    ours: &BTreeSet<String>,
    n_joined: usize,
    lang: Lang,
) -> Vec<String> {
    let mut next = Vec::new();
    let mut read = sources.iter().filter(|view| view.error.is_none());
    let is_any = sources.iter().any(|view| view.error.is_none());
    if is_any && read.all(|view| !ours.contains(&view.platform)) {
        next.push(lang.pick(
            "None of these accounts is known to be yours: rin own add HANDLE".to_owned(),
            "Keines dieser Konten ist als deines bekannt: rin own add HANDLE".to_owned(),
        ));
    } else if is_any {
        next.push(lang.pick("rin week".to_owned(), "rin week".to_owned()));
    }
    if 0 < n_joined {
        next.push(lang.pick(
            format!("{n_joined} pairs of accounts are certainly one party each: rin people show"),
            format!("{n_joined} Kontenpaare sind sicher je eins: rin people show"),
        ));
    }
    next
}

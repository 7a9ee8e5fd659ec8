//! A plugin's worked examples and samples, tried where it will run.

use std::{collections::BTreeMap, fs, path::Path};

use rin_core::{Finding, Proposal, Record, RecordSink, Stop};
use rin_host::{Connection, Expect, FolderSource, Found, Manifest};
use serde::Serialize;

use super::DevRequest;
use crate::{Lang, people::clean};

/// Findings told of one sample.
const MAX_FINDINGS: usize = 20;

/// One worked example or sample, and how it went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TriedView {
    /// What was tried: the example's sentence, or the sample's name.
    pub what: String,
    /// Whether it went as it should.
    pub is_fine: bool,
    /// What came of it.
    pub found: String,
    /// What the reader said about the sample, the first twenty.
    pub findings: Vec<String>,
}

/// Tries every worked example, then every sample, in one instance.
pub(super) fn try_all(
    mut connection: Box<dyn Connection>,
    found: &Found,
    request: &DevRequest,
) -> Vec<TriedView> {
    let mut tried = Vec::new();
    if found.manifest.provides.strategy {
        tried.extend(examples(connection.as_mut(), &found.manifest, request.lang));
    }
    if found.manifest.provides.reader {
        let folder = found.manifest_file.with_file_name("samples");
        let mut paths: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        tried.extend(paths.iter().map(|path| sample(connection.as_mut(), path, request)));
    }
    tried
}

fn examples(connection: &mut dyn Connection, manifest: &Manifest, lang: Lang) -> Vec<TriedView> {
    let try_one = |example: &rin_host::Example| {
        let mut proposals: Vec<Proposal<'static>> = Vec::new();
        let outcome = example
            .with_batch(&manifest.info.columns, |batch| connection.propose(batch, &mut proposals));
        let (is_fine, found) = match outcome {
            Err(error) => (false, error.to_string()),
            Ok(Err(error)) => (false, error.to_string()),
            Ok(Ok(())) => {
                let first = proposals.first().map_or(Expect::Nothing, |proposal| {
                    Expect::Proposal { kind: proposal.kind, reason: proposal.reason }
                });
                (first == example.expect, in_words(manifest, first, lang))
            }
        };
        TriedView {
            what: lang.text(&example.text).to_owned(),
            is_fine,
            found,
            findings: Vec::new(),
        }
    };
    manifest.examples.iter().map(try_one).collect()
}

fn in_words(manifest: &Manifest, expect: Expect, lang: Lang) -> String {
    let Expect::Proposal { kind, reason } = expect else {
        return lang.pick("nothing", "nichts").to_owned();
    };
    let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let kind = manifest.info.kinds.get(at(kind)).map_or("?", |kind| kind.id.as_str());
    let reason = manifest.info.reasons.get(at(reason)).map_or("?", |reason| reason.id.as_str());
    format!("{kind}, {reason}")
}

fn sample(connection: &mut dyn Connection, path: &Path, request: &DevRequest) -> TriedView {
    let what = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut heard = Heard { lang: request.lang, counts: BTreeMap::new(), findings: Vec::new() };
    let (is_fine, found) = match read(connection, path, request, &mut heard) {
        Ok((sure, found)) => (0 < sure, found),
        Err(found) => (false, found),
    };
    TriedView { what, is_fine, found, findings: heard.findings }
}

/// Reads a sample; returns how sure the reader is that it is its own, and what it reported.
fn read(
    connection: &mut dyn Connection,
    path: &Path,
    request: &DevRequest,
    heard: &mut Heard,
) -> Result<(u8, String), String> {
    let source = FolderSource::open(path, request.now).map_err(|error| error.to_string())?;
    let sure = connection.probe(&source).map_err(|error| error.to_string())?;
    connection.read(&source, heard).map_err(|error| error.to_string())?;
    let counts: Vec<_> =
        heard.counts.iter().map(|(kind, count)| format!("{kind} ×{count}")).collect();
    let lang = request.lang;
    let words = lang.pick(format!("{sure} % sure"), format!("zu {sure} % sicher"));
    Ok((sure, format!("{words}; {}", counts.join(", "))))
}

/// How many records of each kind came, and what was told of the export.
struct Heard {
    lang: Lang,
    counts: BTreeMap<&'static str, u64>,
    findings: Vec<String>,
}

impl RecordSink for Heard {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        let kind = match record {
            Record::Account(_) => "account",
            Record::Tie(_) => "tie",
            Record::Interaction(_) => "interaction",
            Record::Coverage(_) => "coverage",
            Record::Finding(finding) => {
                // A reader may say the same of every row; nobody reads more than these.
                if self.findings.len() < MAX_FINDINGS {
                    self.findings.push(told(&finding, self.lang));
                }
                "finding"
            }
            _ => "other",
        };
        *self.counts.entry(kind).or_default() += 1;
        Ok(())
    }
}

/// Writes a finding as an import shows it, with its code in front.
fn told(finding: &Finding<'_>, lang: Lang) -> String {
    let place = match (finding.file, finding.place) {
        ("", _) => String::new(),
        (file, 0) => format!("{file}: "),
        (file, place) => format!("{file}:{place}: "),
    };
    let times = if finding.count < 2 { String::new() } else { format!(" ({} ×)", finding.count) };
    format!("{}: {place}{}{times}", finding.code, clean(lang.pick(finding.en, finding.de)))
}

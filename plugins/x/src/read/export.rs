//! Which archives lie in a source: the files of each, when it was made, and whose it is.
//!
//! People name a folder with two archives of different years, one archive in several zips, the unpacked files, or one
//! file alone. Files belong together that lie below one folder; parts of one archive say the same date of making.

use std::collections::BTreeMap;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::Moment,
};

use super::{
    kind::{Kind, Part, root_of},
    manifest::Manifest,
    moment::moment,
    owner::Owner,
    say, script,
};

/// Files of unknown names that are looked into; an archive has some seventy.
const MOST_OPENED: usize = 500;

/// One archive of one account.
#[derive(Debug, Default)]
pub(super) struct Export<'a> {
    /// Its files, by kind and then by number.
    pub(super) parts: Vec<Part<'a>>,
    pub(super) owner: Option<Owner>,
    pub(super) manifest: Manifest,
    /// Files about other things than people.
    pub(super) others: u64,
}

impl<'a> Export<'a> {
    /// Returns its files of a kind, in their order.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &'a ArchiveFile> {
        self.parts.iter().filter(move |part| part.kind == kind).map(|part| part.file)
    }

    /// Whether it has a file of that kind.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.of(kind).next().is_some()
    }

    /// Returns when it was made, as far as it says.
    pub(super) fn made(&self) -> Option<Moment> {
        let archived = self.parts.iter().filter(|part| part.file.is_archived());
        self.manifest.made.or_else(|| archived.filter_map(|part| part.file.modified()).max())
    }

    fn is_same_as(&self, other: &Self) -> bool {
        let is_one_owner = self.owner.is_some() && self.owner_id() == other.owner_id();
        is_one_owner && self.manifest.made.is_some() && self.manifest.made == other.manifest.made
    }

    fn owner_id(&self) -> Option<&str> {
        self.owner.as_ref().map(|owner| owner.id.as_str())
    }

    fn join(&mut self, other: Self) {
        self.parts.extend(other.parts);
        self.owner = self.owner.take().or(other.owner);
        self.manifest.join(other.manifest);
        self.others += other.others;
        self.sort();
    }

    fn sort(&mut self) {
        self.parts.sort_by(|a, b| {
            (a.kind, a.number, a.file.name()).cmp(&(b.kind, b.number, b.file.name()))
        });
    }
}

/// What the entries of our lists are called, one of which stands in the beginning of a bare list.
const ENTRIES: [&str; 9] = [
    "\"follower\"",
    "\"following\"",
    "\"blocking\"",
    "\"muting\"",
    "\"like\"",
    "\"tweet\"",
    "\"id_str\"",
    "\"dmConversation\"",
    "\"accountId\"",
];

/// Finds the archives of a source.
pub(super) fn find<'a>(archive: &'a Archive<'_>, findings: &mut Findings) -> Vec<Export<'a>> {
    let mut by_root: BTreeMap<&str, Export<'a>> = BTreeMap::new();
    let mut others: Vec<&ArchiveFile> = Vec::new();
    for file in archive.files() {
        // Only a file that lies open can have been renamed.
        let is_renamed = || !file.is_archived() && is_script(file) && others.len() < MOST_OPENED;
        let by_head =
            || is_renamed().then(|| Part::of_head(file, &script::head_of(archive, file))).flatten();
        let by_name = Part::of(file).filter(|_| !is_anothers(archive, file));
        match by_name.or_else(by_head) {
            Some(part) => by_root.entry(part.root()).or_default().parts.push(part),
            None if is_script(file) => others.push(file),
            None => {}
        }
    }
    for file in others {
        if let Some(export) = by_root.get_mut(root_of(file.folder())) {
            export.others += 1;
        }
    }
    let mut exports: Vec<Export<'a>> = by_root.into_values().collect();
    for export in &mut exports {
        export.sort();
        describe(archive, export, findings);
    }
    let mut joined: Vec<Export<'a>> = Vec::new();
    for export in exports {
        match joined.iter_mut().find(|known| known.is_same_as(&export)) {
            Some(known) => known.join(export),
            None => joined.push(export),
        }
    }
    adopt(joined)
}

/// Whether a file has one of our names only because another platform calls its own so: `following.json`.
fn is_anothers(archive: &Archive<'_>, file: &ArchiveFile) -> bool {
    let is_json = file.base().to_ascii_lowercase().ends_with(".json");
    is_json && {
        let head = script::head_of(archive, file);
        let is_script = ["window.", "Grailbird.data."].iter().any(|start| head.contains(start));
        !is_script && !ENTRIES.iter().any(|word| head.contains(word))
    }
}

fn is_script(file: &ArchiveFile) -> bool {
    file.base().to_ascii_lowercase().ends_with(".js")
}

/// Reads whose an archive is and when it was made.
fn describe(archive: &Archive<'_>, export: &mut Export<'_>, findings: &mut Findings) {
    let mut owners = Vec::new();
    for part in export.parts.clone() {
        let is_about = [Kind::Manifest, Kind::Account, Kind::UserDetails, Kind::PayloadDetails];
        if !is_about.contains(&part.kind) {
            continue;
        }
        let value = match script::document(archive, part.file) {
            Ok(value) => value,
            Err(error) => {
                findings.add_error(&error);
                continue;
            }
        };
        let known = value.as_ref().is_some_and(|value| match part.kind {
            Kind::Manifest => Manifest::parse(value).is_some_and(|manifest| {
                export.manifest.join(manifest);
                true
            }),
            Kind::PayloadDetails => {
                let made = script::text_of(value, "created_at").and_then(|text| moment(&text));
                export.manifest.made = export.manifest.made.max(made);
                true
            }
            _ => Owner::parse(value).is_some_and(|owner| {
                owners.push(owner);
                true
            }),
        });
        // Any program may call a file of its own a manifest.
        if !known && part.kind != Kind::Manifest {
            findings.add(say::finding("bad-account", part.file.name(), 0));
        }
    }
    export.owner = owners.into_iter().next().or_else(|| export.manifest.owner.clone());
}

/// Gives files that do not say whose they are to the only archive that does.
fn adopt(mut exports: Vec<Export<'_>>) -> Vec<Export<'_>> {
    let named = exports.iter().filter(|export| export.owner.is_some()).count();
    if named != 1 {
        return exports;
    }
    let Some(at) = exports.iter().position(|export| export.owner.is_some()) else {
        return exports;
    };
    let mut owned = exports.swap_remove(at);
    for export in exports {
        owned.join(export);
    }
    vec![owned]
}

//! What an archive says of itself: when it was made, whether it is partial, and how many entries each file has.
//!
//! With the counts a reader can prove that nothing is missing; without a manifest it believes what it finds.

use rin_plugin::prelude::Moment;
use serde_json::Value;

use super::{
    moment::moment,
    owner::Owner,
    script::{id_of, text_of},
};

/// Files named; more than any archive has.
const MAX_FILES: usize = 100_000;

/// What `manifest.js` says.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Manifest {
    pub(super) owner: Option<Owner>,
    pub(super) made: Option<Moment>,
    pub(super) is_partial: bool,
    /// Base name in lower case and number of entries.
    files: Vec<(String, u64)>,
}

impl Manifest {
    /// Reads it; `None` if it is another program's manifest.
    pub(super) fn parse(value: &Value) -> Option<Self> {
        let info = value.get("archiveInfo");
        let user = value.get("userInfo");
        info.or(user)?;
        let owner = user.and_then(|user| {
            Some(Owner {
                id: id_of(user, &["accountId"])?,
                handle: text_of(user, "userName").unwrap_or_default().into_owned(),
                name: text_of(user, "displayName").unwrap_or_default().into_owned(),
                ..Owner::default()
            })
        });
        let field = |key: &str| info.and_then(|info| info.get(key));
        let types = value.get("dataTypes").and_then(Value::as_object);
        let files = types
            .into_iter()
            .flat_map(|types| types.values())
            .filter_map(|kind| kind.get("files").and_then(Value::as_array))
            .flatten()
            .filter_map(|file| {
                let name = file.get("fileName")?.as_str()?;
                let base = name.rsplit('/').next()?.to_ascii_lowercase();
                Some((base, text_of(file, "count")?.parse().ok()?))
            });
        Some(Self {
            owner,
            made: field("generationDate").and_then(Value::as_str).and_then(moment),
            is_partial: field("isPartialArchive").and_then(Value::as_bool).unwrap_or(false),
            files: files.take(MAX_FILES).collect(),
        })
    }

    /// Returns how many entries the file of that name is said to have.
    pub(super) fn count(&self, base: &str) -> Option<u64> {
        let base = base.to_ascii_lowercase();
        self.files.iter().find(|(name, _)| *name == base).map(|(_, count)| *count)
    }

    /// Returns the files it names that have entries.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter(|(_, count)| 0 < *count).map(|(name, _)| name.as_str())
    }

    /// Takes over what the manifest of another part of the same archive says.
    pub(super) fn join(&mut self, other: Self) {
        self.owner = self.owner.take().or(other.owner);
        self.made = self.made.max(other.made);
        self.is_partial |= other.is_partial;
        for (name, count) in other.files {
            if self.count(&name).is_none() && self.files.len() < MAX_FILES {
                self.files.push((name, count));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_texts_and_other_manifests_are_none() {
        let manifest = Manifest::parse(&serde_json::json!({
            "userInfo": {"accountId": "7", "userName": "ann", "displayName": "Ann"},
            "archiveInfo": {"generationDate": "2026-09-02T05:46:38.082Z", "isPartialArchive": true},
            "dataTypes": {
                "tweet": {"files": [{"fileName": "data/tweets.js", "count": "60"}, {"fileName": "data/tweets-part1.js", "count": 2}]},
                "like": {"files": [{"fileName": "data/like.js", "count": "0"}]},
                "odd": {"files": [{"fileName": 7}, null]},
                "none": 3,
            },
        }))
        .unwrap();
        assert_eq!(manifest.owner.as_ref().unwrap().handle, "ann");
        assert!(manifest.is_partial && manifest.made == moment("2026-09-02T05:46:38.082Z"));
        assert_eq!(
            (manifest.count("tweets.js"), manifest.count("Tweets-part1.js")),
            (Some(60), Some(2))
        );
        let named: Vec<&str> = manifest.files().collect();
        assert_eq!(named, ["tweets.js", "tweets-part1.js"]);
        assert_eq!(Manifest::parse(&serde_json::json!({"name": "app", "version": 3})), None);
    }
}

//! What a plugin says about itself in its library: the manifest's facts once more, as constants.
//!
//! The manifest is read before any code runs and the library could tell another story, so the host compares both.
#![expect(unsafe_code, reason = "lends constants as pointers and takes them back")]

use rin_core::ColumnRequest;

use crate::{
    COLUMN_OPTIONAL,
    raw::{Plain, RawStr, RawText, Sized32},
};

/// Descriptor flag: it proposes actions.
pub const PROVIDES_STRATEGY: u32 = 1;
/// Descriptor flag: it reads exports.
pub const PROVIDES_READER: u32 = 2;

/// `rin_kind`: a kind of action, or a reason.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawKind {
    pub(crate) id: RawStr,
    pub(crate) text: RawText,
}

/// `rin_param`: a parameter of a plugin.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawParam {
    pub(crate) key: RawStr,
    pub(crate) text: RawText,
    pub(crate) kind: u32,
    pub(crate) reserved: u32,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) def: f64,
    pub(crate) def_text: RawStr,
}

/// `rin_descriptor`: what a plugin is.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawDescriptor {
    pub(crate) size: u32,
    pub(crate) provides: u32,
    pub(crate) n_columns: u32,
    pub(crate) n_params: u32,
    pub(crate) n_kinds: u32,
    pub(crate) n_reasons: u32,
    pub(crate) id: RawStr,
    pub(crate) version: RawStr,
    pub(crate) name: RawStr,
    pub(crate) license: RawStr,
    pub(crate) platform: RawStr,
    pub(crate) columns: *const u32,
    pub(crate) params: *const RawParam,
    pub(crate) kinds: *const RawKind,
    pub(crate) reasons: *const RawKind,
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawKind {}
// SAFETY: numbers and pointers only.
unsafe impl Plain for RawParam {}
// SAFETY: begins with its size; numbers and pointers only.
unsafe impl Sized32 for RawDescriptor {}

fn column_code(request: ColumnRequest) -> u32 {
    request.column.id() | if request.is_optional { COLUMN_OPTIONAL } else { 0 }
}

/// The comparing side.
pub(crate) mod host {
    use super::{PROVIDES_READER, PROVIDES_STRATEGY, RawDescriptor, RawKind};
    use crate::{
        Fault, Manifest,
        raw::{MAX_TEXT, array, sized},
    };

    const MAX_ITEMS: u64 = 4096;
    /// What is told first, in this order.
    const FACTS: [&str; 6] =
        ["what it provides", "the id", "the version", "the name", "the licence", "the platform"];

    /// What a library says about itself, copied and checked to be readable.
    ///
    /// Only what the two sides count on: names and positions. What people read comes from the manifest alone.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Description {
        facts: Vec<(&'static str, String)>,
        columns: Vec<u32>,
        kinds: Vec<String>,
        reasons: Vec<String>,
        params: Vec<(String, u32)>,
    }

    impl Description {
        /// Copies a descriptor.
        ///
        /// # Errors
        /// [`Fault`] if it is unreadable.
        ///
        /// # Safety
        /// `descriptor` is null or what a plugin's `describe` has returned.
        pub unsafe fn read(descriptor: *const RawDescriptor) -> Result<Self, Fault> {
            // SAFETY: the caller's promise.
            let raw = unsafe { sized("the descriptor", descriptor) }?;
            let mut facts = vec![("what it provides", provides(raw.provides))];
            let named = [
                ("the id", raw.id),
                ("the version", raw.version),
                ("the name", raw.name),
                ("the licence", raw.license),
                ("the platform", raw.platform),
            ];
            for (what, text) in named {
                // SAFETY: a descriptor is constant.
                facts.push((what, unsafe { text.read(what, MAX_TEXT) }?.to_owned()));
            }
            let what = "the columns";
            // SAFETY: as above.
            let columns = unsafe { array(what, raw.columns, raw.n_columns.into(), MAX_ITEMS) }?;
            let what = "the parameters";
            // SAFETY: as above.
            let rows = unsafe { array(what, raw.params, raw.n_params.into(), MAX_ITEMS) }?;
            let mut params = Vec::new();
            for row in rows {
                // SAFETY: as above.
                let key = unsafe { row.key.read("a parameter", MAX_TEXT) }?;
                params.push((key.to_owned(), row.kind));
            }
            // SAFETY: as above.
            let kinds = unsafe { ids("the kinds", raw.kinds, raw.n_kinds) }?;
            // SAFETY: as above.
            let reasons = unsafe { ids("the reasons", raw.reasons, raw.n_reasons) }?;
            Ok(Self { facts, columns: columns.collect(), kinds, reasons, params })
        }

        /// Returns what a manifest says about the same plugin.
        pub fn of(manifest: &Manifest) -> Self {
            let info = &manifest.info;
            Self {
                facts: vec![
                    ("what it provides", provides(manifest.provides.bits())),
                    ("the id", info.id.clone()),
                    ("the version", info.version.clone()),
                    ("the name", info.name.clone()),
                    ("the licence", info.license.clone()),
                    ("the platform", info.platform.clone()),
                ],
                columns: info.columns.iter().copied().map(super::column_code).collect(),
                kinds: info.kinds.iter().map(|kind| kind.id.clone()).collect(),
                reasons: info.reasons.iter().map(|reason| reason.id.clone()).collect(),
                params: manifest.params.iter().map(|p| (p.key.clone(), p.kind.number())).collect(),
            }
        }

        /// Returns it as lists of texts, so that it can be carried to where the library is.
        pub fn to_lists(&self) -> [Vec<String>; 5] {
            [
                self.facts.iter().map(|(_, value)| value.clone()).collect(),
                self.columns.iter().map(u32::to_string).collect(),
                self.kinds.clone(),
                self.reasons.clone(),
                self.params.iter().map(|(key, kind)| format!("{kind} {key}")).collect(),
            ]
        }

        /// Makes it of what [`Description::to_lists`] has returned; what cannot be read is left out, and then differs.
        pub fn of_lists([facts, columns, kinds, reasons, params]: [Vec<String>; 5]) -> Self {
            let param = |text: String| {
                let (kind, key) = text.split_once(' ')?;
                Some((key.to_owned(), kind.parse().ok()?))
            };
            Self {
                facts: FACTS.into_iter().zip(facts).collect(),
                columns: columns.iter().filter_map(|code| code.parse().ok()).collect(),
                kinds,
                reasons,
                params: params.into_iter().filter_map(param).collect(),
            }
        }

        /// Returns the first thing that the library tells differently from the manifest.
        pub fn difference(&self, manifest: &Self) -> Option<String> {
            let mut facts = self.facts.iter().zip(&manifest.facts);
            if let Some(((what, told), (_, said))) = facts.find(|(told, said)| told != said) {
                return Some(format!("{what} is {told}, the manifest says {said}"));
            }
            let lists = [
                ("columns", self.columns != manifest.columns),
                ("kinds", self.kinds != manifest.kinds),
                ("reasons", self.reasons != manifest.reasons),
                ("parameters", self.params != manifest.params),
            ];
            let (what, _) = lists.into_iter().find(|(_, differs)| *differs)?;
            Some(format!("its {what} are not those of the manifest"))
        }
    }

    fn provides(bits: u32) -> String {
        let known = [(PROVIDES_READER, "reader"), (PROVIDES_STRATEGY, "strategy")];
        let names = known.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| name);
        let names: Vec<_> = names.collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") }
    }

    /// # Safety
    /// The pointers are null or good for their lengths.
    unsafe fn ids(what: &'static str, first: *const RawKind, n: u32) -> Result<Vec<String>, Fault> {
        // SAFETY: the caller's promise.
        let rows = unsafe { array(what, first, n.into(), MAX_ITEMS) }?;
        // SAFETY: as above.
        rows.map(|row| unsafe { row.id.read(what, MAX_TEXT) }.map(str::to_owned)).collect()
    }
}

/// The describing side.
pub(crate) mod plugin {
    use std::ptr;

    use rin_core::Text;

    use super::{RawDescriptor, RawKind, RawParam};
    use crate::{
        Manifest, Param, ParamKind,
        norms::{RawNorms, plugin::leak_norms},
        raw::{RawStr, RawText, size32},
    };

    /// A manifest and what the boundary shows of it, made once and kept for the life of the process.
    #[derive(Debug)]
    pub struct Constants {
        manifest: &'static Manifest,
        descriptor: &'static RawDescriptor,
        norms: &'static RawNorms,
    }

    // SAFETY: everything pointed at is constant and never freed.
    unsafe impl Send for Constants {}
    // SAFETY: as above.
    unsafe impl Sync for Constants {}

    impl Constants {
        /// Makes the constants of a manifest. They are never freed: call it once for each plugin.
        pub fn leak(manifest: Manifest) -> Self {
            let manifest: &'static Manifest = Box::leak(Box::new(manifest));
            Self {
                manifest,
                descriptor: Box::leak(Box::new(descriptor(manifest))),
                norms: leak_norms(&manifest.norms),
            }
        }

        /// Returns the manifest.
        pub const fn manifest(&self) -> &'static Manifest {
            self.manifest
        }

        /// Returns what `describe` hands out.
        pub const fn descriptor(&self) -> *const RawDescriptor {
            ptr::from_ref(self.descriptor)
        }

        /// Returns the extension `rin.norms/1`.
        pub const fn norms(&self) -> *const RawNorms {
            ptr::from_ref(self.norms)
        }
    }

    fn descriptor(manifest: &'static Manifest) -> RawDescriptor {
        let info = &manifest.info;
        let columns = info.columns.iter().copied().map(super::column_code);
        let kinds = info.kinds.iter().map(|kind| raw_kind(&kind.id, &kind.text));
        let reasons = info.reasons.iter().map(|reason| raw_kind(&reason.id, &reason.text));
        let (columns, n_columns) = leak(columns);
        let (params, n_params) = leak(manifest.params.iter().map(raw_param));
        let (kinds, n_kinds) = leak(kinds);
        let (reasons, n_reasons) = leak(reasons);
        RawDescriptor {
            size: size32::<RawDescriptor>(),
            provides: manifest.provides.bits(),
            n_columns,
            n_params,
            n_kinds,
            n_reasons,
            id: RawStr::new(&info.id),
            version: RawStr::new(&info.version),
            name: RawStr::new(&info.name),
            license: RawStr::new(&info.license),
            platform: RawStr::new(&info.platform),
            columns,
            params,
            kinds,
            reasons,
        }
    }

    fn leak<T: 'static>(items: impl Iterator<Item = T>) -> (*const T, u32) {
        let items: &'static [T] = Vec::leak(items.collect());
        (items.as_ptr(), u32::try_from(items.len()).unwrap_or(u32::MAX))
    }

    const fn raw_kind(id: &str, text: &Text) -> RawKind {
        RawKind { id: RawStr::new(id), text: RawText::new(text.en.as_str(), text.de.as_str()) }
    }

    fn raw_param(param: &Param) -> RawParam {
        let mut raw = RawParam {
            key: RawStr::new(&param.key),
            text: RawText::new(&param.text.en, &param.text.de),
            kind: param.kind.number(),
            reserved: 0,
            min: 0.0,
            max: 0.0,
            def: 0.0,
            def_text: RawStr::EMPTY,
        };
        match &param.kind {
            ParamKind::Number { min, max, default } => {
                (raw.min, raw.max, raw.def) = (*min, *max, *default);
            }
            ParamKind::Switch { default } => {
                (raw.max, raw.def) = (1.0, f64::from(u8::from(*default)));
            }
            ParamKind::Text { default } => raw.def_text = RawStr::new(default),
        }
        raw
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Manifest;

    #[test]
    fn a_library_that_tells_another_story_is_found_out() {
        let manifest = |text: &str| Manifest::parse("plugin.toml", text).unwrap();
        let whole = crate::manifest::EXAMPLE;
        let constants = plugin::Constants::leak(manifest(whole));
        let carried = host::Description::of(&manifest(whole));
        assert_eq!(host::Description::of_lists(carried.to_lists()), carried);
        // SAFETY: the descriptor was made by the plugin's half.
        let told = unsafe { host::Description::read(constants.descriptor()) }.unwrap();
        let check = |from: &str, to: &str, expected: Option<&str>| {
            assert!(whole.contains(from), "{from}");
            let declared = host::Description::of(&manifest(&whole.replace(from, to)));
            assert_eq!(told.difference(&declared).as_deref(), expected);
        };
        check("Say hello", "Say something else", None);
        check("1.2.3", "1.2.4", Some("the version is 1.2.3, the manifest says 1.2.4"));
        check(
            "\"reader\", ",
            "",
            Some("what it provides is reader and strategy, the manifest says strategy"),
        );
        check("\"alive?\"", "\"alive\"", Some("its columns are not those of the manifest"));
        check("id = \"open\"", "id = \"owed\"", Some("its reasons are not those of the manifest"));
        check(
            "key = \"minutes\"",
            "key = \"cost\"",
            Some("its parameters are not those of the manifest"),
        );
    }
}

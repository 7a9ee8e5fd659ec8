//! The loading side: checks an entry, asks it who it is, and keeps its instances.
#![expect(unsafe_code, reason = "calls through the plugin's function pointers")]

use std::{ffi::c_void, fmt, ptr, sync::Arc};

use rin_core::{Batch, Brief, ColumnRequest, Norm, StrategyError};

use super::{RawEntry, RawInstance, RawValue};
use crate::{
    ABI_MAJOR, EXT_NORMS, EXT_READER, EXT_REVIEW, FLAG_UNWINDS_CAUGHT, Fault, LAYOUT, MAGIC,
    ParamValue, Source, Status, action, columns,
    host::{Description, Services, TakeProposals, TakeRecords, TakeRemark},
    norms,
    raw::{RawStr, size32, sized},
    reader::{self, RawReader},
    review::{self, RawReview},
    services::host::Offer,
};

/// Why an entry is not one of ours.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// The symbol is something else.
    #[error("it is not a plugin of Rin: its magic number is {found:#010x}")]
    WrongMagic {
        /// What stands there.
        found: u32,
    },
    /// Made for another major version.
    #[error("it was built for version {found} of the plugin interface, this is version {ours}")]
    WrongMajor {
        /// Its version.
        found: u16,
        /// Ours.
        ours: u16,
    },
    /// Its structs lie differently in memory.
    #[error("its structs have layout {found:#010x}, not {ours:#010x}")]
    WrongLayout {
        /// Its layout.
        found: u32,
        /// Ours.
        ours: u32,
    },
    /// Its entry is shorter than version 1.0's.
    #[error("its entry has {size} bytes, fewer than {needed}")]
    ShortEntry {
        /// What it says.
        size: u32,
        /// What version 1.0 has.
        needed: usize,
    },
    /// A function is missing, or the symbol has no place.
    #[error("its {what} is null")]
    Null {
        /// Which.
        what: &'static str,
    },
}

/// What an entry begins with in every version, before its functions.
#[derive(Clone, Copy)]
#[repr(C)]
struct Head {
    _magic: u32,
    size: u32,
    abi_major: u16,
    _abi_minor: u16,
    _flags: u32,
    layout: u32,
    _reserved: u32,
}

/// An entry that passed every check which needs no call.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    raw: RawEntry,
}

// SAFETY: an entry is constant and its functions may be called from every thread (header, rule 5).
unsafe impl Send for Entry {}
// SAFETY: as above.
unsafe impl Sync for Entry {}

impl Entry {
    /// Checks the symbol a library exports, magic first; calls nothing.
    ///
    /// # Errors
    /// [`EntryError`] naming the first thing that does not fit.
    ///
    /// # Safety
    /// `entry` is null, or points at the symbol of a library that is never unloaded.
    pub unsafe fn check(entry: *const RawEntry) -> Result<Self, EntryError> {
        if entry.is_null() || !entry.is_aligned() {
            return Err(EntryError::Null { what: "entry" });
        }
        // SAFETY: an exported object has at least the one word that is looked at here.
        let magic = unsafe { entry.cast::<u32>().read() };
        if magic != MAGIC {
            return Err(EntryError::WrongMagic { found: magic });
        }
        // SAFETY: the magic says that the head is there, in every version.
        let head = unsafe { entry.cast::<Head>().read() };
        if head.abi_major != ABI_MAJOR {
            return Err(EntryError::WrongMajor { found: head.abi_major, ours: ABI_MAJOR });
        }
        if head.layout != LAYOUT {
            return Err(EntryError::WrongLayout { found: head.layout, ours: LAYOUT });
        }
        let (size, needed) = (head.size, size_of::<RawEntry>());
        if (size as usize) < needed {
            return Err(EntryError::ShortEntry { size, needed });
        }
        // SAFETY: the entry is as long as version 1.0's.
        let raw = unsafe { entry.read() };
        Ok(Self { raw })
    }

    /// Whether a panic inside ends as a status instead of ending the process.
    pub const fn catches_panics(&self) -> bool {
        self.raw.flags & FLAG_UNWINDS_CAUGHT != 0
    }

    /// Returns the version it was built against.
    pub const fn version(&self) -> (u16, u16) {
        (self.raw.abi_major, self.raw.abi_minor)
    }

    /// Asks what it is.
    ///
    /// # Errors
    /// [`Fault`] if it cannot say or says something unreadable.
    pub fn describe(&self) -> Result<Description, Fault> {
        let describe = self.raw.describe.ok_or(Fault::Null { what: "describe" })?;
        // SAFETY: the entry's promise: callable from any thread, any number of times.
        let descriptor = unsafe { describe() };
        // SAFETY: what `describe` returns is constant while the library is loaded, which is for ever.
        unsafe { Description::read(descriptor) }
    }

    /// Makes an instance.
    ///
    /// # Errors
    /// The plugin's status, or [`Status::ARG`] if what it filled in is not usable.
    pub fn create(
        &self,
        values: &[ParamValue],
        services: Arc<dyn Services>,
    ) -> Result<Instance, Status> {
        let create = self.raw.create.ok_or(Status::UNSUPPORTED)?;
        let values: Vec<_> = values.iter().map(raw_value).collect();
        let offer = Offer::new(services);
        let mut raw = RawInstance {
            size: size32::<RawInstance>(),
            reserved: 0,
            this: ptr::null_mut(),
            propose: None,
            reset: None,
            get_extension: None,
            destroy: None,
        };
        let n = values.len() as u64;
        // SAFETY: the offer outlives the instance; the values are lent for the call; `raw` is as long as it says.
        let code = unsafe { create(offer.raw(), values.as_ptr(), n, &raw mut raw) };
        if !Status::from_code(code).is_ok() {
            return Err(Status::from_code(code));
        }
        Ok(Instance::new(raw, offer))
    }
}

fn raw_value(value: &ParamValue) -> RawValue {
    match value {
        ParamValue::Number(number) => RawValue { number: *number, text: RawStr::EMPTY },
        ParamValue::Text(text) => RawValue { number: 0.0, text: RawStr::new(text) },
    }
}

/// A living instance of a plugin. Dropping it destroys it.
pub struct Instance {
    raw: RawInstance,
    reader: Option<RawReader>,
    review: Option<RawReview>,
    norms: *const norms::RawNorms,
    // Dropped after `destroy` has returned, since the instance may call it until then.
    _offer: Offer,
}

// SAFETY: the header's rule 5: an instance may change its thread between calls.
unsafe impl Send for Instance {}

impl fmt::Debug for Instance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Instance").finish_non_exhaustive()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some(destroy) = self.raw.destroy {
            // SAFETY: the last call on this instance. Its answer changes nothing any more.
            let _ = unsafe { destroy(self.raw.this) };
        }
    }
}

impl Instance {
    fn new(raw: RawInstance, offer: Offer) -> Self {
        let mut instance =
            Self { raw, reader: None, review: None, norms: ptr::null(), _offer: offer };
        let reader = instance.extension(EXT_READER).cast::<RawReader>();
        // SAFETY: null or the extension of that name, which lives as long as the instance.
        instance.reader = unsafe { sized(EXT_READER, reader) }.ok();
        let review = instance.extension(EXT_REVIEW).cast::<RawReview>();
        // SAFETY: as above.
        instance.review = unsafe { sized(EXT_REVIEW, review) }.ok();
        instance.norms = instance.extension(EXT_NORMS).cast();
        instance
    }

    fn extension(&self, id: &str) -> *const c_void {
        let Some(get_extension) = self.raw.get_extension else { return ptr::null() };
        // SAFETY: the instance lives; the id is lent for the call.
        unsafe { get_extension(self.raw.this, RawStr::new(id)) }
    }

    /// Whether it proposes actions.
    pub const fn is_strategy(&self) -> bool {
        self.raw.propose.is_some()
    }

    /// Whether it reads exports.
    pub const fn is_reader(&self) -> bool {
        self.reader.is_some()
    }

    /// Proposes actions for a batch, of which it sees only the columns in `requests`.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] if one of them is required and absent; nothing was called then.
    pub fn propose<T: TakeProposals>(
        &mut self,
        batch: &Batch<'_>,
        requests: &[ColumnRequest],
        take: &mut T,
    ) -> Result<Status, StrategyError> {
        let Some(propose) = self.raw.propose else { return Ok(Status::UNSUPPORTED) };
        columns::host::lend(batch, requests, |batch| {
            // SAFETY: the instance lives and is not entered twice (`&mut`); batch and sink are lent for the call.
            let code = action::host::with_sink(take, |sink| unsafe {
                propose(self.raw.this, batch, sink)
            });
            Status::from_code(code)
        })
    }

    /// Makes it as if it had just been created.
    pub fn reset(&mut self) -> Status {
        let Some(reset) = self.raw.reset else { return Status::UNSUPPORTED };
        // SAFETY: the instance lives and is not entered twice (`&mut`).
        Status::from_code(unsafe { reset(self.raw.this) })
    }

    /// Returns its norms and how many more it has whose rule is not known here; `None` if those of the manifest hold.
    ///
    /// # Errors
    /// [`Fault`] if they are unreadable.
    pub fn norms(&self) -> Result<Option<(Vec<Norm>, usize)>, Fault> {
        if self.norms.is_null() {
            return Ok(None);
        }
        // SAFETY: the extension of that name, which lives as long as the instance.
        unsafe { norms::host::read(self.norms) }.map(Some)
    }

    /// Reviews a campaign; an instance without that extension has nothing to say.
    pub fn review(&mut self, brief: &Brief, take: TakeRemark<'_>) -> Status {
        let Some(review) = self.review.and_then(|extension| extension.review) else {
            return Status::OK;
        };
        // SAFETY: the instance lives and is not entered twice (`&mut`); brief and sink are lent for the call.
        let code = review::host::with_brief(brief, take, |brief, sink| unsafe {
            review(self.raw.this, brief, sink)
        });
        Status::from_code(code)
    }

    /// Asks how sure it is, in percent, that a source is its own; negative is a status.
    pub fn probe(&mut self, source: &dyn Source) -> i32 {
        let Some(reader) = self.reader else { return Status::UNSUPPORTED.code() };
        // SAFETY: reader and instance belong together; the instance is not entered twice (`&mut`).
        unsafe { reader::host::probe(&reader, self.raw.this, source) }
    }

    /// Reads a source.
    pub fn read(&mut self, source: &dyn Source, take: &mut dyn TakeRecords) -> Status {
        let Some(reader) = self.reader else { return Status::UNSUPPORTED };
        // SAFETY: as for `probe`.
        unsafe { reader::host::read(&reader, self.raw.this, source, take) }
    }
}

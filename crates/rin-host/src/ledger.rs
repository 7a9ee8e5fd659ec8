//! Who has crashed how often: after the third time a library's bytes are not run any more.
//!
//! Keyed by the SHA-256 of the bytes, so that a mended build starts afresh and a renamed one does not. Kept in memory;
//! whoever wants it to outlive the process writes the entries down and hands them back.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rin_core::Moment;

/// Crashes after which a plugin is quarantined.
pub(crate) const MAX_CRASHES: u32 = 3;

/// Who has crashed how often. Clones share the same entries.
///
/// # Example
/// ```
/// use rin_host::Ledger;
///
/// let ledger = Ledger::default();
/// for _ in 0..3 {
///     ledger.add("00ff", "org.example.x", "ended by signal 11");
/// }
/// assert!(ledger.is_quarantined("00ff"));
/// ledger.forgive("00ff");
/// assert!(!ledger.is_quarantined("00ff"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Vec<Crashes>>>);

/// How often one build of a plugin has crashed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crashes {
    /// SHA-256 of its library in lower-case hexadecimal.
    pub sha256: String,
    /// The plugin's id.
    pub plugin: String,
    /// How often.
    pub count: u32,
    /// How it ended last.
    pub how: String,
    /// When it was written down last, if anybody did.
    pub noted: Option<Moment>,
}

impl Ledger {
    /// Takes entries that were written down earlier.
    pub fn with(entries: Vec<Crashes>) -> Self {
        Self(Arc::new(Mutex::new(entries)))
    }

    /// Returns all entries.
    pub fn entries(&self) -> Vec<Crashes> {
        self.lock().clone()
    }

    /// Counts a crash and returns how many there were.
    pub fn add(&self, sha256: &str, plugin: &str, how: &str) -> u32 {
        let mut entries = self.lock();
        if let Some(entry) = entries.iter_mut().find(|entry| entry.sha256 == sha256) {
            entry.count = entry.count.saturating_add(1);
            how.clone_into(&mut entry.how);
            return entry.count;
        }
        entries.push(Crashes {
            sha256: sha256.to_owned(),
            plugin: plugin.to_owned(),
            count: 1,
            how: how.to_owned(),
            noted: None,
        });
        1
    }

    /// Returns how often these bytes have crashed.
    pub fn count(&self, sha256: &str) -> u32 {
        self.lock().iter().find(|entry| entry.sha256 == sha256).map_or(0, |entry| entry.count)
    }

    /// Whether these bytes are not run any more.
    pub fn is_quarantined(&self, sha256: &str) -> bool {
        MAX_CRASHES <= self.count(sha256)
    }

    /// Forgets the crashes of these bytes.
    pub fn forgive(&self, sha256: &str) {
        self.lock().retain(|entry| entry.sha256 != sha256);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Crashes>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

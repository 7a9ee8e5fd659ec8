//! How much an archive may demand before it is taken for hostile.

/// How much an archive may demand. The defaults let every known export through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Entries in all archives of the source together. A name costs about 200 bytes of memory.
    pub entries: usize,
    /// Bytes unpacked from one file.
    pub file_bytes: u64,
    /// Bytes a packed stream may unpack to before its ratio is looked at: small files of one letter are harmless.
    pub free_bytes: u64,
    /// Beyond `free_bytes`: unpacked bytes for each packed byte. Text packs up to about 20 to 1.
    pub ratio: u64,
    /// Bytes of a name.
    pub name_bytes: usize,
    /// Bytes of one gzip stream unpacked in order to list the tar inside; what lies behind is not seen.
    pub listing_bytes: u64,
}

impl Limits {
    /// For a first look at a source: a long tar is listed at its beginning only.
    pub const GLANCE: Self = Self {
        entries: 300_000,
        file_bytes: 16 << 30,
        free_bytes: 16 << 20,
        ratio: 200,
        name_bytes: 1024,
        listing_bytes: 1 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self { listing_bytes: u64::MAX, ..Self::GLANCE }
    }
}

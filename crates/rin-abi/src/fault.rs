//! What is wrong with something the other side has handed over.
//!
//! Every foreign pointer, length, number and text is checked before it is used; this names the first that fails,
//! so that the one who wrote the plugin finds it.

/// What the other side did wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A pointer that must not be null is.
    #[error("{what} is a null pointer")]
    Null {
        /// Which.
        what: &'static str,
    },
    /// A pointer does not fit its type's alignment.
    #[error("{what} is not aligned")]
    Misaligned {
        /// Which.
        what: &'static str,
    },
    /// There is more than is taken.
    #[error("{what} has length {len}, more than {max}")]
    TooLong {
        /// Which.
        what: &'static str,
        /// Its length.
        len: u64,
        /// The most that is taken.
        max: u64,
    },
    /// A text is no UTF-8.
    #[error("{what} is not UTF-8")]
    NotUtf8 {
        /// Which.
        what: &'static str,
    },
    /// A number is out of its range.
    #[error("{what} is {number}, which is out of range")]
    Number {
        /// Which.
        what: &'static str,
        /// The number.
        number: u64,
    },
    /// The distance between two rows does not fit their type.
    #[error("{what} come at a distance of {stride} bytes")]
    Stride {
        /// Which.
        what: &'static str,
        /// The distance.
        stride: u64,
    },
    /// A struct says it is shorter than its first version.
    #[error("{what} says it has {size} bytes, fewer than {needed}")]
    Short {
        /// Which.
        what: &'static str,
        /// What it says.
        size: u32,
        /// What version 1.0 has.
        needed: usize,
    },
}

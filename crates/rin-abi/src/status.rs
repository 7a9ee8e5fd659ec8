//! What a call across the boundary answers: a number, because nothing else crosses without an owner.

use rin_core::Stop;

/// What every function and callback at the boundary returns.
///
/// Numbers this version does not know are kept, so that a log shows what a newer plugin said.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(transparent)]
pub struct Status(i32);

impl Status {
    /// Done.
    pub const OK: Self = Self(0);
    /// An argument is wrong: null, out of range, a column missing.
    pub const ARG: Self = Self(-1);
    /// The plugin cannot do this.
    pub const UNSUPPORTED: Self = Self(-2);
    /// The parameters do not fit together.
    pub const CONFIG: Self = Self(-3);
    /// The taker wants no more.
    pub const CANCELLED: Self = Self(-4);
    /// More than the host takes.
    pub const FULL: Self = Self(-5);
    /// Something inside failed.
    pub const INTERNAL: Self = Self(-6);
    /// The source as a whole is unreadable.
    pub const SOURCE: Self = Self(-7);
    /// A panic was caught; the instance is spent.
    pub const PANIC: Self = Self(-100);

    /// Makes a status of its number.
    pub const fn from_code(code: i32) -> Self {
        Self(code)
    }

    /// Returns its number.
    pub const fn code(self) -> i32 {
        self.0
    }

    /// Goes through answers up to the first that is not [`Status::OK`], and returns it.
    pub(crate) fn first_not_ok(mut answers: impl Iterator<Item = Self>) -> Self {
        answers.find(|status| !status.is_ok()).unwrap_or(Self::OK)
    }

    /// Returns it as sinks say it.
    ///
    /// # Errors
    /// [`Stop`] for everything but [`Status::OK`].
    pub(crate) const fn go_on(self) -> Result<(), Stop> {
        if self.is_ok() { Ok(()) } else { Err(Stop) }
    }

    /// Whether it is [`Status::OK`].
    pub const fn is_ok(self) -> bool {
        self.0 == Self::OK.0
    }
}

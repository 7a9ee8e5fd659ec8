//! Which boundary this is: the numbers both sides compare before either believes anything else.

use std::mem::offset_of;

use crate::{
    RawAccount, RawAction, RawBatch, RawColumn, RawCoverage, RawDescriptor, RawFinding, RawHost,
    RawInstance, RawInteraction, RawKind, RawNorm, RawParam, RawStr, RawTie, RawValue,
};

/// "RIN1" at the beginning of the entry.
pub const MAGIC: u32 = 0x314E_4952;
/// Plugins of another major version are refused.
pub const ABI_MAJOR: u16 = 1;
/// What this version adds to the first of its major: 1 gave interactions labels, 2 gave accounts facts.
pub const ABI_MINOR: u16 = 2;
/// Entry flag: a panic ends as a status, not as the process.
pub const FLAG_UNWINDS_CAUGHT: u32 = 1;
/// Stands where a moment may be absent.
pub const NO_MOMENT: i64 = i64::MIN;

/// Sizes of what can never grow and places of the last 1.0 field in what can, mixed into one number.
pub const LAYOUT: u32 = {
    let numbers = [
        size_of::<*const u8>(),
        size_of::<RawStr>(),
        size_of::<RawParam>(),
        size_of::<RawValue>(),
        size_of::<RawKind>(),
        size_of::<RawColumn>(),
        size_of::<RawNorm>(),
        offset_of!(RawHost, get_extension),
        offset_of!(RawDescriptor, reasons),
        offset_of!(RawBatch, cols),
        offset_of!(RawAction, note),
        offset_of!(RawInstance, destroy),
        offset_of!(RawAccount, seen_ms),
        offset_of!(RawTie, end_by_ms),
        offset_of!(RawInteraction, kind),
        offset_of!(RawCoverage, until_ms),
        offset_of!(RawFinding, text),
    ];
    let mut hash = 0_u32;
    let mut i = 0;
    while i < numbers.len() {
        #[expect(clippy::cast_possible_truncation, reason = "no struct here has 4 GiB")]
        let number = numbers[i] as u32;
        hash = hash.wrapping_mul(31).wrapping_add(number);
        i += 1;
    }
    hash
};

//! Extension `rin.norms/1`: limits and customs of a platform, as constants of an instance.
#![expect(unsafe_code, reason = "lends constants as pointers and takes them back")]

use rin_core::Rule;

use crate::raw::{Plain, RawStr, RawText, Sized32};

/// Name of the extension.
pub const EXT_NORMS: &str = "rin.norms/1";

/// `rin_norm`: one limit or custom.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawNorm {
    pub(crate) id: RawStr,
    pub(crate) kinds: *const RawStr,
    pub(crate) n_kinds: u64,
    pub(crate) rule: u32,
    pub(crate) reserved: u32,
    pub(crate) value: f64,
    pub(crate) source: RawStr,
    pub(crate) text: RawText,
}

/// `rin_norms`: all of them.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawNorms {
    pub(crate) size: u32,
    pub(crate) reserved: u32,
    pub(crate) n_norms: u64,
    pub(crate) norms: *const RawNorm,
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawNorm {}
// SAFETY: begins with its size; numbers and pointers only.
unsafe impl Sized32 for RawNorms {}

/// Returns the rule of that number with its limit.
///
/// `None` for a number that is not known, and for a value that limits nothing or everything: a cooldown is some time
/// above zero, and a count is a whole number of at least one, since what may never be done is no kind of action.
pub(crate) fn rule(number: u32, value: f64) -> Option<Rule> {
    let rule = Rule::from_parts(number, value)?;
    let is_limit = match rule {
        Rule::CooldownDays(days) => 0.0 < days,
        _ => 1.0 <= value && value.fract().total_cmp(&0.0).is_eq(),
    };
    is_limit.then_some(rule)
}

/// The reading side.
pub(crate) mod host {
    use rin_core::{Norm, Rule};

    use super::{RawNorm, RawNorms};
    use crate::{
        Fault,
        raw::{MAX_TEXT, array, sized},
    };

    const MAX_NORMS: u64 = 1024;

    /// Copies the norms; the number says how many have a rule this version does not know.
    ///
    /// # Errors
    /// [`Fault`] if they are unreadable or a value is no limit.
    ///
    /// # Safety
    /// `norms` is null or what a living instance has returned for [`EXT_NORMS`](super::EXT_NORMS).
    pub(crate) unsafe fn read(norms: *const RawNorms) -> Result<(Vec<Norm>, usize), Fault> {
        // SAFETY: the caller's promise.
        let raw = unsafe { sized("the norms", norms) }?;
        // SAFETY: as above.
        let rows = unsafe { array("the norms", raw.norms, raw.n_norms, MAX_NORMS) }?;
        let (mut known, mut unknown) = (Vec::new(), 0);
        for row in rows {
            // SAFETY: as above.
            match unsafe { norm(row) }? {
                Some(norm) => known.push(norm),
                None => unknown += 1,
            }
        }
        Ok((known, unknown))
    }

    /// # Safety
    /// The pointers are null or good for their lengths.
    unsafe fn norm(raw: RawNorm) -> Result<Option<Norm>, Fault> {
        if Rule::from_parts(raw.rule, 0.0).is_none() {
            return Ok(None);
        }
        let bad = Fault::Number { what: "the value of a norm", number: raw.value.to_bits() };
        let rule = super::rule(raw.rule, raw.value).ok_or(bad)?;
        // SAFETY: the caller's promise.
        let kinds = unsafe { array("the kinds of a norm", raw.kinds, raw.n_kinds, MAX_NORMS) }?;
        let what = "a norm";
        // SAFETY: as above.
        let kind = |kind: crate::RawStr| unsafe { kind.read(what, MAX_TEXT) }.map(str::to_owned);
        Ok(Some(Norm {
            // SAFETY: as above.
            id: unsafe { raw.id.read(what, MAX_TEXT) }?.to_owned(),
            kinds: kinds.map(kind).collect::<Result<_, _>>()?,
            rule,
            // SAFETY: as above.
            source: unsafe { raw.source.read(what, MAX_TEXT) }?.to_owned(),
            // SAFETY: as above.
            text: unsafe { raw.text.read_owned(what) }?,
        }))
    }
}

/// The stating side.
pub(crate) mod plugin {
    use rin_core::Norm;

    use super::{RawNorm, RawNorms};
    use crate::raw::{RawStr, RawText, size32};

    pub(crate) fn leak_norms(norms: &'static [Norm]) -> &'static RawNorms {
        let norms: &'static [RawNorm] = Vec::leak(norms.iter().map(raw_norm).collect());
        Box::leak(Box::new(RawNorms {
            size: size32::<RawNorms>(),
            reserved: 0,
            n_norms: norms.len() as u64,
            norms: norms.as_ptr(),
        }))
    }

    fn raw_norm(norm: &'static Norm) -> RawNorm {
        let kinds = norm.kinds.iter().map(|kind| RawStr::new(kind)).collect();
        let kinds: &'static [RawStr] = Vec::leak(kinds);
        let (rule, value) = norm.rule.to_parts();
        RawNorm {
            id: RawStr::new(&norm.id),
            kinds: kinds.as_ptr(),
            n_kinds: kinds.len() as u64,
            rule,
            reserved: 0,
            value,
            source: RawStr::new(&norm.source),
            text: RawText::new(&norm.text.en, &norm.text.de),
        }
    }
}

#[cfg(test)]
mod tests {
    use rin_core::{Norm, Text};

    use super::*;

    #[test]
    fn norms_cross_unchanged_and_unknown_rules_are_counted() {
        let norm = |id: &str, rule| Norm {
            id: id.into(),
            kinds: vec!["reply".into(), "like".into()],
            rule,
            source: "https://example.org/rules".into(),
            text: Text { en: "Not too often.".into(), de: "Nicht zu oft.".into() },
        };
        let norms = vec![norm("a", Rule::PerDay(3)), norm("b", Rule::CooldownDays(14.5))];
        let mut raw = *plugin::leak_norms(Vec::leak(norms.clone()));
        // SAFETY: made by the plugin's half and never freed.
        assert_eq!(unsafe { host::read(&raw const raw) }, Ok((norms, 0)));

        // SAFETY: the first of the two norms leaked above.
        let mut later = unsafe { raw.norms.read() };
        later.rule = 99;
        (raw.n_norms, raw.norms) = (1, &raw const later);
        // SAFETY: points at `later`, which lives.
        assert_eq!(unsafe { host::read(&raw const raw) }, Ok((vec![], 1)));
        for (rule, value) in [(2, f64::NAN), (2, 0.0), (3, 0.5), (1, 0.0), (1, -1.0)] {
            (later.rule, later.value) = (rule, value);
            raw.norms = &raw const later;
            // SAFETY: as above.
            assert!(unsafe { host::read(&raw const raw) }.is_err(), "{rule} {value}");
        }
    }
}

//! Seeded numbers, so that whatever is drawn can be drawn again.
//!
//! One generator for all: the order of equal offers in a plan, the draws of a back-test and the worlds of tests.
//! `SplitMix64` (Steele, Lea, Flood 2014) because it is three lines, passes `BigCrush` and is the same everywhere.

/// The golden ratio in 64 bits: the step of the generator.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A small, fast, seeded source of numbers: `SplitMix64` (Steele, Lea, Flood 2014).
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Debug)]
#[cfg_attr(
    not(any(test, feature = "testing")),
    expect(unreachable_pub, reason = "public only in `testing`")
)]
pub struct Random(u64);

#[cfg(any(test, feature = "testing"))]
#[cfg_attr(
    not(any(test, feature = "testing")),
    expect(unreachable_pub, reason = "public only in `testing`")
)]
impl Random {
    /// Starts at a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// Returns a number below `end`, or 0.
    pub const fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.bits() % end }
    }

    /// Returns a number in `0..1`.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Draws a number for the `index`-th thing, whatever was drawn for others.
pub(crate) const fn lot(seed: u64, index: u64) -> u64 {
    mix(seed.wrapping_add(index.wrapping_mul(STEP)))
}

/// Draws a number in `0..1` for the `index`-th thing, whatever was drawn for others.
#[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
pub(crate) fn share(seed: u64, index: u64) -> f64 {
    (lot(seed, index) >> 11) as f64 / (1_u64 << 53) as f64
}

const fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_splitmix64() {
        // The first three outputs for the seed 1234567, as Rosetta Code and the reference C program give them.
        let mut random = Random::new(1_234_567);
        let drawn = [random.bits(), random.bits(), random.bits()];
        assert_eq!(
            drawn,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
        assert_eq!(lot(1_234_567, 1), drawn[0]);
        assert!((0.0..1.0).contains(&random.unit()));
        assert_eq!(random.below(0), 0);
    }
}

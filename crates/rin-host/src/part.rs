//! Rows of a batch, and how many of them a plugin sees at once.
//!
//! A batch is as large as suits the one who asks, for a question to a worker costs the same however many rows it has. A
//! plugin sees a portion at a time, so that its time and its proposals are limited for each.

/// Rows of a portion: few enough that what is lent stays in the cache.
const PORTION: usize = 8192;

/// The rows from one to another. Both are multiples of eight, or the end of the batch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Part {
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl Part {
    pub(crate) const fn rows(self) -> usize {
        self.to - self.from
    }

    /// Returns the portions it is shown in; one without a row if it has none itself.
    pub(crate) fn portions(self) -> impl Iterator<Item = Self> {
        let starts = (self.from..self.to.max(self.from + 1)).step_by(PORTION);
        starts.map(move |from| Self { from, to: self.to.min(from + PORTION) })
    }

    /// Returns how many portions it is shown in.
    pub(crate) const fn n_portions(self) -> usize {
        let n = self.rows().div_ceil(PORTION);
        if n == 0 { 1 } else { n }
    }

    /// Returns both halves, of whole portions if there are several; `None` if there are too few rows.
    pub(crate) fn halves(self) -> Option<(Self, Self)> {
        let step = if PORTION < self.rows() { PORTION } else { 8 };
        let middle = self.from + (self.rows() / 2).next_multiple_of(step);
        (middle < self.to).then_some((Self { to: middle, ..self }, Self { from: middle, ..self }))
    }

    /// Returns one of its portions, or the last if it has fewer.
    pub(crate) fn portion(self, number: usize) -> Self {
        let from = self.from + number.min(self.n_portions() - 1) * PORTION;
        Self { from, to: self.to.min(from + PORTION) }
    }

    /// Whether all rows of another part are its own.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Returns what is before one of its portions, both halves of that, and what is after it, as far as there is any.
    pub(crate) fn around(self, bad: Self) -> Vec<Self> {
        let before = Self { to: bad.from, ..self };
        let after = Self { from: bad.to, ..self };
        let halves = bad.halves().map_or_else(|| vec![bad], |(first, second)| vec![first, second]);
        let is_any = |part: &Self| part.from < part.to;
        Some(before)
            .filter(is_any)
            .into_iter()
            .chain(halves)
            .chain(Some(after).filter(is_any))
            .collect()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn part((from, to): (usize, usize)) -> Part {
        Part { from, to }
    }

    #[test]
    fn portions_are_all_of_it() {
        for (whole, expected) in [
            ((0, 0), &[(0, 0)][..]),
            ((8, 16), &[(8, 16)]),
            ((0, 8192), &[(0, 8192)]),
            ((8192, 20_000), &[(8192, 16_384), (16_384, 20_000)]),
        ] {
            let whole = part(whole);
            let expected: Vec<_> = expected.iter().copied().map(part).collect();
            assert_eq!(whole.portions().collect::<Vec<_>>(), expected);
            assert_eq!(whole.n_portions(), expected.len());
            for (number, portion) in expected.iter().enumerate() {
                assert_eq!(whole.portion(number), *portion);
            }
            assert_eq!(whole.portion(99), *expected.last().unwrap());
        }
    }

    #[test]
    fn halves_meet_at_a_portion_or_at_a_whole_byte_of_bits() {
        let halves =
            |from, to| part((from, to)).halves().map(|(a, b)| (a.from, a.to, b.from, b.to));
        assert_eq!(halves(0, 8192), Some((0, 4096, 4096, 8192)));
        assert_eq!(halves(0, 65_536), Some((0, 32_768, 32_768, 65_536)));
        assert_eq!(halves(8192, 18_192), Some((8192, 16_384, 16_384, 18_192)));
        assert_eq!(halves(8, 21), Some((8, 16, 16, 21)));
        assert_eq!(halves(0, 8), None);
    }

    #[test]
    fn a_bad_portion_is_halved_and_the_others_stay_whole() {
        let around = |whole: (usize, usize), number| {
            let whole = part(whole);
            let parts = whole.around(whole.portion(number));
            parts.iter().map(|part| (part.from, part.to)).collect::<Vec<_>>()
        };
        assert_eq!(around((0, 0), 0), [(0, 0)]);
        assert_eq!(around((0, 8), 0), [(0, 8)]);
        assert_eq!(around((0, 100), 0), [(0, 56), (56, 100)]);
        assert_eq!(
            around((0, 40_960), 2),
            [(0, 16_384), (16_384, 20_480), (20_480, 24_576), (24_576, 40_960)]
        );
        assert_eq!(around((0, 16_384), 1), [(0, 8192), (8192, 12_288), (12_288, 16_384)]);
    }
}

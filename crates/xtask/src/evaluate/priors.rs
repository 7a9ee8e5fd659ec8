//! What all data sets but one have in common: the prior with which that one is judged.
//!
//! The program's own prior was fitted on seven public data sets, so it has seen each of them. To judge a set by it would
//! be to mark one's own homework; here each set is left out of the fit that judges it. Only the coefficients are
//! protected that way: which features there are, their centres and scales, the pull, and the prior of the counts were
//! settled with all sets in view (docs/METHODS.md, limits).

use rin_core::LawPrior;

/// A constant and thirteen features.
const N: usize = 14;

type Row = [f64; N];

/// Means and standard deviations, by the set left out.
const LEFT_OUT: &[(&str, Row, Row)] = &[
    (
        "lean",
        [
            -1.607, 0.310, 0.686, -0.301, -0.181, 0.167, 0.138, 0.067, -0.337, 0.102, 0.101,
            -0.106, 0.095, 0.327,
        ],
        [
            0.935, 0.269, 0.274, 0.104, 0.158, 0.117, 0.348, 0.206, 0.137, 0.115, 0.177, 0.119,
            0.183, 0.508,
        ],
    ),
    (
        "uboot",
        [
            -1.745, 0.356, 0.672, -0.326, -0.206, 0.184, 0.046, 0.063, -0.313, 0.155, 0.099,
            -0.116, 0.076, 0.357,
        ],
        [
            0.989, 0.198, 0.274, 0.114, 0.174, 0.086, 0.256, 0.212, 0.143, 0.163, 0.174, 0.120,
            0.166, 0.494,
        ],
    ),
    (
        "eu",
        [
            -1.963, 0.183, 0.611, -0.336, -0.242, 0.146, 0.189, 0.111, -0.244, 0.146, 0.103,
            -0.130, 0.128, 0.289,
        ],
        [
            0.874, 0.173, 0.281, 0.118, 0.147, 0.116, 0.265, 0.219, 0.145, 0.166, 0.176, 0.125,
            0.152, 0.518,
        ],
    ),
    (
        "fb",
        [
            -1.940, 0.193, 0.576, -0.367, -0.231, 0.146, 0.184, 0.156, -0.221, 0.167, 0.048,
            -0.082, 0.044, 0.315,
        ],
        [
            0.871, 0.195, 0.251, 0.091, 0.163, 0.111, 0.270, 0.186, 0.148, 0.166, 0.088, 0.094,
            0.155, 0.510,
        ],
    ),
    (
        "college",
        [
            -1.459, 0.203, 0.743, -0.311, -0.186, 0.137, 0.186, 0.084, -0.266, 0.161, 0.097,
            -0.133, 0.123, 0.354,
        ],
        [
            0.601, 0.179, 0.082, 0.102, 0.159, 0.081, 0.249, 0.197, 0.098, 0.162, 0.173, 0.119,
            0.162, 0.500,
        ],
    ),
    (
        "reality",
        [
            -1.724, 0.164, 0.663, -0.348, -0.130, 0.119, 0.294, -0.028, -0.357, 0.219, 0.126,
            -0.162, 0.129, 0.134,
        ],
        [
            1.026, 0.097, 0.288, 0.117, 0.113, 0.090, 0.130, 0.089, 0.095, 0.106, 0.151, 0.091,
            0.136, 0.146,
        ],
    ),
    (
        "git",
        [
            -1.780, 0.346, 0.630, -0.306, -0.207, 0.176, 0.029, 0.051, -0.299, 0.172, 0.137,
            -0.105, 0.062, 0.364,
        ],
        [
            1.007, 0.204, 0.280, 0.103, 0.174, 0.087, 0.237, 0.213, 0.145, 0.168, 0.139, 0.121,
            0.126, 0.490,
        ],
    ),
];

/// Returns what the other sets have in common, if `set` is one of them.
///
/// Nothing is added to its level: by how much a platform's level differs was read off all sets.
pub(crate) fn without(set: &str) -> Option<LawPrior> {
    let (_, mean, sd) = LEFT_OUT.iter().find(|(name, ..)| *name == set)?;
    let mut prior = LawPrior::default();
    for ((coefficient, mean), sd) in prior.coefficients.iter_mut().zip(mean).zip(sd) {
        *coefficient = (*mean, *sd);
    }
    Some(prior)
}

/// Returns a prior with the level of a platform, as [`LawPrior::of_platform`] raises it.
pub(super) fn at_level(mut prior: LawPrior, k: f64) -> LawPrior {
    prior.coefficients[0].0 += 0.45 + 0.5 * k.ln();
    prior
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaving_one_out_moves_the_common_law_but_little() {
        let common = LawPrior::of_platform(1.0).coefficients;
        for (set, ..) in LEFT_OUT {
            let left = at_level(without(set).unwrap(), 1.0).coefficients;
            for ((all, sd), (mean, _)) in common.iter().zip(left) {
                assert!((all - mean).abs() < *sd, "{set}: {all} {mean}");
            }
        }
        assert_eq!(without("somebody's own"), None);
    }
}

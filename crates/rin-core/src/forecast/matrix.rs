//! The little linear algebra a fit needs: symmetric positive matrices of a fixed small size.
//!
//! A dozen by a dozen at most, so a library would bring more than it saves.

pub(crate) type Vector<const N: usize> = [f64; N];
pub(crate) type Matrix<const N: usize> = [[f64; N]; N];

/// Returns the inner product.
#[inline]
pub(crate) fn dot<const N: usize>(a: &Vector<N>, b: &Vector<N>) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Returns *x*ᵀ *A* *x*.
#[inline]
pub(crate) fn quadratic<const N: usize>(a: &Matrix<N>, x: &Vector<N>) -> f64 {
    // Sums along the columns do not wait for each other as a sum along a line would.
    let mut product = [0.0; N];
    for (line, xi) in a.iter().zip(x) {
        for (sum, cell) in product.iter_mut().zip(line) {
            *sum += xi * cell;
        }
    }
    dot(&product, x)
}

/// Returns the lower triangle *L* with *L*·*L*ᵀ = *A*; `None` if *A* is not positive.
pub(crate) fn cholesky<const N: usize>(a: &Matrix<N>) -> Option<Matrix<N>> {
    let mut root = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let so_far: f64 =
                row(&root, i).iter().zip(row(&root, j)).take(j).map(|(x, y)| x * y).sum();
            let rest = cell(a, i, j) - so_far;
            if i == j && !(rest.is_finite() && 0.0 < rest) {
                return None;
            }
            let value = if i == j { rest.sqrt() } else { rest / cell(&root, j, j) };
            if let Some(place) = root.get_mut(i).and_then(|line| line.get_mut(j)) {
                *place = value;
            }
        }
    }
    Some(root)
}

/// Returns *x* with *L*·*L*ᵀ·*x* = *b*.
pub(crate) fn solve<const N: usize>(root: &Matrix<N>, b: &Vector<N>) -> Vector<N> {
    let mut x = *b;
    for i in 0..N {
        let so_far: f64 = row(root, i).iter().zip(&x).take(i).map(|(l, x)| l * x).sum();
        if let Some(place) = x.get_mut(i) {
            *place = (*place - so_far) / cell(root, i, i);
        }
    }
    for i in (0..N).rev() {
        let so_far: f64 = (i + 1..N).map(|k| cell(root, k, i) * x.get(k).unwrap_or(&0.0)).sum();
        if let Some(place) = x.get_mut(i) {
            *place = (*place - so_far) / cell(root, i, i);
        }
    }
    x
}

/// Returns the inverse of *L*·*L*ᵀ.
pub(crate) fn inverse<const N: usize>(root: &Matrix<N>) -> Matrix<N> {
    let mut inverse = [[0.0; N]; N];
    for (at, line) in inverse.iter_mut().enumerate() {
        let mut unit = [0.0; N];
        if let Some(one) = unit.get_mut(at) {
            *one = 1.0;
        }
        // Symmetric, so a column is a row.
        *line = solve(root, &unit);
    }
    inverse
}

fn row<const N: usize>(a: &Matrix<N>, i: usize) -> &[f64] {
    a.get(i).map_or(&[], |line| line.as_slice())
}

fn cell<const N: usize>(a: &Matrix<N>, i: usize, j: usize) -> f64 {
    a.get(i).and_then(|line| line.get(j)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_inverted() {
        let a = [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]];
        let root = cholesky(&a).unwrap();
        let x = solve(&root, &[1.0, -2.0, 3.0]);
        for (line, expected) in a.iter().zip([1.0, -2.0, 3.0]) {
            assert!((dot(line, &x) - expected).abs() < 1e-12);
        }
        for (i, line) in inverse(&root).iter().enumerate() {
            for (j, column) in a.iter().enumerate() {
                let expected = f64::from(u8::from(i == j));
                assert!((dot(line, column) - expected).abs() < 1e-12);
            }
        }
        assert!((quadratic(&a, &[1.0, 1.0, 0.0]) - 13.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_positive_has_no_root() {
        assert_eq!(cholesky(&[[1.0, 2.0], [2.0, 1.0]]), None);
        assert_eq!(cholesky(&[[f64::NAN]]), None);
    }
}

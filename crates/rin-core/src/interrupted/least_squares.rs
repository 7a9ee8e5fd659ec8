//! Least squares on a series whose neighbouring periods are alike, and how much a coefficient can be trusted then.
//!
//! The variance is that of Newey and West (1987): products of residuals of periods up to so many apart, the nearer the
//! weightier. On its own it is far too sure of itself where a coefficient rests on few periods, as that of a campaign of six
//! weeks does: with it one test in six to one in four finds what is not there. So three things are done about it, which
//! together keep one test in twenty: residuals are enlarged by their leverage (`MacKinnon` and White 1985, HC2), the
//! reach is 1.3·√n periods (Lazarus, Lewis, Stock and Watson, HAR Inference: Recommendations for Practice, JBES 2018), and
//! bias and degrees of freedom of the estimate are those it has where the periods are independent and vary as counts do, in
//! proportion to what is expected of them (Bell and `McCaffrey` 2002; Young, Improved, Nearly Exact, Statistical Inference
//! with Robust and Clustered Covariance Matrices using Effective Degrees of Freedom Corrections, 2016; the working variances
//! as in Pustejovsky and Tipton, JBES 2018). Were all periods taken to vary alike, the weeks of a campaign that wins many would
//! be thought surer than they are.

use crate::forecast::matrix::{Matrix, Vector, cholesky, dot, inverse, quadratic};

/// A period varies at least as if so much of the mean of all were expected of it.
const LEAST_EXPECTED: f64 = 0.1;

/// Most columns; those not used are nought throughout.
pub(super) const COLUMNS: usize = 7;

/// One period: when, what explains it, what was counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) period: i32,
    pub(super) x: Vector<COLUMNS>,
    pub(super) y: f64,
}

/// A line laid through the periods.
pub(super) struct Fit<'a> {
    rows: &'a [Row],
    pub(super) coefficients: Vector<COLUMNS>,
    /// (*X*ᵀ*X*)⁻¹.
    inverse: Matrix<COLUMNS>,
    residuals: Vec<f64>,
    /// Share of itself that each period has in its own fitted value.
    leverages: Vec<f64>,
}

/// How sure a coefficient is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sureness {
    pub(super) variance: f64,
    pub(super) degrees: f64,
}

/// Lays the line; `None` if the columns say the same.
pub(super) fn fit(rows: &[Row]) -> Option<Fit<'_>> {
    let mut products = [[0.0; COLUMNS]; COLUMNS];
    let mut sums = [0.0; COLUMNS];
    for row in rows {
        for ((line, sum), a) in products.iter_mut().zip(&mut sums).zip(row.x) {
            *sum += a * row.y;
            line.iter_mut().zip(row.x).for_each(|(cell, b)| *cell += a * b);
        }
    }
    for (at, line) in products.iter_mut().enumerate() {
        // A column that is not used would have no inverse; any other number than nought leaves the others alone.
        if let Some(cell) = line.get_mut(at).filter(|cell| **cell <= 0.0) {
            *cell = 1.0;
        }
    }
    let root = cholesky(&products)?;
    let is_bare = |(root, whole): (f64, f64)| root * root <= 1e-10 * whole;
    if diagonal(&root).into_iter().zip(diagonal(&products)).any(is_bare) {
        return None;
    }
    let inverse = inverse(&root);
    let coefficients = inverse.map(|line| dot(&line, &sums));
    let residuals = rows.iter().map(|row| row.y - dot(&row.x, &coefficients)).collect();
    let leverages = rows.iter().map(|row| quadratic(&inverse, &row.x)).collect();
    Some(Fit { rows, coefficients, inverse, residuals, leverages })
}

/// Returns how many neighbouring periods are taken for alike, by the rule of Lazarus and others: 1.3·√n, less itself.
pub(super) fn reach(periods: usize) -> f64 {
    (1.3 * to_f64(periods).sqrt()).ceil() - 1.0
}

impl Fit<'_> {
    /// Returns how sure a coefficient is; `None` if that is no number.
    ///
    /// # Complexity
    /// Quadratic in the periods.
    pub(super) fn sureness(&self, column: usize) -> Option<Sureness> {
        let expected = self.expected();
        let exact: f64 =
            self.weights(column).zip(&expected).map(|(weight, one)| weight * weight * one).sum();
        let weights: Vec<f64> = self
            .weights(column)
            .zip(&self.leverages)
            .map(|(weight, leverage)| weight / (1.0 - leverage).max(1e-9).sqrt())
            .collect();
        let products = self.products(&weights, reach(self.rows.len()));
        let raw = form(&products, &self.residuals);
        let (trace, square) = self.traces(products.clone(), &expected);
        let variance = raw * exact / trace;
        (variance.is_finite() && 0.0 < square)
            .then(|| Sureness { variance, degrees: trace * trace / square })
    }

    /// Returns what each period weighs in a coefficient.
    fn weights(&self, column: usize) -> impl Iterator<Item = f64> {
        let line = self.inverse.get(column).copied().unwrap_or([0.0; COLUMNS]);
        self.rows.iter().map(move |row| dot(&row.x, &line))
    }

    /// Returns for each two periods the product of what they weigh, less the farther they are apart (Bartlett).
    fn products(&self, weights: &[f64], reach: f64) -> Vec<Vec<f64>> {
        let periods = || self.rows.iter().map(|row| f64::from(row.period)).zip(weights);
        let product = |(at, one): (f64, &f64), (other_at, other): (f64, &f64)| {
            (1.0 - (at - other_at).abs() / (reach + 1.0)).max(0.0) * one * other
        };
        periods().map(|one| periods().map(|other| product(one, other)).collect()).collect()
    }

    /// Returns how much each period is taken to vary, but for a factor: as much as is expected of it.
    fn expected(&self) -> Vec<f64> {
        let mean = self.rows.iter().map(|row| row.y.abs()).sum::<f64>() / to_f64(self.rows.len());
        let fitted = self.rows.iter().zip(&self.residuals).map(|(row, residual)| row.y - residual);
        fitted.map(|fitted| fitted.max(LEAST_EXPECTED * mean)).collect()
    }

    /// Returns the traces of *B* = *W*·*M*·*V*·*M* and of its square, *V* being the variances expected and *M* =
    /// 1 − *X*(*X*ᵀ*X*)⁻¹*X*ᵀ: the mean of the quadratic form *W* of residuals, and half its variance.
    fn traces(&self, products: Vec<Vec<f64>>, expected: &[f64]) -> (f64, f64) {
        let mut lines = products;
        for line in &mut lines {
            self.project(line);
            line.iter_mut().zip(expected).for_each(|(cell, one)| *cell *= one);
            self.project(line);
        }
        let trace = lines.iter().enumerate().filter_map(|(at, line)| line.get(at)).sum();
        let mut square = 0.0;
        for (at, line) in lines.iter().enumerate() {
            let column = lines.iter().filter_map(|other| other.get(at));
            square += line.iter().zip(column).map(|(a, b)| a * b).sum::<f64>();
        }
        (trace, square)
    }

    /// Multiplies a line by *M*.
    fn project(&self, line: &mut [f64]) {
        let mut sums = [0.0; COLUMNS];
        for (cell, row) in line.iter().zip(self.rows) {
            sums.iter_mut().zip(row.x).for_each(|(sum, x)| *sum += cell * x);
        }
        let taken = self.inverse.map(|one| dot(&one, &sums));
        for (cell, row) in line.iter_mut().zip(self.rows) {
            *cell -= dot(&row.x, &taken);
        }
    }

    /// Returns the variance of Newey and West as it is, for comparison with others' implementations.
    #[cfg(test)]
    pub(super) fn newey_west(&self, column: usize, reach: f64) -> f64 {
        let weights: Vec<f64> = self.weights(column).collect();
        form(&self.products(&weights, reach), &self.residuals)
    }
}

fn form(products: &[Vec<f64>], residuals: &[f64]) -> f64 {
    let line = |line: &Vec<f64>| line.iter().zip(residuals).map(|(a, b)| a * b).sum::<f64>();
    products.iter().zip(residuals).map(|(products, residual)| residual * line(products)).sum()
}

fn diagonal(matrix: &Matrix<COLUMNS>) -> Vector<COLUMNS> {
    let mut at = 0;
    matrix.map(|line| {
        at += 1;
        line.get(at - 1).copied().unwrap_or_default()
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) const fn to_f64(n: usize) -> f64 {
    n as f64
}

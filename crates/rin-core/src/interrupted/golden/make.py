"""Writes series.tsv and statsmodels.tsv: drawn series, and what statsmodels says of them.

    pip install statsmodels==0.15.0 && python3 make.py

Coefficients and the plain Newey-West standard errors are statsmodels' own. The corrected variance (leverage,
working variances, bias, degrees of freedom) is computed by its definition with dense numpy matrices, interval and probability with scipy.
"""

import numpy as np
import statsmodels.api as sm
from scipy import stats

SHAPES = [
    ("long", 52, 6, 26, False, 0),
    ("control", 40, 8, 12, True, 0),
    ("short", 12, 3, 0, False, 0),
    ("three after", 20, 5, 3, True, 0),
    ("gaps", 60, 7, 20, False, 9),
]
NAMES = ["before", "trend before", "during", "trend during", "after", "trend after", "control"]


def design(period, control, start, end):
    during, after = (start <= period) & (period < end), end <= period
    columns = {"before": np.ones(len(period)), "trend before": period - start, "during": during * 1.0}
    if during.sum() >= 4:
        columns["trend during"] = during * (period - period[during].mean())
    if after.sum() >= 3:
        columns["after"] = after * 1.0
    if after.sum() >= 4:
        columns["trend after"] = after * (period - period[after].mean())
    if control is not None:
        columns["control"] = control - control[period < start].mean()
    return list(columns), np.column_stack(list(columns.values()))


def corrected(x, y, residual, period, at, lags):
    n = len(x)
    inverse = np.linalg.inv(x.T @ x)
    left = np.eye(n) - x @ inverse @ x.T
    weight = (x @ inverse)[:, at] / np.sqrt(np.diag(left))
    near = np.clip(1 - np.abs(np.subtract.outer(period, period)) / (lags + 1), 0, None)
    form = near * np.outer(weight, weight)
    varies = np.diag(np.maximum(y - residual, 0.1 * np.abs(y).mean()))
    inner = form @ left @ varies @ left
    scale = (x @ inverse)[:, at] @ varies @ (x @ inverse)[:, at] / np.trace(inner)
    return residual @ form @ residual * scale, np.trace(inner) ** 2 / np.trace(inner @ inner)


rng = np.random.default_rng(20261127)
rows, golden = [], []
for name, before, during, after, has_control, gaps in SHAPES:
    n = before + during + after
    period = np.arange(n) - 7
    start, end = before - 7, before + during - 7
    drift = np.zeros(n)
    for i in range(1, n):
        drift[i] = 0.4 * drift[i - 1] + 0.2 * rng.standard_normal()
    control = rng.poisson(9 * np.exp(drift)).astype(float) if has_control else None
    mean = 6 + 0.05 * period + 4.0 * ((start <= period) & (period < end)) + 1.0 * (end <= period)
    y = rng.poisson(mean * np.exp(drift)).astype(float)
    keep = np.ones(n, bool)
    keep[rng.choice(np.arange(1, before), gaps, replace=False)] = False
    period, y = period[keep], y[keep]
    control = control[keep] if has_control else None
    for i in range(len(y)):
        rows.append(f"{name}\t{period[i]}\t{y[i]:g}\t{control[i] if has_control else 'nan'}")
    names, x = design(period.astype(float), control, start, end)
    lags = int(np.ceil(1.3 * np.sqrt(len(y)))) - 1
    hac = sm.OLS(y, x).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    for at, column in enumerate(names):
        variance, degrees = corrected(x, y, hac.resid, period, at, lags)
        sd = variance**0.5
        value = hac.params[at]
        low = value - stats.t.ppf(0.975, degrees) * sd
        p = 2 * stats.t.sf(abs(value) / sd, degrees)
        # statsmodels knows no gaps: it takes neighbours in the list for neighbours in time.
        plain = hac.bse[at] if not gaps else float("nan")
        figures = [value, plain, sd, degrees, low, p]
        golden.append("\t".join([name, str(start), str(end), str(NAMES.index(column))] + [repr(float(f)) for f in figures]))

with open("series.tsv", "w") as file:
    file.write("# Written by make.py: series, period, value, control.\n" + "\n".join(rows) + "\n")
with open("statsmodels.tsv", "w") as file:
    file.write("# Written by make.py: series, start, end, column, value, plain and corrected sd, degrees, low, p.\n")
    file.write("\n".join(golden) + "\n")

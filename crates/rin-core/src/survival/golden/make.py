"""Writes lives.tsv and lifelines.tsv: data sets that lifelines ships, drawn ones, and what lifelines says of them.

    pip install lifelines==0.30.3 && python3 -W ignore make.py

Curves, bands, medians, means, log-rank tests and hazard ratios are lifelines' own (KaplanMeierFitter, logrank_test,
restricted_mean_survival_time, CoxPHFitter). Two things it does not offer are computed here by their formulas with
numpy: the variance of a restricted mean, and the log-rank test where lives were seen late.
"""

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter, datasets
from lifelines.statistics import logrank_test
from lifelines.utils import restricted_mean_survival_time


def drawn(seed, scale, n, late, whole):
    """Weibull lives that end or go out of sight, some seen late; in whole days there are many equal ones."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 2, n)
    life = scale * np.where(group == 0, 1.0, 2.0) * rng.weibull(0.7, n)
    sight = rng.uniform(0.5, 4 * scale, n)
    entry = rng.uniform(0, scale, n) * (rng.random(n) < 0.5) if late else np.zeros(n)
    days, ended = np.minimum(life, sight), life <= sight
    if whole:
        days, entry = np.ceil(days), np.floor(entry)
    keep = entry < days
    rows = np.c_[group, np.round(entry, 3), np.round(days, 3), ended][keep]
    return rows[rows[:, 1] < rows[:, 2]]


def shipped():
    waltons = datasets.load_waltons()
    yield "waltons", np.c_[waltons.group != "miR-137", 0 * waltons["T"], waltons["T"], waltons.E]
    rossi = datasets.load_rossi()
    yield "rossi", np.c_[rossi.fin, 0 * rossi.week, rossi.week, rossi.arrest]
    larynx = datasets.load_larynx()
    early = 1 - larynx.Stage_III - larynx.Stage_IV
    yield "larynx", np.c_[early, 0 * early, larynx.time, larynx.death]
    lung = datasets.load_lung()
    yield "lung", np.c_[lung.sex - 1, 0 * lung.time, lung.time, lung.status]
    leukemia = datasets.load_leukemia()
    yield "leukemia", np.c_[leukemia.Rx, 0 * leukemia.t, leukemia.t, leukemia.status]
    heart = datasets.load_stanford_heart_transplants()
    yield "heart", np.c_[heart.transplant, heart.start, heart.stop, heart.event]
    yield "drawn", drawn(1, 40.0, 240, late=False, whole=False)
    yield "drawn in days", drawn(2, 9.0, 260, late=False, whole=True)
    yield "drawn, some late", drawn(3, 60.0, 240, late=True, whole=True)


def mean_variance(curve, until):
    """Sum of (area beyond t)^2 d/(n(n-d)): Klein and Moeschberger, Survival Analysis, 2003, section 4.5."""
    table = curve.event_table
    ends = table[(table.observed > 0) & (table.index < until)]
    total = 0.0
    grid = np.r_[ends.index.values, until]
    share = curve.survival_function_at_times(ends.index.values).values
    for i in range(len(ends)):
        area = np.sum(share[i:] * np.diff(grid[i:]))
        n, d = ends.at_risk.values[i] - ends.entrance.values[i], ends.observed.values[i]
        if d < n:
            total += area**2 * d / (n * (n - d))
    return total


def late_log_rank(rows):
    """Mantel's test with whoever is in sight: came before, and has not gone."""
    group, entry, days, ended = rows.T
    seen = expected = variance = 0.0
    for t in np.unique(days[ended == 1]):
        risk = (entry < t) & (t <= days)
        n, n1 = risk.sum(), (risk & (group == 0)).sum()
        here = (days == t) & (ended == 1)
        d, d1 = here.sum(), (here & (group == 0)).sum()
        seen, expected = seen + d1, expected + d * n1 / n
        if n > 1:
            variance += d * n1 / n * (1 - n1 / n) * (n - d) / (n - 1)
    return (seen - expected) ** 2 / variance


lives, golden = [], []
for name, rows in shipped():
    rows = rows.astype(float)
    lives += [f"{name}\t{int(g)}\t{e:g}\t{d:.10g}\t{int(x)}" for g, e, d, x in rows]
    is_late = rows[:, 1].max() > 0
    until = float(np.round(0.7 * min(rows[rows[:, 0] == g, 2].max() for g in (0, 1)), 1))
    for g in (0, 1):
        mine = rows[rows[:, 0] == g]
        curve = KaplanMeierFitter().fit(mine[:, 2], mine[:, 3], entry=mine[:, 1] if is_late else None)
        for q in (0.1, 0.3, 0.5, 0.7, 0.9):
            at = float(np.round(np.quantile(mine[:, 2], q), 2))
            band = curve.confidence_interval_survival_function_
            low, high = band[band.index <= at].iloc[-1]
            share = float(curve.survival_function_at_times(at).iloc[0])
            if share > 0:
                golden.append([name, "curve", g, at, share, low, high])
        golden.append([name, "median", g, 0.0, curve.median_survival_time_, 0, 0])
        # lifelines begins its curve where the first life is seen; before that all of them go on.
        mean = restricted_mean_survival_time(curve, t=until) + curve.survival_function_.index[0]
        golden.append([name, "mean", g, until, mean, mean_variance(curve, until), 0])
    one, other = rows[rows[:, 0] == 0], rows[rows[:, 0] == 1]
    if is_late:
        chi = late_log_rank(rows)
    else:
        chi = logrank_test(one[:, 2], other[:, 2], one[:, 3], other[:, 3]).test_statistic
        assert abs(chi - late_log_rank(rows)) < 1e-9 * chi
    golden.append([name, "log-rank", 0, 0.0, chi, 0, 0])
    frame = pd.DataFrame(rows, columns=["group", "entry", "days", "ended"])
    frame["group"] = 1 - frame.group
    late = {"entry_col": "entry"} if is_late else {}
    frame = frame if is_late else frame.drop(columns="entry")
    exact = {"precision": 1e-24, "r_precision": 1e-30}
    cox = CoxPHFitter().fit(frame, "days", "ended", fit_options=exact, **late)
    row = cox.summary.loc["group"]
    golden.append([name, "hazard", 0, 0.0, row["coef"], row["se(coef)"], row["p"]])

with open("lives.tsv", "w") as file:
    file.write("# Written by make.py: data set, group, days seen from, days, whether it ended.\n")
    file.write("\n".join(lives) + "\n")
with open("lifelines.tsv", "w") as file:
    file.write("# Written by make.py: data set, what, group, at, and up to three figures.\n")
    for row in golden:
        file.write("\t".join(x if isinstance(x, str) else repr(float(x)) for x in row) + "\n")

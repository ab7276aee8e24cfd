"""Claims and verdicts: what a criterion makes of numbers, and that the table kept is the table of these claims."""

import math
import re

import numpy as np
import pytest

from lrlab.finder.claims import CLAIMS, Claim, checked, judged
from lrlab.finder.claims.kept import keep, kept
from lrlab.finder.spending import WAYS, spend

BY_SLUG = {claim.slug: claim for claim in CLAIMS}


def claim(low=-math.inf, high=math.inf, measure=float):
    return Claim("a-claim", "search", "It is so.", "Somebody 2020", "here", "a share", measure, low, high)


@pytest.mark.parametrize(
    ("low", "high", "values", "held", "confirmed"),
    [
        (0.5, math.inf, [0.5, 0.6, 0.7, 0.8, 0.4], 4, True),
        (0.5, math.inf, [0.5, 0.6, 0.7, 0.4, 0.4], 3, False),
        (-math.inf, 1.0, [1.0, 0.0, -5.0], 3, True),
        (0.8, 1.2, [0.79, 1.21, 1.0], 1, False),
        (0.0, math.inf, [math.nan, math.inf], 0, False),
        (-math.inf, 1.0, [-math.inf], 0, False),
    ],
)
def test_a_verdict_counts_the_seeds_with_which_the_claim_holds(low, high, values, held, confirmed):
    verdict = judged(claim(low, high), values)
    assert (verdict.held, verdict.confirmed) == (held, confirmed)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([0.1, 0.2, 0.4], "0.2 (0.1 to 0.4)"),
        ([1.001, 1.002], "1"),
        ([math.nan, 3.0], "3"),
        ([math.nan], "no number at all"),
        ([3508.0, 9752.0], "6,630 (3,510 to 9,750)"),
    ],
)
def test_what_came_out_is_the_median_and_the_range(values, told):
    assert judged(claim(0.0), values).came_out == told


def test_a_check_measures_every_seed_once():
    asked = []
    verdict = checked(claim(0.0, measure=lambda seed: asked.append(seed) or seed / 10), range(3))
    assert asked == [0, 1, 2]
    assert verdict.values.tolist() == [0.0, 0.1, 0.2]
    with pytest.raises(ValueError, match="seeds is empty"):
        checked(claim(0.0), [])
    with pytest.raises(ValueError, match="give at least one number"):
        judged(claim(0.0), [])


def test_numbers_are_kept_and_read_back_and_those_that_are_none_stay_none(tmp_path):
    path = tmp_path / "verdicts.json"
    other = Claim("another", "search", "So.", "Me", "here", "n", float, 0.0)
    keep([judged(claim(0.5), [0.123456, math.nan, math.inf])], (0, 1, 2), {"numpy": "9"}, path)
    read = kept((claim(0.5), other), path)
    assert list(read.verdicts) == ["a-claim"]
    np.testing.assert_array_equal(read.verdicts["a-claim"].values, [0.1235, math.nan, math.nan])
    assert (read.seeds, read.versions) == ((0, 1, 2), {"numpy": "9"})


def test_every_claim_says_who_what_where_and_by_which_number():
    assert len(BY_SLUG) == len(CLAIMS)
    for each in CLAIMS:
        assert re.fullmatch(r"[a-z0-9-]+", each.slug)
        assert each.statement.endswith(".")
        assert all((each.source, each.setting, each.number))
        assert each.low < each.high
        assert math.isfinite(each.low) or math.isfinite(each.high)


def test_the_table_kept_is_the_table_of_these_claims():
    """Whoever adds, renames or drops a claim runs `python -m benchmarks.claims --keep`."""
    import json

    from lrlab.finder.claims.kept import FILE

    read = kept(CLAIMS)
    assert list(json.loads(FILE.read_text())["values"]) == list(BY_SLUG)
    assert {len(verdict.values) for verdict in read.verdicts.values()} == {len(read.seeds)}
    assert len(read.seeds) >= 5


@pytest.mark.parametrize(
    "slug",
    ["race-of-the-dents", "average-lags", "blow-up-marks-the-limit", "noise-scale-grows", "one-over-t"],
)
def test_what_is_kept_is_what_comes_out(slug):
    """The cheap ones, measured again; the benchmark measures all."""
    values = kept(CLAIMS).verdicts[slug].values[:2]
    assert checked(BY_SLUG[slug], range(2)).values == pytest.approx(values, rel=0.01)


def test_every_seed_of_a_claim_about_noise_has_draws_of_its_own():
    both = spend([WAYS["1/(t + 1)"]], 20, seeds=2, first=7).ends
    alone = [spend([WAYS["1/(t + 1)"]], 20, seeds=1, first=first).ends for first in (7, 8)]
    np.testing.assert_allclose(both, np.mean(alone, axis=0))
    assert alone[0] != alone[1]

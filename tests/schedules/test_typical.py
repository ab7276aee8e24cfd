"""Every kind over a whole run, and schedules put together of several."""

import numpy as np
import pytest

from lrlab import schedules as s
from lrlab.schedules.typical import TYPICAL, put_together, typical


def test_every_kind_has_a_typical_form() -> None:
    assert set(TYPICAL) == set(s.__all__) - {"Schedule", "join"}


@pytest.mark.parametrize("name", TYPICAL)
@pytest.mark.parametrize("steps", [10, 100, 500])
def test_a_typical_schedule_keeps_to_its_peak_and_nearly_reaches_it(name, steps) -> None:
    rates = typical(name, 0.3, steps)(np.arange(steps))
    assert rates.max() <= 0.3 * (1 + 1e-12)
    assert rates.max() > 0.2
    assert rates.min() >= 0.0


def test_step_decay_falls_twice_within_any_run() -> None:
    for steps in (10, 100, 200):
        assert len(np.unique(typical("step_decay", 0.1, steps)(np.arange(steps)))) == 3


def test_put_together_by_hand() -> None:
    """Ramp of 4 to 0.2, the constant until step 6, then straight to 0 at step 10."""
    whole = put_together(s.constant(0.2), 10, ramp=4, first=0.0, ending="linear", fall=4)
    expected = [0, 0.05, 0.1, 0.15, 0.2, 0.2, 0.2, 0.15, 0.1, 0.05, 0, 0]
    np.testing.assert_allclose(whole(np.arange(12)), expected, atol=1e-15)


def test_the_fall_begins_where_the_schedule_has_got_to() -> None:
    """0.8·0.5^t is 0.1 after three steps; the cosine fall from there is half way down at half its length."""
    whole = put_together(s.exponential(0.8, 0.5), 7, ending="cosine", fall=4)
    np.testing.assert_allclose(whole([2, 3, 5, 7]), [0.2, 0.1, 0.05, 0.0], atol=1e-15)


def test_nothing_before_and_nothing_after_is_the_schedule_itself() -> None:
    main = s.cosine(0.1, 0.0, 50)
    assert put_together(main, 50) is main


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"ending": "square", "fall": 3}, "ending is 'square'"),
        ({"ending": "linear", "fall": 10}, r"in \[1, 8\)"),
    ],
)
def test_what_does_not_fit_is_refused(options, said) -> None:
    with pytest.raises(ValueError, match=said):
        put_together(s.constant(0.1), 10, ramp=2, **options)
    with pytest.raises(ValueError, match="name is 'noam'"):
        typical("noam", 0.1, 100)

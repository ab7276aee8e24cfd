"""Several rules on one clock."""

import pytest

from lrlab.descent import descend
from lrlab.descent.side_by_side import side_by_side


def test_every_row_is_kept_as_it_was():
    runs = [descend("ravine", "sgd", [0.01, 0.2], steps=30), descend("ravine", "adam", 0.3, steps=30)]
    both = side_by_side(runs)
    rows = [(run, row) for run in runs for row in range(len(run.lengths))]
    assert len(both.lengths) == 3
    for at, (run, row) in enumerate(rows):
        assert both.rates[at].tolist() == run.rates[row].tolist()
        assert both.points[at].tolist() == run.points[row].tolist()
        assert both.losses[at].tolist() == run.losses[row].tolist()
        assert both.lengths[at] == run.lengths[row]
    assert both.optimizer == "sgd, adam"
    assert not both.points.flags.writeable


@pytest.mark.parametrize(
    ("runs", "message"),
    [
        ([], "there are 0 runs"),
        (
            [descend("bowl", "sgd", 0.1, steps=3), descend("ravine", "sgd", 0.1, steps=3)],
            "all on the same surface",
        ),
        (
            [descend("bowl", "sgd", 0.1, steps=3), descend("bowl", "sgd", 0.1, steps=4)],
            r"have \[3, 4\] steps",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(runs, message):
    with pytest.raises(ValueError, match=message):
        side_by_side(runs)

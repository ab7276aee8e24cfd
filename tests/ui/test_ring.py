"""The ring says in numbers and in words what it draws."""

import re

import pytest

from lrlab.ui.ring import svg


@pytest.mark.parametrize(("solved", "total", "arc"), [(0, 4, 0.0), (1, 4, 24.98), (4, 4, 99.90), (0, 0, 0.0)])
def test_the_arc_is_the_share_of_the_circle_and_the_text_says_it(solved, total, arc):
    picture = svg(solved, total, label="Too small")
    drawn = re.search(r'stroke-dasharray="([\d.]+) ', picture)
    assert float(drawn.group(1)) == pytest.approx(arc, abs=0.01)
    assert f'aria-label="Too small: {solved} of {total} solved"' in picture
    assert f">{solved}/{total}<" in picture

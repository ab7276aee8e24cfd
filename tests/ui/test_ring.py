"""The ring says in numbers and in words what it draws."""

import pytest

from lrlab.ui import ring


@pytest.mark.parametrize(
    ("solved", "total", "arc"), [(0, 4, "0.0"), (1, 4, "25.0"), (4, 4, "100.0"), (0, 0, "0.0")]
)
def test_the_arc_is_the_share_of_the_circle_and_the_text_says_it(solved, total, arc):
    picture = ring.html(solved, total, label="Too small")
    assert f" {arc}%," in picture
    assert f'aria-label="Too small: {solved} of {total} solved"' in picture
    assert f">{solved}/{total}<" in picture

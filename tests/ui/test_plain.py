"""Text from outside is shown as it is."""

import pytest

from lrlab.ui.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("price", "price"),
        ("Linz *neu*", r"Linz \*neu\*"),
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("![x](http://y/z)", r"\!\[x\]\(http\://y/z\)"),
        ("$a$ :red[b]", r"\$a\$ \:red\[b\]"),
        ("# one\n\n- two", r"\# one \- two"),
        ("größe 12 cm", "größe 12 cm"),
    ],
)
def test_signs_are_made_harmless_and_words_left_alone(text: str, shown: str) -> None:
    assert plain(text) == shown

"""The component on the server's side: it shows, it refuses, and it is small."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.ui.multiples import multiples


def page():
    import streamlit as st

    from lrlab.descent import descend
    from lrlab.descent.outcomes import endings
    from lrlab.ui.multiples import pack, scrub

    runs = [descend(name, "sgd", (0.05, 0.1), steps=20) for name in ("bowl", "ravine")]
    rate = st.number_input("rate", value=0.1)
    scrub(
        pack([(run, endings(run)) for run in runs]), key="board", rate=rate, on_pick=lambda name, rate: None
    )
    st.text("shown")


def test_it_shows_what_was_packed():
    at = AppTest.from_function(page).run()
    assert not at.exception
    assert [text.value for text in at.text] == ["shown"]


def test_a_rate_that_no_run_has_is_refused():
    at = AppTest.from_function(page).run()
    at.number_input[0].set_value(0.07).run()
    assert "rate is 0.07; it must be one of the 2 rates" in at.exception[0].message


@pytest.mark.parametrize("name", multiples._SHARED)
def test_the_players_scripts_it_leans_on_exist(name):
    assert (multiples._PLAYER / f"{name}.js").is_file()


def test_nothing_in_its_own_scripts_is_declared_twice():
    """All scripts are joined into one module, where a second `const` of the same name is a syntax error."""
    paths = [multiples._PLAYER / f"{name}.js" for name in multiples._SHARED]
    paths += [multiples._HERE / "panels.js", multiples._HERE / "multiples.js"]
    names = [
        name
        for path in paths
        for name in re.findall(
            r"^(?:const|let|function) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(names) == len(set(names))

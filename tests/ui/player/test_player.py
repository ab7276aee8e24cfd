import pytest
from streamlit.testing.v1 import AppTest

from lrlab.descent import descend
from lrlab.ui.player import pack, play
from lrlab.ui.player import player as module


def script(surface="bowl", **options):
    import streamlit as st

    from lrlab.descent import SURFACES, descend
    from lrlab.ui.player import dragged_start, pack, play

    start = dragged_start("lab", SURFACES[surface])
    played = play(pack(descend(surface, "sgd", [0.1, 0.3], start=start, steps=5)), key="lab", **options)
    st.json({"start": start, "rate": played.rate, "step": played.step, "committed": played.committed})


def run(query=None, **options):
    app = AppTest.from_function(script, kwargs=options)
    for name, value in (query or {}).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def told(app):
    import json

    return json.loads(app.json[0].value)


@pytest.mark.parametrize("time", [1, 2])
def test_it_stands_on_any_page_and_has_heard_nothing_yet(time):
    assert told(run()) == {"start": None, "rate": None, "step": None, "committed": False}


@pytest.mark.parametrize(
    ("surface", "asked", "start"),
    [
        ("bowl", "1.5,-2", [1.5, -2.0]),
        ("bowl_1d", "2.5", [2.5, 0.0]),
        ("bowl", "1.5", None),
        ("bowl", "here,there", None),
        ("bowl", "nan,1", None),
        ("bowl", "inf,1", None),
        ("bowl", "1,2,3", None),
        ("bowl", "60,0", None),
        ("bowl", "", None),
    ],
)
def test_a_start_in_the_address_counts_when_it_lies_in_the_view(surface, asked, start):
    assert told(run({"lab.start": asked}, surface=surface))["start"] == start


def test_a_start_from_the_address_outlives_the_address():
    app = run({"lab.start": "1,1"})
    del app.query_params["lab.start"]
    assert told(app.run())["start"] == [1.0, 1.0]


@pytest.fixture
def payload():
    return pack(descend("bowl", "sgd", [0.1, 0.3], steps=5))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"compare": (0.1, 0.2)}, "compare holds 0.2, which is not a rate of this sweep; the nearest is"),
        ({"compare": (0.1,) * 7}, "compare has 7 rates; at most 6"),
        ({"rate": 0.0}, "rate is 0.0"),
        ({"rate": float("nan")}, "rate is nan"),
        ({"show_rule": True}, "gradients=True"),
    ],
)
def test_what_cannot_be_played_is_refused_with_its_value(payload, options, words):
    with pytest.raises(ValueError, match=words):
        play(payload, key="lab", **options)


def test_the_sources_are_small_and_go_as_text_not_as_a_path():
    sources = [module._source(name) for name in ("player.html", "player.css")]
    sources.append("\n".join(module._source(f"{name}.js") for name in module.SCRIPTS))
    assert sum(len(source.encode()) for source in sources) <= 42_000
    assert all("\n" in source for source in sources)


def test_every_script_of_the_folder_is_part_of_the_player():
    folder = module.Path(module.__file__).parent
    assert {path.stem for path in folder.glob("*.js")} == set(module.SCRIPTS)

"""Every page through the router: it opens, says where it is, and walks predict, run, observe without a traceback."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.ui import navigation

ROOT = Path(__file__).parents[2]
TOPICS = [entry.name for entry in navigation.TOPICS]
PREDICTING = [
    name for name in TOPICS if "reflections.predict(" in (ROOT / "pages" / f"{name}.py").read_text()
]


def opened(name, **query):
    at = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    if name != "home":
        at.switch_page(f"pages/{name}.py").run()
    assert not at.exception, at.exception
    return at


def skip_prediction(at):
    """Open the lab without a prediction."""
    next(button for button in at.button if button.label.startswith("Skip")).click().run()
    assert not at.exception, at.exception
    return at


@pytest.mark.parametrize("entry", navigation.CONTENTS, ids=lambda entry: entry.name)
def test_a_page_opens_under_its_own_title_in_its_place_in_the_course(entry):
    at = opened(entry.name)
    assert [title.value for title in at.title] == [entry.heading or entry.title]
    if entry.is_topic:
        place = TOPICS.index(entry.name) + 1
        assert any(f"topic {place} of {len(TOPICS)}" in caption.value for caption in at.caption)
        assert "Exercises" in [header.value for header in at.header]


@pytest.mark.slow
@pytest.mark.parametrize("name", PREDICTING)
def test_the_lab_is_closed_until_the_student_commits_or_declines(name):
    at = opened(name)
    assert "Run" not in [header.value for header in at.header]
    skip_prediction(at)
    assert "Run" in [header.value for header in at.header]


@pytest.mark.slow
@pytest.mark.parametrize("name", PREDICTING)
def test_every_prediction_is_held_against_the_run(name):
    first = opened(name)
    verdicts = []
    for option in first.radio[0].options:
        at = opened(name)
        radio = at.radio[0]
        radio.set_value(radio.options.index(option) if isinstance(radio.value, int) else option)
        next(button for button in at.button if button.label == "Commit to it").click().run()
        assert not at.exception, at.exception
        verdicts += ["right" for said in at.success if said.value.startswith("As you predicted")]
        verdicts += ["wrong" for said in at.info if said.value.startswith("You predicted")]
    assert sorted(verdicts) == ["right", *["wrong"] * (len(first.radio[0].options) - 1)]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("too_large", "too_large.surface", "mountain"),
        ("sandbox", "sandbox.optimizer", "sgd'; DROP TABLE"),
        ("sandbox", "sandbox.noise", "NaN"),
        ("sandbox", "sandbox.start", "1e400,inf"),
        ("lr_finder", "lr_finder.data", "../../etc/passwd"),
        ("lr_finder", "lr_finder.rate", "-1"),
    ],
)
def test_nonsense_in_the_address_is_ignored(name, key, value):
    at = opened(name, **{key: value})
    if name in PREDICTING:
        skip_prediction(at)
    assert not at.error


def test_progress_begins_empty_and_points_to_the_first_topic():
    at = opened("progress")
    assert any("0 of" in text.value and "exercises solved" in text.value for text in at.markdown)
    beginnings = [link.value for link in at.page_link if link.value.startswith("Begin with:")]
    assert [link.endswith("(What is a learning rate?)") for link in beginnings] == [True]


def test_the_home_page_lists_every_topic():
    at = opened("home")
    links = " ".join(link.value for link in at.page_link)
    for entry in navigation.TOPICS:
        assert entry.title in links

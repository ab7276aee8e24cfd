"""A live round on a student's page: it appears, takes one vote a turn, and tells what came of it only when revealed."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, classes, people, rounds
from lrlab.classroom.tasks import Task
from lrlab.ui import remembered
from lrlab.ui.account import store

RATE = "first-step/home-in-one-step"
OPERATOR = access.Operator()


def page():
    from lrlab.ui import live_round
    from lrlab.ui.account import person

    person.arrive()
    live_round.watch()


@pytest.fixture
def kept(monkeypatch, tmp_path):
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/lrlab.db")
    opened = store.store()
    yield opened
    opened.close()


@pytest.fixture
def room(kept):
    return classes.create(kept, OPERATOR, "Monday", store.now())


@pytest.fixture
def begin(kept, room):
    def open_round(slug=RATE):
        task = remembered.task(slug, 1)
        given = Task(slug, 0, task.exercise.version, "0.1.0", 1, dict(task.given))
        return rounds.open_round(kept, OPERATOR, room.id, given, store.now())

    return open_round


@pytest.fixture
def student(kept, room):
    """The page of a student of the class; `again()` is the same student on a page opened anew."""
    token = people.join(kept, room.code, "calm *heron*", store.now()).token

    def open_page():
        at = AppTest.from_function(page, default_timeout=60)
        at.session_state["account.token"] = token
        at.run()
        assert not at.exception, at.exception
        return at

    return open_page


def told(at):
    return " ".join(
        str(each.value) for kind in (at.markdown, at.get("html"), at.success, at.warning) for each in kind
    )


def vote(at, text):
    at.text_input[0].set_value(text)
    next(button for button in at.button if button.label == "Vote").click().run()
    assert not at.exception, at.exception
    return told(at)


def test_nobody_sees_anything_while_there_is_no_round(student):
    assert told(student()) == ""


def test_a_visitor_is_never_asked(begin):
    begin()
    at = AppTest.from_function(page, default_timeout=60).run()
    assert told(at) == ""


def test_a_round_from_the_students_side(student, begin, kept, room):
    best = repr(1.0 / remembered.task(RATE, 1).numbers["curvature"])
    at = student()
    begin()
    assert "Live round: Home in one step" in told(at.run())
    assert "Nothing was sent." in vote(at, "fast")
    said = vote(at, "0.011")
    assert "Your vote is in: “0.011”." in said
    assert "stopped short" not in said, "what came of it stays hidden until it is revealed"
    again = student()
    assert "Your vote is in: “0.011”." in told(again), "a refresh loses nothing"
    assert not again.text_input

    rounds.reveal(kept, OPERATOR, room.id, store.now())
    said = told(at.run())
    assert "You said “0.011”." in said
    assert "You stopped short." in said
    assert rounds.vote_again(kept, OPERATOR, room.id, store.now()).takes_votes
    assert "The first time you said “0.011”." in told(at.run())
    assert "Your vote is in" in vote(at, best)
    rounds.reveal(kept, OPERATOR, room.id, store.now())
    assert at.run().success
    rounds.close(kept, OPERATOR, room.id, store.now())
    assert told(at.run()) == ""


def test_a_vote_after_the_end_is_refused_in_words(student, begin, kept, room):
    begin()
    at = student()
    at.text_input[0].set_value("0.5")
    rounds.reveal(kept, OPERATOR, room.id, store.now())
    next(button for button in at.button if button.label == "Vote").click().run()
    assert not at.exception
    assert "This vote is over" in told(at)
    assert rounds.past(kept, OPERATOR, room.id, store.now())[0][1] == 0


@pytest.mark.parametrize(
    "slug",
    ["first-step/which-way", "too-large/read-the-log", "lr-finder/ten-below", "first-step/one-step-by-hand"],
)
def test_other_kinds_are_asked_too(student, begin, slug):
    begin(slug)
    at = student()
    assert [button.label for button in at.button if button.label == "Vote"] == ["Vote"]
    assert remembered.track().exercises[slug].title in told(at)

"""The facade over a visit and a class: kept once, bound to what was shown, the same API for both."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, attempts, classes, people, progress, records
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.grading.words import Range
from lrlab.ui import remembered
from lrlab.ui.account import store

SLUG = "first-step/home-in-one-step"


def page(slug):
    """Buttons that answer, draw and hint as an exercise's form does, and what the facade says."""
    import streamlit as st

    from lrlab.grading import judge, read
    from lrlab.ui import attempts
    from lrlab.ui.account import person

    person.arrive()
    desk, task = attempts.desk(slug), attempts.task(slug)
    text = st.text_input("Answer")
    right = str(1.0 / task.numbers["curvature"])
    if st.button("Check"):
        given = right if text == "right" else text
        kept = attempts.record(slug, task, given, judge(task, read(task, given)))
        st.text(f"kept: {kept}")
        if isinstance(kept, attempts.Attempt):
            st.text(f"attempt {kept.number} of variant {kept.variant}, repeated {kept.repeated}")
    st.button("Another", on_click=attempts.another, args=(slug, desk.variant))
    st.button("Hint", on_click=attempts.open_hint, args=(slug,))
    st.text(f"variant {desk.variant} attempt {desk.number} hints {attempts.hints_seen(slug)}")
    st.text(f"curvature {task.numbers['curvature']}")
    st.text(f"{len(attempts.kept())} kept")
    st.text(f"solved {slug in attempts.solved()} mastered {slug in attempts.mastered()}")


@pytest.fixture
def room(own_store):
    return classes.create(own_store, access.Operator(), "Monday", datetime.now(UTC))


@pytest.fixture
def own_store(monkeypatch, tmp_path):
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/lrlab.db")
    opened = store.store()
    yield opened
    opened.close()


@pytest.fixture(params=["visitor", "student"])
def sit_down(request, own_store, room):
    """Open the page as a visitor, or as a student of a class."""
    token = people.join(own_store, room.code, "wren", datetime.now(UTC)).token

    def open_page():
        at = AppTest.from_function(page, kwargs={"slug": SLUG}, default_timeout=60)
        if request.param == "student":
            at.session_state["account.token"] = token
        return at.run()

    open_page.kind = request.param
    return open_page


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    return said(at)


def answer(at, text):
    at.text_input[0].set_value(text)
    return press(at, "Check")


def said(at):
    assert not at.exception, at.exception
    return [text.value for text in at.text]


def test_the_same_answer_counts_once_and_another_one_counts(sit_down):
    at = sit_down()
    assert "attempt 1 of variant 1, repeated False" in answer(at, "0.001")
    assert "attempt 1 of variant 1, repeated True" in press(at, "Check")
    assert "attempt 2 of variant 1, repeated False" in answer(at, "0.002")
    at.run()
    assert said(at)[0] == "variant 1 attempt 3 hints 0"
    assert "2 kept" in said(at)


def test_mastered_is_two_variants_without_hints(sit_down):
    at = sit_down()
    assert "solved False mastered False" in said(at)
    answer(at, "right")
    at.run()
    assert "solved True mastered False" in said(at)
    first = said(at)[1]
    press(at, "Another")
    assert said(at)[0].endswith("attempt 1 hints 0")
    assert said(at)[1] != first, "another one has other numbers"
    press(at, "Hint")
    answer(at, "right")
    at.run()
    assert "solved True mastered False" in said(at), "the second one had a hint"
    assert said(at)[0].endswith("attempt 2 hints 1")
    press(at, "Another")
    answer(at, "right")
    at.run()
    assert "solved True mastered True" in said(at)


def test_a_receipt_is_given_by_a_class_only(sit_down):
    at = sit_down()
    lines = answer(at, "0.001")
    assert any("receipt='Saved, attempt 1, " in line for line in lines) == (sit_down.kind == "student")


@pytest.fixture
def student(own_store, room):
    welcome = people.join(own_store, room.code, "calm heron", datetime.now(UTC))

    def open_page():
        at = AppTest.from_function(page, kwargs={"slug": SLUG}, default_timeout=60)
        at.session_state["account.token"] = welcome.token
        return at.run()

    open_page.learner = welcome.learner
    return open_page


def history(own_store, who):
    return attempts.history(own_store, who, datetime.now(UTC))


def test_what_is_shown_is_what_is_in_the_store(own_store, student):
    at = student()
    press(at, "Hint")
    answer(at, "0.001")
    answer(at, "right")
    kept = history(own_store, student.learner)
    assert [(a.number, a.answer == "0.001", a.judgement.passed, a.hints) for a in kept] == [
        (1, True, False, 1),
        (2, False, True, 1),
    ]
    assert all(f"receipt {a.receipt}" in " ".join(said(at)) for a in kept[1:])
    where = progress.mine(own_store, student.learner, datetime.now(UTC))[SLUG]
    assert where.solved
    assert where.attempts == 2


def test_two_tabs_with_two_answers_are_two_attempts_and_with_one_answer_one(own_store, student):
    one, other = student(), student()
    answer(one, "0.001")
    answer(other, "0.002")
    answer(other, "0.001")
    assert [(a.number, a.answer) for a in history(own_store, student.learner)] == [(1, "0.001"), (2, "0.002")]


def test_a_tab_stays_with_the_numbers_it_has_shown_when_another_tab_goes_on(own_store, student):
    one, other = student(), student()
    answer(other, "0.001")
    press(other, "Another")
    before = said(one)[1]
    answer(one, "0.002")
    assert said(one)[-3] == before
    assert [(a.task.variant, a.answer) for a in history(own_store, student.learner)] == [
        (1, "0.001"),
        (1, "0.002"),
    ]
    press(one, "Another")
    assert said(one)[:2] == said(other)[:2], "both are now at the same second variant"


def test_a_variant_that_was_opened_keeps_its_numbers_when_its_file_is_mended(own_store, student, monkeypatch):
    at = student()
    answer(at, "0.001")
    before = said(at)[-3]
    track = remembered.track()
    old = track.exercises[SLUG]
    parameters = {**old.sheet.parameters, "curvature": Range(low=900.0, high=990.0, digits=3)}
    mended = replace(old, version="mended", sheet=old.sheet.model_copy(update={"parameters": parameters}))
    changed = replace(track, exercises={**track.exercises, SLUG: mended})
    monkeypatch.setattr(remembered, "track", lambda: changed)
    remembered.task.clear()
    try:
        again = student()
        assert said(again)[1] == before
        answer(again, "0.003")
        press(again, "Another")
        assert float(said(again)[1].split()[1]) >= 900
    finally:
        remembered.task.clear()
    assert [a.task.version for a in history(own_store, student.learner)] == [old.version, "mended"]


def test_an_answer_after_sign_out_in_another_tab_is_not_kept_and_the_tab_is_cleared(own_store, student):
    at = student()
    answer(at, "0.001")
    access.sign_out(own_store, student.learner)
    answer(at, "0.002")
    assert "0 kept" in said(at), "the tab shows a visitor who has done nothing"
    with own_store.reading() as connection:
        assert [a.answer for a in records.of_learner(connection, student.learner.id)] == ["0.001"]


def test_a_store_that_stops_answering_keeps_the_verdict_back(own_store, student, monkeypatch):
    at = student()

    def shut(*_):
        raise Refusal(Reason.UNREACHABLE, "The class's records did not answer.")

    monkeypatch.setattr(attempts, "record", shut)
    assert 'kept: Unkept(sentence="The class\'s records did not answer.")' in answer(at, "0.001")


def twice(slug):
    import streamlit as st

    from lrlab.ui import attempts

    desk = attempts.desk(slug)

    def press():
        attempts.another(slug, desk.variant)
        st.session_state["once"] = attempts.desk(slug).variant
        attempts.another(slug, desk.variant)

    st.button("Another", on_click=press)
    st.text(f"{st.session_state.get('once', desk.variant)} {desk.variant}")


def test_pressed_twice_another_one_is_drawn_once(own_store):
    at = AppTest.from_function(twice, kwargs={"slug": SLUG}, default_timeout=60).run()
    for _ in range(5):
        at.button[0].click().run()
        once, now = at.text[0].value.split()
        assert once == now
    assert int(now) > 1


def test_another_one_has_other_numbers_whatever_was_drawn_before(own_store, student):
    at = student()
    for _ in range(12):
        before = said(at)[1]
        press(at, "Another")
        assert said(at)[1] != before

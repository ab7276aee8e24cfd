"""The tabs that look at a class: who is stuck, the class on one curve, its exercises, and judging again."""

from dataclasses import replace
from datetime import timedelta

import pytest

import lrlab
from lrlab.classroom import attempts, audit, predictions, rounds
from lrlab.classroom.insight.items import Item
from lrlab.classroom.insight.matrix import matrix
from lrlab.classroom.insight.statistics import Correlation
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.records import Judgement, Submission
from lrlab.classroom.tasks import Task
from lrlab.grading import judge
from lrlab.ui import remembered
from lrlab.ui.account import store
from lrlab.ui.teacher import items, regrade, watching
from lrlab.ui.teacher.matrix import Chosen, draw, packed, slugs_of

RATE = "first-step/home-in-one-step"


@pytest.fixture
def answer(kept):
    """Let a student hand in texts to their own variant of an exercise, judged by the lab's own judge."""

    def hand_in(who, *texts, slug=RATE, judged=None):
        for number, text in enumerate(texts, start=1):
            at = store.now() + timedelta(seconds=number)
            task = remembered.task(slug, attempts.seed(kept, who, slug, 1, at))
            said = judge(task, text)
            judgement = judged or Judgement(
                said.passed, said.score, said.outcome, said.message, said.misconception
            )
            given = Task(slug, 1, task.exercise.version, lrlab.__version__, task.seed, dict(task.given))
            attempts.record(kept, who, Submission(given, number, text, judgement, 0, at), at)

    return hand_in


def texts(at):
    return " ".join(
        str(each.value) for kind in (at.markdown, at.caption, at.text, at.subheader) for each in kind
    )


def test_what_travels_to_the_browser_is_one_letter_a_cell_and_names_as_they_are(
    kept, room, ada, student, answer
):
    heron, otter = student("calm heron"), student("amber *otter* <b>")
    answer(heron, "0.011", "0.012", "0.013")
    answer(otter, "0.011")
    track = remembered.track()
    slugs = slugs_of(track, ["first-step"])
    seen = matrix(kept, ada.teacher, room.id, slugs, store.now())
    told = packed(seen, track)
    assert told["rows"] == [
        [heron.id, "calm heron", 1, "uuuh", "0003"],
        [otter.id, "amber *otter* <b>", 1, "uuut", "0001"],
    ]
    (call,) = told["calls"]
    assert (call["name"], call["why"], call["last"]) == ("calm heron", "3 times in a row: too small", "0.013")
    assert told["columns"][3] == [RATE, "Home in one step", "What is a learning rate?"]
    signs = [sign for _, sign, _ in told["states"]]
    assert len(set(signs)) == len(told["states"]), "no state is told by colour alone"


def test_a_cell_opens_its_attempts_with_the_run(monkeypatch, open_desk, ada, room, student, answer, press):
    heron = student("calm *heron*")
    answer(heron, "0.011", "9.9")
    monkeypatch.setattr(
        watching, "draw", lambda *given, **options: draw(*given, **options) or Chosen(heron.id, RATE)
    )
    at = open_desk(ada, tab="Now")
    assert "calm *heron* · Home in one step" in [text.value for text in at.text]
    (table,) = [frame.value.to_dict("records") for frame in at.dataframe]
    assert [(row["answer"], row["came of it"]) for row in table] == [
        ("0.011", "✕ moving"),
        ("9.9", "✕ diverged"),
    ]
    assert "more than twice as long as the way" in texts(at)
    assert len(at.get("bidi_component")) >= 2, "the matrix, and the player with the run"


def test_the_projector_shows_no_name_anywhere(open_desk, ada, room, student, answer, kept):
    answer(student("calm heron"), "0.011", "0.012", "0.013")
    at = open_desk(ada, tab="Now")
    at.toggle[0].set_value(True).run()
    assert not at.exception
    seen = matrix(kept, ada.teacher, room.id, [RATE], store.now(), anonymous=True)
    assert "heron" not in str(packed(seen, remembered.track()))
    assert "heron" not in texts(at)


def test_the_class_on_one_curve_and_what_it_believes_without_a_name(
    open_desk, ada, kept, room, student, answer
):
    heron, otter = student("calm heron"), student("amber otter")
    answer(heron, "0.011")
    answer(otter, "9.9", "0.012")
    predictions.keep(kept, heron, Prediction("too_large", "prediction", "converge", "diverge"), store.now())
    at = open_desk(ada, tab="Response")
    assert "2 answers: 1 too small, 0 pass, 1 too large." in texts(at)
    assert "**A smaller rate is always the careful choice.**  \n2 students, 2 answers." in texts(at)
    (table,) = [frame.value.to_dict("records") for frame in at.dataframe]
    assert table == [
        {
            "where": "Too large: the explosion",
            "expected": "It comes in on one side and arrives.",
            "happened": "It is thrown further out with every step.",
            "students": 1,
        }
    ]
    assert "heron" not in f"{texts(at)} {table}"
    at.radio(key="response.which").set_value("Every answer").run()
    assert "3 answers: 2 too small, 0 pass, 1 too large." in texts(at)


def test_an_exercise_as_a_line_says_why_a_figure_is_missing():
    few = Item(RATE, 9, 4, 0.25, None, 2.0, 3.14, 0.5, "smaller-is-safer", 3)
    assert items.row(few) == {
        "exercise": "Home in one step",
        "students": 9,
        "passed": 4,
        "facility": "25%",
        "discrimination": "below 10 students",
        "attempts": "2",
        "minutes": "3.1",
        "used hints": "50%",
        "top misconception": "A smaller rate is always the careful choice. (3)",
    }
    many = Item(RATE, 30, 4, None, Correlation(0.5, 0.17, 0.73, 30), None, None, None, None, 0)
    assert items.row(many)["discrimination"] == "+0.50 (+0.17 to +0.73)"
    assert (
        items.row(many)["facility"]
        == items.row(many)["minutes"]
        == items.row(many)["top misconception"]
        == "–"
    )


def test_the_exercises_tab_lists_what_was_tried_and_draws_it(open_desk, ada, room, student, answer):
    answer(student(), "0.011")
    at = open_desk(ada, tab="Exercises")
    (table,) = [frame.value.to_dict("records") for frame in at.dataframe]
    assert [(row["exercise"], row["facility"]) for row in table] == [("Home in one step", "0%")]
    assert not at.exception


def test_a_dry_run_an_apply_and_an_undo(open_desk, ada, kept, room, student, answer, press, said):
    heron = student("calm heron")
    # The judge of that day failed the best answer there is.
    task = remembered.task(RATE, attempts.seed(kept, heron, RATE, 1, store.now()))
    best = repr(1.0 / task.numbers["curvature"])
    answer(heron, best, judged=Judgement(False, 0, "wrong", "No."))
    before = attempts.of_student(kept, ada.teacher, heron.id, store.now())

    at = open_desk(ada, tab="Regrade")
    at.selectbox(key=f"regrade.exercise.{room.id}").set_value(RATE).run()
    press(at, "Dry run")
    assert attempts.of_student(kept, ada.teacher, heron.id, store.now()) == before, (
        "a dry run changes nothing"
    )
    (table,) = [frame.value.to_dict("records") for frame in at.dataframe]
    (line,) = table
    assert (line["student"], line["from"], line[""]) == ("calm heron", "0 (wrong)", "▲ up")
    assert line["to"] == "1 (converged)"
    press(at, "Apply")
    assert "Say in a few words why. Nothing was changed." in said(at)[0]
    next(each for each in at.text_input if each.label.startswith("Why")).set_value("The old judge was wrong.")
    press(at, "Apply")
    (after,) = attempts.of_student(kept, ada.teacher, heron.id, store.now())
    assert (after.judgement.passed, after.regraded) == (True, True)
    press(at, "Undo")
    assert attempts.of_student(kept, ada.teacher, heron.id, store.now()) == before
    deeds = [entry.action for entry in audit.read(kept, ada.teacher, room.id, store.now())]
    assert {"regraded an exercise", "undid a regrade"} <= set(deeds)


def test_what_can_be_judged_no_more_is_left_as_it_is(kept, room, ada, student, answer):
    heron = student()
    answer(heron, "0.011")
    (attempt,) = attempts.of_student(kept, ada.teacher, heron.id, store.now())
    assert regrade.rejudge(attempt).judgement == attempt.judgement
    assert regrade.rejudge(replace(attempt, answer="fast")) is None
    assert regrade.rejudge(replace(attempt, task=replace(attempt.task, exercise="gone/retired"))) is None


def test_a_round_from_the_teachers_side(open_desk, ada, kept, room, student, press):
    heron, otter = student("calm heron"), student("amber otter")
    at = open_desk(ada, tab="Live round")
    at.selectbox(key="round.exercise").set_value(RATE)
    press(at, "Open the round")
    running = rounds.current(kept, ada.teacher, room.id, store.now())
    assert running.task.parameters == dict(remembered.task(RATE, running.task.seed).given)
    best = repr(1.0 / remembered.task(RATE, running.task.seed).numbers["curvature"])

    def vote(who, text):
        task = remembered.task(RATE, running.task.seed)
        saying = judge(task, text)
        judgement = Judgement(
            saying.passed, saying.score, saying.outcome, saying.message, saying.misconception
        )
        rounds.commit(kept, who, running.id, text, judgement, store.now())

    vote(heron, best)
    vote(otter, "0.011")
    at.run()
    assert not at.get("vega_lite_chart"), "nothing is shown before it is revealed"
    press(at, "Reveal")
    assert len(at.get("vega_lite_chart")) == 2
    press(at, "Vote once more")
    vote(heron, best)
    vote(otter, best)
    press(at, "Reveal")
    told = {metric.label: metric.value for metric in at.metric}
    assert told == {
        "right both times": "1",
        "turned to the right answer": "1",
        "turned away from it": "0",
        "not right either time": "0",
    }
    assert "heron" not in texts(at)
    press(at, "Close the round")
    assert rounds.current(kept, ada.teacher, room.id, store.now()) is None
    assert [voters for _, voters in rounds.past(kept, ada.teacher, room.id, store.now())] == [2]

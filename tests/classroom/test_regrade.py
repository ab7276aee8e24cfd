from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lrlab.classroom import attempts, audit, progress, regrade
from lrlab.classroom.gradebook import grid
from lrlab.classroom.gradebook.grid import Choice, Column
from lrlab.classroom.insight import beliefs
from lrlab.classroom.insight.matrix import State, matrix
from lrlab.classroom.records import Judgement
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.regrade import Mode, Rejudged
from lrlab.classroom.tables import attempts as attempts_table
from lrlab.classroom.tables import judgements

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SLUG = "too-small/cross-the-plateau"


def mended(attempt):
    """A judge that lets 0.5 to 0.6 pass, and cannot read what is no number."""
    try:
        rate = float(attempt.answer)
    except ValueError:
        return None
    passed = 0.5 <= rate <= 0.6
    said = Judgement(passed, 1000 if passed else 0, "arrived" if passed else "too small",
                     "It arrives." if passed else "This was too small.")  # fmt: skip
    return Rejudged(said, "digest-2", "0.2.0")


@pytest.fixture
def judged(school):
    """Ada: 0.1 failed, 0.6 failed (wrongly). Ben: 0.9 passed (wrongly). Cleo: a word, failed."""
    ada, ben, cleo = (school.student(name).learner for name in ("Ada", "Ben", "Cleo"))
    school.answer(ada, "0.1", False)
    school.answer(ada, "0.6", False, misconception="smaller-is-safer")
    school.answer(ben, "0.9", True)
    school.answer(cleo, "fast", False)
    return school, ada, ben


def preview(school, judge=mended):
    return regrade.preview(school.store, school.teacher, school.room.id, SLUG, judge, NINE)


def scores(school):
    found = grid.grid(
        school.store, school.teacher, school.room.id, [Column("x", {SLUG: 1})], Choice.BEST, NINE
    )
    return {line.handle: line.earned[0] for line in found.lines}


def stored(school):
    with school.store.reading() as connection:
        return connection.execute(select(attempts_table).order_by(attempts_table.c.id)).all()


def test_a_dry_run_says_whose_score_changes_from_what_to_what_and_why_and_keeps_nothing(judged):
    school, _, _ = judged
    seen = preview(school)
    assert [(c.handle, c.attempt.answer, c.before.score, c.after.judgement.score) for c in seen.changes] == [
        ("Ada", "0.6", 0, 1000),
        ("Ben", "0.9", 1000, 0),
    ]
    assert seen.scored == seen.changes
    assert seen.changes[0].sentence == "Ada, attempt 2: 0 (too small) becomes 1 (arrived). It arrives."
    assert (seen.unchanged, [attempt.answer for attempt in seen.unjudged]) == (1, ["fast"])
    assert scores(school) == {"Ada": 0, "Ben": 1000, "Cleo": 0}
    with school.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(judgements)).scalar_one() == 0


@pytest.mark.parametrize(
    ("mode", "after"),
    [
        (Mode.RAISE_ONLY, {"Ada": 1000, "Ben": 1000, "Cleo": 0}),
        (Mode.REPLACE, {"Ada": 1000, "Ben": 0, "Cleo": 0}),
    ],
)
def test_a_regrade_stands_everywhere_and_is_undone_everywhere(judged, mode, after):
    school, ada, ben = judged
    rows = stored(school)
    applied = regrade.apply(school.store, school.teacher, preview(school), mode, "the door was wrong", NINE)
    assert stored(school) == rows
    assert scores(school) == after
    assert applied.changed == (1 if mode is Mode.RAISE_ONLY else 2)
    (_, second) = attempts.history(school.store, ada, NINE)
    assert (second.regraded, second.judgement.outcome) == (True, "arrived")
    assert progress.mine(school.store, ada, NINE)[SLUG].solved
    assert progress.mine(school.store, ben, NINE)[SLUG].solved is (mode is Mode.RAISE_ONLY)
    shown = matrix(school.store, school.teacher, school.room.id, [SLUG], NINE)
    assert {row.handle: row.cells[0].state for row in shown.rows}["Ada"] is State.SOLVED
    assert beliefs.misconceptions(school.store, school.teacher, school.room.id, NINE) == ()
    regrade.undo(school.store, school.teacher, school.room.id, applied.id, NINE)
    regrade.undo(school.store, school.teacher, school.room.id, applied.id, NINE)
    assert scores(school) == {"Ada": 0, "Ben": 1000, "Cleo": 0}
    assert not progress.mine(school.store, ada, NINE)[SLUG].solved
    assert [attempt.regraded for attempt in attempts.history(school.store, ada, NINE)] == [False, False]
    (past,) = regrade.past(school.store, school.teacher, school.room.id, NINE)
    assert past == replace(applied, undone_at=NINE)


def test_a_repeated_answer_is_answered_with_the_judgement_that_stands(judged, make_submission):
    school, ada, _ = judged
    regrade.apply(school.store, school.teacher, preview(school), Mode.REPLACE, "", NINE)
    again = attempts.record(school.store, ada, make_submission("0.6", False), NINE)
    assert again.repeated
    assert again.attempt.judgement.passed


def test_regrades_lie_on_each_other_and_come_off_in_turn(judged):
    school, _, _ = judged
    first = regrade.apply(school.store, school.teacher, preview(school), Mode.REPLACE, "", NINE)

    def strict(attempt):
        said = mended(attempt)
        return said and Rejudged(replace(said.judgement, passed=False, score=500), "digest-3", "0.3.0")

    second = regrade.apply(school.store, school.teacher, preview(school, strict), Mode.REPLACE, "", NINE)
    assert scores(school) == {"Ada": 500, "Ben": 500, "Cleo": 0}
    with pytest.raises(Refusal, match="undo the later one first") as refused:
        regrade.undo(school.store, school.teacher, school.room.id, first.id, NINE)
    assert refused.value.reason is Reason.CHANGED
    regrade.undo(school.store, school.teacher, school.room.id, second.id, NINE)
    assert scores(school) == {"Ada": 1000, "Ben": 0, "Cleo": 0}
    regrade.undo(school.store, school.teacher, school.room.id, first.id, NINE)
    assert scores(school) == {"Ada": 0, "Ben": 1000, "Cleo": 0}


def test_a_preview_that_is_out_of_date_is_not_applied(judged):
    school, _, _ = judged
    seen = preview(school)
    regrade.apply(school.store, school.teacher, seen, Mode.RAISE_ONLY, "", NINE)
    with pytest.raises(Refusal, match="changed since the preview"):
        regrade.apply(school.store, school.teacher, seen, Mode.REPLACE, "", NINE)
    assert scores(school) == {"Ada": 1000, "Ben": 1000, "Cleo": 0}


def test_attempts_made_since_the_preview_are_left_alone(judged):
    school, ada, _ = judged
    seen = preview(school)
    school.answer(ada, "0.7", False, at=NINE + timedelta(minutes=1))
    regrade.apply(school.store, school.teacher, seen, Mode.REPLACE, "", NINE)
    assert [attempt.regraded for attempt in attempts.history(school.store, ada, NINE)] == [False, True, False]


def test_where_nothing_changes_nothing_is_done(judged):
    school, _, _ = judged
    seen = preview(school, lambda attempt: Rejudged(attempt.judgement, "digest-2", "0.2.0"))
    assert (seen.changes, seen.unchanged) == ((), 4)
    with pytest.raises(Refusal, match="Nothing would change"):
        regrade.apply(school.store, school.teacher, seen, Mode.REPLACE, "", NINE)


def test_new_words_alone_are_no_new_score(judged):
    school, _, _ = judged
    seen = preview(
        school, lambda a: Rejudged(replace(a.judgement, message="In other words."), "digest-2", "0.2.0")
    )
    assert (len(seen.changes), seen.scored, seen.under(Mode.RAISE_ONLY)) == (4, (), ())


def test_regrade_and_undo_are_in_the_audit(judged):
    school, _, _ = judged
    applied = regrade.apply(school.store, school.teacher, preview(school), Mode.REPLACE, "why", NINE)
    regrade.undo(school.store, school.teacher, school.room.id, applied.id, NINE)
    undone, done, *_ = audit.read(school.store, school.teacher, school.room.id, NINE)
    assert (undone.action, done.action) == ("undid a regrade", "regraded an exercise")
    assert done.detail == {"regrade": applied.id, "exercise": SLUG, "mode": "replace", "changed": 2}


def test_a_regrade_of_another_class_cannot_be_undone(judged, other_school):
    school, _, _ = judged
    applied = regrade.apply(school.store, school.teacher, preview(school), Mode.REPLACE, "", NINE)
    with pytest.raises(Refusal, match="no such regrade"):
        regrade.undo(school.store, other_school.teacher, other_school.room.id, applied.id, NINE)

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from lrlab.classroom import (
    access,
    attempts,
    audit,
    classes,
    database,
    people,
    predictions,
    privacy,
    regrade,
    rounds,
    students,
)
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.records import Judgement
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.regrade import Mode, Rejudged
from lrlab.classroom.roster.enrolment import enrol
from lrlab.classroom.roster.reading import from_file
from lrlab.classroom.tables import classrooms, learners, sessions

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HANDLE, ANSWER, SAID, WORDS, SUBJECT, CELL = (
    "Quetzalcoatl", "0.123454321", "zigzagged", "An unmistakable message", "subject-8472", "cell-31415",
)  # fmt: skip
TRACES = (HANDLE, HANDLE.lower(), ANSWER, SAID, WORDS, SUBJECT, CELL)


def fill(school, make_submission):
    """A student who has left a trace in every table there is."""
    store, teacher, room = school.store, school.teacher, school.room
    enrol(
        store, teacher, room.id, from_file(f"Student,ID,Section\n{HANDLE},{CELL},M\nBen,2,M\n".encode()), NINE
    )
    listed = {student.handle: student.id for student in students.of_class(store, teacher, room.id, NINE)}
    slips = {
        slip.handle: slip.pin for slip in students.new_pins(store, teacher, room.id, listed.values(), NINE)
    }
    with pytest.raises(Refusal):
        people.sign_in(store, room.code, HANDLE, "wrong", NINE)
    who = people.sign_in(store, room.code, HANDLE, slips[HANDLE], NINE).learner
    ben = people.sign_in(store, room.code, "Ben", slips["Ben"], NINE).learner
    people.link(store, who, "https://id", SUBJECT, NINE)
    with pytest.raises(Refusal):
        people.sign_in(store, room.code, HANDLE, "wrong", NINE)
    attempts.open_task(store, who, make_submission("").task, NINE)
    for number in range(30):
        school.answer(who, f"{ANSWER}{number}", exercise=f"a/{number % 3}")
    school.answer(ben, "0.77777", exercise="a/0")
    predictions.keep(store, who, Prediction("too_large", "prediction", SAID, "diverged"), NINE)
    round_ = rounds.open_round(store, teacher, room.id, make_submission("").task, NINE)
    rounds.commit(store, who, round_.id, ANSWER, Judgement(False, 0, "wrong", WORDS), NINE)

    def judge(attempt):
        words = WORDS if attempt.learner == who.id else "Something else."
        return Rejudged(Judgement(True, 500, "right", words), "digest-2", "0.2.0")

    seen = regrade.preview(store, teacher, room.id, "a/0", judge, NINE)
    regrade.apply(store, teacher, seen, Mode.REPLACE, "", NINE)
    return who, ben


def found_in(folder: Path, traces=TRACES):
    """Which traces are in any byte of any file of a folder, and where."""
    hits = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "log" and "pg_wal" not in path.parts:
            content = path.read_bytes()
            for trace in traces:
                for encoding in ("utf-8", "utf-16-le"):
                    if trace.encode(encoding) in content:
                        hits.add((trace, path.name))
    return hits


def test_an_erased_student_has_left_no_byte_in_the_database_or_its_log(sqlite_school, make_submission):
    store = sqlite_school.store
    folder = Path(store.engine.url.database).parent
    who, ben = fill(sqlite_school, make_submission)
    assert {trace for trace, _ in found_in(folder)} == set(TRACES)
    assert any(name.endswith("-wal") for _, name in found_in(folder))
    assert privacy.erase(store, sqlite_school.teacher, who.id, NINE)
    assert found_in(folder) == set()
    assert found_in(folder, ["0.77777"])
    assert len(attempts.history(store, ben, NINE)) == 1
    with pytest.raises(Refusal) as refused:
        attempts.history(store, who, NINE)
    assert refused.value.reason is Reason.SIGNED_OUT
    store.close()
    assert found_in(folder) == set()


def test_a_reader_in_the_way_is_waited_for_and_owned_up_to(sqlite_school, make_submission, monkeypatch):
    store = sqlite_school.store
    who, _ = fill(sqlite_school, make_submission)
    folder = Path(store.engine.url.database).parent
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "busy_timeout = 50"))
    store.close()
    with store.reading() as connection:
        connection.execute(select(learners)).all()
        assert privacy.erase(store, sqlite_school.teacher, who.id, NINE) is False
        assert found_in(folder)
        with pytest.raises(Refusal, match="try this again"):
            privacy.tidy_up(store, sqlite_school.teacher, NINE)
    privacy.tidy_up(store, sqlite_school.teacher, NINE)
    assert found_in(folder) == set()


@pytest.mark.slow
def test_an_erased_student_has_left_no_byte_in_postgresqls_tables(postgres_school, postgres, make_submission):
    store = postgres_school.store
    who, _ = fill(postgres_school, make_submission)

    def checkpoint():
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
            connection.execute(text("CHECKPOINT"))

    checkpoint()
    assert {trace for trace, _ in found_in(postgres.folder)} == set(TRACES)
    assert privacy.erase(store, postgres_school.teacher, who.id, NINE)
    checkpoint()
    assert found_in(postgres.folder) == set()


def test_a_student_erases_themselves(school):
    ada = school.student("Ada")
    school.answer(ada.learner, "0.5")
    assert privacy.erase_me(school.store, ada.learner, NINE)
    assert access.who(school.store, ada.token, NINE) is None
    assert students.of_class(school.store, school.teacher, school.room.id, NINE) == ()
    newest, *_ = audit.read(school.store, school.teacher, school.room.id, NINE)
    assert (newest.actor, newest.action) == ("a student", "erased their own data")
    assert newest.student == "a student who is no longer here"


def test_deleting_a_class_leaves_no_byte_of_its_students(sqlite_school, make_submission):
    fill(sqlite_school, make_submission)
    room = sqlite_school.room
    assert classes.remove(sqlite_school.store, sqlite_school.teacher, room.id, room.name, NINE)
    assert found_in(Path(sqlite_school.store.engine.url.database).parent) == set()


def test_ones_own_data_is_everything_and_nothing_that_lets_people_in(school, make_submission):
    who, _ = fill(school, make_submission)
    data = privacy.my_data(school.store, who, NINE)
    said = json.dumps(data, ensure_ascii=False)
    for trace in (HANDLE, ANSWER, SAID, WORDS, SUBJECT, CELL):
        assert trace in said
    assert "0.77777" not in said
    assert "argon2" not in said
    assert not {"pin_hash", "secret", "token_hash", "answer_key"} & set(json.dumps(data).split('"'))
    assert (len(data["attempts"]), len(data["judged_again"]), len(data["votes"])) == (30, 10, 1)
    assert data["attempts"][0]["ended"] == "2026-03-02T09:00:00+00:00"
    assert privacy.student_data(school.store, school.teacher, who.id, NINE) == data


def test_a_whole_class_as_json_has_everyone_and_no_secrets(school, make_submission):
    fill(school, make_submission)
    data = privacy.class_data(school.store, school.teacher, school.room.id, NINE)
    said = json.dumps(data, ensure_ascii=False)
    assert data["name"] == school.room.name
    assert data["teachers"] == ["Ada Weber"]
    assert [student["handle"] for student in data["students"]] == ["Ben", HANDLE]
    assert len(data["rounds"]) == len(data["regrades"]) == 1
    assert data["audit"][-1]["action"] == "exported the whole class"
    assert "argon2" not in said
    assert "secret" not in data


def test_exports_and_erasures_are_in_the_audit_without_names(school, make_submission):
    who, _ = fill(school, make_submission)
    privacy.student_data(school.store, school.teacher, who.id, NINE)
    privacy.erase(school.store, school.teacher, who.id, NINE)
    entries = audit.read(school.store, school.teacher, school.room.id, NINE)
    assert [entry.action for entry in entries[:2]] == ["erased a student", "exported a student's data"]
    assert HANDLE not in repr(entries)


def operator_sees(school):
    return classes.mine(school.store, access.Operator(), NINE)


def test_a_class_is_announced_for_deletion_a_week_before_and_then_deleted(school):
    store, room = school.store, school.room
    classes.set_retention(store, school.teacher, room.id, 30, NINE)
    archived = classes.archive(store, school.teacher, room.id, NINE)
    assert archived.ends_at == NINE + timedelta(days=30)
    for day in (0, 22):
        assert privacy.keep_house(store, NINE + timedelta(days=day)) == ()
        assert operator_sees(school)[0].warned_at is None
    assert privacy.keep_house(store, NINE + timedelta(days=23)) == ()
    assert operator_sees(school)[0].warned_at == NINE + timedelta(days=23)
    assert privacy.keep_house(store, NINE + timedelta(days=29, hours=23)) == ()
    assert privacy.keep_house(store, NINE + timedelta(days=30)) == (room.name,)
    assert operator_sees(school) == ()
    assert privacy.keep_house(store, NINE + timedelta(days=31)) == ()


def test_a_lab_that_slept_through_the_date_still_warns_a_week_before(school):
    store, room = school.store, school.room
    classes.set_retention(store, school.teacher, room.id, 1, NINE)
    classes.archive(store, school.teacher, room.id, NINE)
    assert privacy.keep_house(store, NINE + timedelta(days=100)) == ()
    assert privacy.keep_house(store, NINE + timedelta(days=106)) == ()
    assert privacy.keep_house(store, NINE + timedelta(days=107)) == (room.name,)


@pytest.mark.parametrize("change", ["reopened", "no retention", "not archived"])
def test_a_deletion_can_be_called_off(school, change):
    store, teacher, room = school.store, access.Operator(), school.room
    classes.set_retention(store, teacher, room.id, 1, NINE)
    if change != "not archived":
        classes.archive(store, teacher, room.id, NINE)
        privacy.keep_house(store, NINE + timedelta(days=1))
    if change == "reopened":
        assert classes.reopen(store, teacher, room.id, NINE).warned_at is None
    if change == "no retention":
        classes.set_retention(store, teacher, room.id, None, NINE)
    assert privacy.keep_house(store, NINE + timedelta(days=999)) == ()
    with store.reading() as connection:
        assert len(connection.execute(select(classrooms)).all()) == 1


def test_keeping_house_forgets_what_is_over(school):
    school.student("Ada")
    privacy.keep_house(school.store, NINE + timedelta(days=40))
    with school.store.reading() as connection:
        assert connection.execute(select(sessions)).all() == []

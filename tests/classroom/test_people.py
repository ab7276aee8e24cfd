import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from lrlab.classroom import access, attempts, classes, names, people, progress, pseudonyms, students
from lrlab.classroom.classes import Door
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import learners, openings

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def refused(call, *arguments, **named):
    with pytest.raises(Refusal) as caught:
        call(*arguments, **named)
    return caught.value


def test_a_student_joins_with_a_code_and_a_handle_and_gets_a_pin(school):
    welcome = people.join(school.store, school.room.code.lower(), "  calm   heron ", NINE)
    assert welcome.learner.handle == "calm heron"
    assert len(welcome.pin) == 6
    assert classes.title(school.store, welcome.learner, NINE) == "Optimisation, Monday"
    assert classes.get(school.store, school.teacher, school.room.id, NINE).students == 1


def test_the_pin_is_kept_as_a_hash_only(school):
    welcome = school.student()
    with school.store.reading() as connection:
        row = connection.execute(select(learners)).one()
    assert row.pin_hash.startswith("$argon2id$")
    assert welcome.pin not in repr(row._mapping)


def test_a_handle_is_taken_in_every_spelling(school, other_school):
    school.student("Zoë")
    for spelling in ("Zoë", "ZOË", "Zoe\u0308", " zoë "):
        assert refused(school.student, spelling).reason is Reason.TAKEN
    other_school.student("Zoë")


def test_two_who_take_the_same_handle_at_once_are_told_apart(school):
    start, came, sent_away = threading.Barrier(8), [], []

    def join():
        start.wait()
        try:
            came.append(school.student("Ada"))
        except Refusal as refusal:
            sent_away.append(refusal.reason)

    threads = [threading.Thread(target=join) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == 1
    assert sent_away == [Reason.TAKEN] * 7


def test_suggestions_are_free_and_can_be_used(school):
    for handle in people.suggestions(school.store, school.room.code, count=20):
        school.student(handle)
    again = people.suggestions(school.store, school.room.code, count=50)
    assert len(set(again)) == 50
    taken = {
        student.handle for student in students.of_class(school.store, school.teacher, school.room.id, NINE)
    }
    assert not taken & set(again)


def test_pseudonyms_do_not_run_out():
    drawn = pseudonyms.draw(set(), 3000)  # there are 2304 pairs of words
    assert len({names.key(name) for name in drawn}) == 3000


@pytest.mark.parametrize("door", [Door.ROSTER, Door.CLOSED])
def test_a_class_that_is_not_open_takes_no_strangers(school, door):
    classes.set_door(school.store, school.teacher, school.room.id, door, NINE)
    assert refused(school.student).reason is Reason.CLOSED
    assert refused(people.suggestions, school.store, school.room.code).reason is Reason.CLOSED


def test_an_archived_class_takes_no_strangers_and_lets_its_own_read(school):
    welcome = school.student("Ada")
    school.answer(welcome.learner, "0.5")
    classes.archive(school.store, school.teacher, school.room.id, NINE)
    assert refused(school.student, "Ben").reason is Reason.CLOSED
    back = people.sign_in(school.store, school.room.code, "Ada", welcome.pin, NINE)
    assert len(attempts.history(school.store, back.learner, NINE)) == 1
    assert refused(school.answer, back.learner, "0.6").reason is Reason.CLOSED


def test_joining_has_a_limit_of_its_own_for_each_class(school, other_school, monkeypatch):
    monkeypatch.setattr(people, "JOINS_AN_HOUR", 3)
    for handle in "abc":
        school.student(handle)
    too_many = refused(school.student, "d")
    assert too_many.reason is Reason.LOCKED
    assert "within the hour" in too_many.sentence
    other_school.student("d")
    school.student("d", NINE + timedelta(hours=1))


def test_a_student_returns_from_another_device(school):
    first = school.student("Ada")
    school.answer(first.learner, "0.5")
    code, pin = f" {school.room.code.lower()} ", f"{first.pin[:3]} {first.pin[3:]}"
    back = people.sign_in(school.store, code, " ADA", pin, NINE)
    assert back.learner.id == first.learner.id
    assert back.token != first.token
    assert back.pin is None
    assert len(attempts.history(school.store, back.learner, NINE)) == 1


def wrong_pin(pin):
    return f"{(int(pin) + 1) % 1_000_000:06d}"


def test_every_wrong_combination_is_answered_in_the_same_words(school):
    welcome = school.student("Ada")
    code = school.room.code
    answers = {
        refused(people.sign_in, school.store, *given, NINE).sentence
        for given in [
            (code, "Ada", wrong_pin(welcome.pin)),
            (code, "Nobody", welcome.pin),
            ("ZZZZZZZZ", "Ada", welcome.pin),
            ("", "", ""),
            ("\x00", "\ud800\x00", "\x00"),
        ]
    }
    assert len(answers) == 1


def test_unknown_names_are_verified_at_the_same_cost_and_locked_alike(school, monkeypatch):
    welcome = school.student("Ada")
    verified = []
    real = people.credentials.verify
    monkeypatch.setattr(
        people.credentials, "verify", lambda *given: verified.append(given[0]) or real(*given)
    )
    outcomes = {}
    for handle in ("Ada", "Nobody"):
        outcomes[handle] = [
            (refusal.reason, refusal.sentence)
            for refusal in (
                refused(people.sign_in, school.store, school.room.code, handle, wrong_pin(welcome.pin), NINE)
                for _ in range(8)
            )
        ]
    assert outcomes["Ada"] == outcomes["Nobody"]
    assert [reason for reason, _ in outcomes["Ada"]] == [Reason.WRONG] * 5 + [Reason.LOCKED] * 3
    assert len(verified) == 10


def test_a_locked_account_does_not_take_even_the_right_pin_until_its_time_or_the_teacher(school):
    ada, ben = school.student("Ada"), school.student("Ben")
    sign_in = (people.sign_in, school.store, school.room.code)
    for _ in range(5):
        refused(*sign_in, "Ada", wrong_pin(ada.pin), NINE)
    assert refused(*sign_in, "Ada", ada.pin, NINE).reason is Reason.LOCKED
    assert people.sign_in(school.store, school.room.code, "Ben", ben.pin, NINE)
    students.unlock(school.store, school.teacher, ada.learner.id, NINE)
    assert people.sign_in(school.store, school.room.code, "Ada", ada.pin, NINE)


def test_coming_in_forgets_the_wrong_tries(school):
    ada = school.student("Ada")
    for _ in range(3):
        for _ in range(4):
            refused(people.sign_in, school.store, school.room.code, "Ada", wrong_pin(ada.pin), NINE)
        people.sign_in(school.store, school.room.code, "Ada", ada.pin, NINE)


def test_a_closed_class_lets_nobody_in_and_tells_only_those_who_belong(school):
    ada = school.student("Ada")
    classes.set_door(school.store, school.teacher, school.room.id, Door.CLOSED, NINE)
    assert (
        refused(people.sign_in, school.store, school.room.code, "Ada", ada.pin, NINE).reason is Reason.CLOSED
    )
    assert (
        refused(people.sign_in, school.store, school.room.code, "Ada", "000000", NINE).reason is Reason.WRONG
    )


def test_attempts_made_before_joining_come_along(school, make_submission):
    early, late = NINE - timedelta(minutes=8), NINE - timedelta(minutes=7)
    earlier = [
        (make_submission("0.1", seed=99, started=early), early),
        (make_submission("0.5", True, seed=99, number=2, started=early), late),
    ]
    welcome = people.join(school.store, school.room.code, "Ada", NINE, carried=earlier)
    assert welcome.carried == 2
    made = attempts.history(school.store, welcome.learner, NINE)
    assert [(attempt.answer, attempt.number, attempt.task.seed, attempt.ended) for attempt in made] == [
        ("0.1", 1, 99, early),
        ("0.5", 2, 99, late),
    ]
    assert progress.mine(school.store, welcome.learner, NINE)["too-small/cross-the-plateau"].solved
    desk = attempts.desk(school.store, welcome.learner, "too-small/cross-the-plateau", NINE)
    assert (desk.variant, desk.seed, desk.number) == (1, 99, 3)


def test_carrying_twice_counts_once_and_never_mixes_two_variants(school, make_submission):
    first = school.student("Ada")
    school.answer(first.learner, "0.3")
    attempts.open_task(school.store, first.learner, make_submission("", seed=7).task, NINE)
    earlier = [(make_submission("0.1", seed=99), NINE), (make_submission("0.3", seed=99, number=2), NINE)]
    for expected in (2, 0, 0):
        back = people.sign_in(school.store, school.room.code, "Ada", first.pin, NINE, carried=earlier)
        assert back.carried == expected
    made = attempts.history(school.store, back.learner, NINE)
    assert sorted((a.task.variant, a.task.seed, a.answer) for a in made) == [
        (1, 7, "0.3"),
        (2, 99, "0.1"),
        (2, 99, "0.3"),
    ]
    with school.store.reading() as connection:
        assert sorted(connection.execute(select(openings.c.variant)).scalars()) == [1, 2]


def test_an_identity_provider_opens_a_place_and_its_subject_is_all_that_counts(school):
    new = people.enter_with_identity(school.store, school.room.code, "https://id", "s-1", NINE, handle="Ada")
    assert new.pin is None
    again = people.enter_with_identity(school.store, school.room.code, "https://id", "s-1", NINE)
    assert again.learner.id == new.learner.id
    assert (
        refused(
            people.enter_with_identity,
            school.store,
            school.room.code,
            "https://other",
            "s-1",
            NINE,
            handle="Ada",
        ).reason
        is Reason.TAKEN
    )
    assert refused(
        people.enter_with_identity, school.store, school.room.code, "https://id", "s-2", NINE
    ).reason is (Reason.UNFIT)
    assert (
        refused(people.sign_in, school.store, school.room.code, "Ada", "000000", NINE).reason is Reason.WRONG
    )


def test_a_student_links_an_identity_and_nobody_else_can_take_it(school):
    ada, ben = school.student("Ada").learner, school.student("Ben").learner
    people.link(school.store, ada, "https://id", "s-1", NINE)
    people.link(school.store, ada, "https://id", "s-1", NINE)
    assert refused(people.link, school.store, ben, "https://id", "s-1", NINE).reason is Reason.TAKEN
    back = people.enter_with_identity(school.store, school.room.code, "https://id", "s-1", NINE)
    assert back.learner.id == ada.id


def test_a_roster_lets_a_linked_student_in_and_no_stranger(school):
    ada = school.student("Ada").learner
    people.link(school.store, ada, "https://id", "s-1", NINE)
    classes.set_door(school.store, school.teacher, school.room.id, Door.ROSTER, NINE)
    assert (
        people.enter_with_identity(school.store, school.room.code, "https://id", "s-1", NINE).learner.id
        == ada.id
    )
    stranger = refused(
        people.enter_with_identity, school.store, school.room.code, "https://id", "s-2", NINE, handle="Eve"
    )
    assert stranger.reason is Reason.CLOSED


def test_a_pin_changed_while_it_is_being_verified_does_not_let_in(school, monkeypatch):
    ada = school.student("Ada")
    real = people.credentials.verify

    def verify_slowly(hashed, secret):
        right = real(hashed, secret)
        with school.store.writing() as connection:
            connection.execute(update(learners).values(pin_hash="another"))
        return right

    monkeypatch.setattr(people.credentials, "verify", verify_slowly)
    assert (
        refused(people.sign_in, school.store, school.room.code, "Ada", ada.pin, NINE).reason is Reason.WRONG
    )
    assert access.who(school.store, ada.token, NINE)

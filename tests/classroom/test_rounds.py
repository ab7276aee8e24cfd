import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lrlab.classroom import classes, rounds
from lrlab.classroom.records import Judgement
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.rounds import Stage
from lrlab.classroom.tables import votes

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RIGHT = Judgement(True, 1000, "right", "That is right.")
WRONG = Judgement(False, 0, "wrong", "That is not it.")


@pytest.fixture
def live(school, make_submission):
    """A class with an open round and two students."""
    task = make_submission("").task
    opened = rounds.open_round(school.store, school.teacher, school.room.id, task, NINE)
    return school, opened, school.student("Ada").learner, school.student("Ben").learner


def refused(call, *arguments):
    with pytest.raises(Refusal) as caught:
        call(*arguments)
    return caught.value


def test_a_round_goes_through_two_votes_and_counts_the_changes(live):
    school, opened, ada, ben = live
    store, teacher, room = school.store, school.teacher, school.room.id
    cleo = school.student("Cleo").learner
    assert (opened.stage, opened.takes_votes, opened.task.variant) == (Stage.FIRST, True, 0)
    for who, answer, said in ((ada, "0.1", WRONG), (ben, "0.5", RIGHT), (cleo, "0.2", WRONG)):
        assert rounds.commit(store, who, opened.id, answer, said, NINE) == answer
    assert rounds.reveal(store, teacher, room, NINE).stage is Stage.FIRST_SHOWN
    assert rounds.vote_again(store, teacher, room, NINE).stage is Stage.SECOND
    for who, answer, said in ((ada, "0.5", RIGHT), (ben, "0.5", RIGHT)):
        rounds.commit(store, who, opened.id, answer, said, NINE + timedelta(minutes=1))
    assert rounds.reveal(store, teacher, room, NINE).stage is Stage.SECOND_SHOWN
    tally = rounds.tally(store, teacher, room, opened.id, NINE)
    assert [(vote.learner, vote.answer) for vote in tally.of(1)] == [
        (ada.id, "0.1"),
        (ben.id, "0.5"),
        (cleo.id, "0.2"),
    ]
    assert [(vote.learner, vote.answer) for vote in tally.of(2)] == [(ada.id, "0.5"), (ben.id, "0.5")]
    assert tally.changes == {(False, True): 1, (True, True): 1}
    rounds.close(store, teacher, room, NINE)
    assert rounds.current(store, teacher, room, NINE) is None
    assert rounds.ballot(store, ada, NINE) is None
    assert rounds.tally(store, teacher, room, opened.id, NINE).votes == tally.votes
    assert [(past.id, voters) for past, voters in rounds.past(store, teacher, room, NINE)] == [(opened.id, 3)]


def test_the_first_answer_of_a_turn_counts_however_often_it_is_sent(live):
    school, opened, ada, _ = live
    assert rounds.commit(school.store, ada, opened.id, "0.1", WRONG, NINE) == "0.1"
    assert rounds.commit(school.store, ada, opened.id, "0.1", WRONG, NINE) == "0.1"
    assert rounds.commit(school.store, ada, opened.id, "0.5", RIGHT, NINE) == "0.1"


def test_a_student_sees_their_own_vote_at_once_and_its_judgement_when_it_is_revealed(live):
    school, opened, ada, ben = live
    store, teacher, room = school.store, school.teacher, school.room.id
    assert rounds.ballot(store, ada, NINE).answers == {}
    rounds.commit(store, ada, opened.id, "0.1", WRONG, NINE)
    rounds.commit(store, ben, opened.id, "0.5", RIGHT, NINE)
    ballot = rounds.ballot(store, ada, NINE)
    assert (ballot.answers, ballot.judgements) == ({1: "0.1"}, {})
    rounds.reveal(store, teacher, room, NINE)
    assert rounds.ballot(store, ada, NINE).judgements == {1: WRONG}
    rounds.vote_again(store, teacher, room, NINE)
    rounds.commit(store, ada, opened.id, "0.5", RIGHT, NINE)
    ballot = rounds.ballot(store, ada, NINE)
    assert (ballot.answers, ballot.judgements) == ({1: "0.1", 2: "0.5"}, {1: WRONG})
    rounds.reveal(store, teacher, room, NINE)
    assert rounds.ballot(store, ada, NINE).judgements == {1: WRONG, 2: RIGHT}


def test_after_the_reveal_no_vote_counts_any_more(live):
    school, opened, ada, _ = live
    rounds.reveal(school.store, school.teacher, school.room.id, NINE)
    assert refused(rounds.commit, school.store, ada, opened.id, "0.5", RIGHT, NINE).reason is Reason.CLOSED
    rounds.close(school.store, school.teacher, school.room.id, NINE)
    assert refused(rounds.commit, school.store, ada, opened.id, "0.5", RIGHT, NINE).reason is Reason.CLOSED


def test_a_vote_for_an_earlier_round_does_not_count_in_the_next(live, make_submission):
    school, opened, ada, _ = live
    again = rounds.open_round(school.store, school.teacher, school.room.id, make_submission("").task, NINE)
    assert refused(rounds.commit, school.store, ada, opened.id, "0.5", RIGHT, NINE).reason is Reason.CLOSED
    assert rounds.commit(school.store, ada, again.id, "0.5", RIGHT, NINE) == "0.5"
    assert [
        past.closed_at for past, _ in rounds.past(school.store, school.teacher, school.room.id, NINE)
    ] == [None, NINE]


def test_steps_taken_twice_are_taken_once(live):
    school, _, _, _ = live
    step = (school.store, school.teacher, school.room.id, NINE)
    assert refused(rounds.vote_again, *step).reason is Reason.CHANGED
    assert rounds.reveal(*step).stage is rounds.reveal(*step).stage is Stage.FIRST_SHOWN
    assert rounds.vote_again(*step).stage is rounds.vote_again(*step).stage is Stage.SECOND
    assert rounds.reveal(*step).stage is rounds.reveal(*step).stage is Stage.SECOND_SHOWN
    assert rounds.vote_again(*step).stage is Stage.SECOND_SHOWN
    rounds.close(*step)
    rounds.close(*step)
    assert refused(rounds.reveal, *step).reason is Reason.CHANGED


def test_two_teachers_who_open_at_once_leave_one_round_open(school, make_submission):
    task, start, ends = make_submission("").task, threading.Barrier(4), []

    def open_one():
        start.wait()
        try:
            ends.append(rounds.open_round(school.store, school.teacher, school.room.id, task, NINE).id)
        except Refusal as refusal:
            ends.append(refusal.reason)

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    past = rounds.past(school.store, school.teacher, school.room.id, NINE)
    assert len(ends) == 4
    assert sum(round_.closed_at is None for round_, _ in past) == 1


def test_a_hundred_students_vote_at_once(live):
    school, opened, _, _ = live
    students = [school.student(f"s{number}").learner for number in range(100)]
    groups = [students[place::8] for place in range(8)]
    faults = []

    def vote(group):
        for who in group:
            try:
                rounds.commit(school.store, who, opened.id, "0.5", RIGHT, NINE)
                rounds.commit(school.store, who, opened.id, "0.5", RIGHT, NINE)
                assert rounds.ballot(school.store, who, NINE).answers == {1: "0.5"}
            except BaseException as error:
                faults.append(error)

    threads = [threading.Thread(target=vote, args=(group,)) for group in groups]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with school.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(votes)).scalar_one() == 100


def test_an_archived_class_has_no_rounds(school, make_submission):
    classes.archive(school.store, school.teacher, school.room.id, NINE)
    with pytest.raises(Refusal, match="has ended"):
        rounds.open_round(school.store, school.teacher, school.room.id, make_submission("").task, NINE)


def test_a_vote_too_long_to_keep_is_refused(live):
    school, opened, ada, _ = live
    assert (
        refused(rounds.commit, school.store, ada, opened.id, "x" * 4001, WRONG, NINE).reason is Reason.UNFIT
    )

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lrlab.classroom import access, classes, teachers
from lrlab.classroom.refusals import Reason, Refusal
from lrlab.classroom.tables import invitations
from lrlab.classroom.tables import teachers as table

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = "four quite unrelated words"


def refused(call, *arguments, **named):
    with pytest.raises(Refusal) as caught:
        call(*arguments, **named)
    return caught.value


def test_the_first_teacher_comes_in_with_the_invitation_from_the_log(store):
    token = teachers.first_invitation(store)
    entrance = teachers.set_up(store, token, "Ada Weber", WORDS, NINE)
    assert access.who(store, entrance.token, NINE) == entrance.teacher
    assert refused(teachers.set_up, store, token, "Eve", WORDS, NINE).reason is Reason.WRONG
    assert teachers.first_invitation(store) is None


def test_copies_that_start_together_print_invitations_that_end_with_the_first_account(store):
    one, other = teachers.first_invitation(store), teachers.first_invitation(store)
    teachers.set_up(store, other, "Ada", WORDS, NINE)
    assert refused(teachers.set_up, store, one, "Eve", WORDS, NINE).reason is Reason.WRONG


def test_the_store_keeps_no_invitation_and_no_passphrase(store):
    token = teachers.first_invitation(store)
    with store.reading() as connection:
        assert token not in repr(connection.execute(select(invitations)).all())
    teachers.set_up(store, token, "Ada", WORDS, NINE)
    with store.reading() as connection:
        assert WORDS not in repr(connection.execute(select(table)).all())


def test_a_made_up_invitation_opens_nothing(store):
    teachers.first_invitation(store)
    for token in ("", "guess", "\x00", "ä" * 999):
        assert refused(teachers.set_up, store, token, "Eve", WORDS, NINE).reason is Reason.WRONG


def test_teachers_invite_each_other_for_a_week(store, make_teacher):
    ada = make_teacher(store, "Ada")
    token = teachers.invite(store, ada, NINE)
    ben = teachers.set_up(store, token, "Ben", WORDS, NINE + timedelta(days=6)).teacher
    assert classes.mine(store, ben, NINE + timedelta(days=6)) == ()
    late = teachers.invite(store, ada, NINE)
    assert (
        refused(teachers.set_up, store, late, "Cleo", WORDS, NINE + timedelta(days=7)).reason is Reason.WRONG
    )


@pytest.mark.parametrize(
    "passphrase", ["", "fourteen signs", "a" * 15, "abababababababab", "x" * 1001, "Ada  Weber the Great"]
)
def test_a_weak_passphrase_is_refused_and_spends_nothing(store, passphrase):
    token = teachers.first_invitation(store)
    assert (
        refused(teachers.set_up, store, token, "Ada Weber the Great", passphrase, NINE).reason is Reason.UNFIT
    )
    assert teachers.set_up(store, token, "Ada Weber the Great", WORDS, NINE)


def test_a_name_that_is_taken_spends_no_invitation(store, make_teacher):
    token = teachers.invite(store, make_teacher(store, "Ada"), NINE)
    assert refused(teachers.set_up, store, token, "ADA", WORDS, NINE).reason is Reason.TAKEN
    assert teachers.set_up(store, token, "Ben", WORDS, NINE)


def test_the_key_makes_accounts_and_guesses_are_locked(store):
    with_key = (teachers.set_up_with_key, store)
    assert teachers.set_up_with_key(store, "the key", "the key", "Ada", WORDS, NINE)
    for _ in range(5):
        assert refused(*with_key, "a guess", "the key", "Eve", WORDS, NINE).reason is Reason.WRONG
    assert refused(*with_key, "the key", "the key", "Ben", WORDS, NINE).reason is Reason.LOCKED
    assert teachers.set_up_with_key(store, "the key", "the key", "Ben", WORDS, NINE + timedelta(seconds=1))


def test_a_key_that_is_not_set_opens_nothing(store):
    assert refused(teachers.set_up_with_key, store, "", "", "Eve", WORDS, NINE).reason is Reason.WRONG


def test_a_teacher_signs_in_by_name_and_passphrase(store, make_teacher):
    ada = make_teacher(store, "Ada Weber")
    assert teachers.sign_in(store, " ada  weber", WORDS, NINE).teacher.id == ada.id
    wrong = {
        refused(teachers.sign_in, store, name, words, NINE).sentence
        for name, words in [("Ada Weber", "five quite unrelated words"), ("Nobody", WORDS), ("", "")]
    }
    assert len(wrong) == 1


def test_guesses_at_a_teacher_are_locked_and_unknown_names_alike(store, make_teacher):
    make_teacher(store, "Ada")
    for name in ("Ada", "Nobody"):
        reasons = [
            refused(teachers.sign_in, store, name, "a wrong passphrase", NINE).reason for _ in range(7)
        ]
        assert reasons == [Reason.WRONG] * 5 + [Reason.LOCKED] * 2


def test_a_new_passphrase_ends_every_other_session(store, make_teacher):
    ada = make_teacher(store, "Ada")
    other = teachers.sign_in(store, "Ada", WORDS, NINE)
    assert (
        refused(teachers.change_passphrase, store, ada, "not it, not it at all", WORDS, NINE).reason
        is Reason.WRONG
    )
    new = teachers.change_passphrase(store, ada, WORDS, "another set of words", NINE)
    assert access.who(store, other.token, NINE) is None
    assert access.who(store, new.token, NINE) == new.teacher
    assert refused(classes.mine, store, ada, NINE).reason is Reason.SIGNED_OUT
    assert refused(teachers.sign_in, store, "Ada", WORDS, NINE).reason is Reason.WRONG
    assert teachers.sign_in(store, "Ada", "another set of words", NINE)


def test_an_identity_provider_vouches_for_those_on_the_list(store):
    enter = (teachers.sign_in_with_identity, store, "https://id")
    allowed = ["Ada@School.example", " ben@school.example "]
    ada = enter[0](*enter[1:], "s-1", "ada@school.example", allowed, NINE).teacher
    assert enter[0](*enter[1:], "s-1", "ada@school.example", allowed, NINE).teacher.id == ada.id
    assert refused(*enter, "s-2", "eve@school.example", allowed, NINE).reason is Reason.NOT_YOURS
    assert refused(*enter, "s-1", "ada@school.example", [], NINE).reason is Reason.NOT_YOURS
    twin = enter[0](*enter[1:], "s-3", "ADA@school.example", allowed, NINE).teacher
    assert (ada.name, twin.name) == ("ada", "ADA 2")
    assert refused(teachers.sign_in, store, "ada", WORDS, NINE).reason is Reason.WRONG
    with store.reading() as connection:
        assert "school.example" not in repr(connection.execute(select(table)).all())


def test_only_the_command_line_touches_the_accounts_of_others(store, make_teacher):
    ada = make_teacher(store, "Ada")
    make_teacher(store, "Ben")
    for call, arguments in (
        (teachers.add, ("Cleo", WORDS)),
        (teachers.everyone, ()),
        (teachers.set_passphrase, ("Ben", "another set of words")),
        (teachers.remove, ("Ben",)),
    ):
        assert refused(call, store, ada, *arguments, NINE).reason is Reason.NOT_YOURS
    assert teachers.everyone(store, access.Operator(), NINE) == ("Ada", "Ben")
    assert teachers.sign_in(store, "Ben", WORDS, NINE)


def test_a_forgotten_passphrase_is_replaced_from_the_command_line(store, make_teacher):
    ada = make_teacher(store, "Ada")
    for _ in range(5):
        refused(teachers.sign_in, store, "Ada", "a wrong passphrase", NINE)
    teachers.set_passphrase(store, access.Operator(), " ADA ", "another set of words", NINE)
    assert refused(classes.mine, store, ada, NINE).reason is Reason.SIGNED_OUT
    assert teachers.sign_in(store, "Ada", "another set of words", NINE)
    assert refused(teachers.sign_in, store, "Ada", WORDS, NINE).reason is Reason.WRONG
    assert refused(teachers.set_passphrase, store, access.Operator(), "Ada", "short", NINE)
    assert refused(teachers.set_passphrase, store, access.Operator(), "Eve", WORDS, NINE)


def test_an_account_goes_when_no_class_is_left_alone(store, make_teacher):
    ada, _ = make_teacher(store, "Ada"), make_teacher(store, "Ben")
    mine = classes.create(store, ada, "Monday", NINE)
    shut = refused(teachers.remove, store, access.Operator(), "Ada", NINE)
    assert "Monday" in shut.sentence
    classes.add_teacher(store, ada, mine.id, "Ben", NINE)
    teachers.remove(store, access.Operator(), "ada", NINE)
    assert teachers.everyone(store, access.Operator(), NINE) == ("Ben",)
    assert [room.id for room in classes.mine(store, access.Operator(), NINE)] == [mine.id]
    assert refused(classes.mine, store, ada, NINE).reason is Reason.SIGNED_OUT

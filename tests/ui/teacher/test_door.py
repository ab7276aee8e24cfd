"""The teachers' door: the invitation in the log, the key, name and passphrase, and who stays outside."""

import logging

import pytest

from lrlab.classroom import access, classes, teachers
from lrlab.ui.account import store
from lrlab.ui.teacher import invitation, owner

WORDS = "four quite unrelated words"
SHUT = {"Sign in", "Set up the account"}


def field(at, label):
    return next(each for each in at.text_input if each.label.startswith(label))


def set_up(at, given, name="Ada Weber", words=WORDS):
    field(at, "Invitation").set_value(given)
    field(at, "Your name").set_value(name)
    field(at, "A new passphrase").set_value(words)
    next(button for button in at.button if button.label == "Set up the account").click()
    at.run()
    assert not at.exception, at.exception
    return at


def test_without_a_session_there_is_a_door_and_nothing_behind_it(open_desk, room):
    at = open_desk(tab="Students", **{"class": str(room.id)})
    assert not at.tabs
    assert {button.label for button in at.button} <= SHUT
    assert room.code not in str(at)


def test_the_first_teacher_follows_the_link_of_the_log(open_desk, caplog, kept):
    with caplog.at_level(logging.WARNING, "lrlab"):
        at = open_desk()
    (printed,) = [record.message for record in caplog.records if record.name == "lrlab"]
    token = printed.partition("?invitation=")[2].split()[0]
    assert f"http://localhost:8501/teacher?invitation={token}" in printed
    at = open_desk(invitation=token)
    assert "invitation" not in at.query_params, "an invitation stays in no address"
    at = set_up(at, token)
    assert "account.token" in at.session_state
    assert any("no class yet" in text.value for text in at.markdown)
    assert token not in repr(at.session_state)
    assert WORDS not in repr(at.session_state)
    again = set_up(open_desk(invitation=token), token, name="Eve")
    assert not again.tabs
    assert teachers.everyone(kept, access.Operator(), store.now()) == ("Ada Weber",)


def test_an_invitation_is_printed_once_a_server_and_only_where_there_is_no_other_way_in(
    open_desk, caplog, monkeypatch
):
    def lines():
        return sum(record.name == "lrlab" for record in caplog.records)

    with caplog.at_level(logging.WARNING, "lrlab"):
        open_desk()
        open_desk()
        assert lines() == 1
        invitation._told().clear()
        monkeypatch.setenv("LRLAB_TEACHER_KEY", "a key")
        open_desk()
        assert lines() == 1


def test_the_key_of_the_owner_makes_accounts_and_guesses_are_locked(open_desk, monkeypatch, said):
    monkeypatch.setenv("LRLAB_TEACHER_KEY", "the right key")
    at = open_desk(invitation="a guess")
    for _ in range(5):
        set_up(at, "a guess")
        assert "not the teacher key" in said(at)[0]
    set_up(at, "the right key")
    assert "too many wrong tries" in said(at)[0]
    assert not at.tabs


def test_the_key_opens(open_desk, monkeypatch):
    monkeypatch.setenv("LRLAB_TEACHER_KEY", "the right key")
    at = set_up(open_desk(invitation="x"), " the right key ")
    assert any("no class yet" in text.value for text in at.markdown)


@pytest.mark.parametrize(
    ("name", "words", "inside"),
    [("ada  weber", WORDS, True), ("Ada Weber", "five quite unrelated words", False), ("Eve", WORDS, False)],
)
def test_name_and_passphrase(open_desk, room, said, press, name, words, inside):
    at = open_desk()
    field(at, "Your name").set_value(name)
    field(at, "Passphrase").set_value(words)
    press(at, "Sign in")
    assert bool(at.tabs) is inside
    assert bool(said(at)) is not inside


def test_who_is_signed_out_elsewhere_is_outside_at_the_next_click_and_changes_nothing(
    open_desk, ada, room, press, kept
):
    at = open_desk(ada, tab="Class")
    access.sign_out(kept, ada.teacher)
    press(at, "Archive the class")
    assert not at.tabs
    assert "sign in on the teacher's desk" in at.info[0].value
    assert classes.get(kept, access.Operator(), room.id, store.now()).archived_at is None


def test_a_database_in_trouble_is_said_at_the_door(open_desk, monkeypatch, said, tmp_path):
    (tmp_path / "not-a-database.db").write_text("just words " * 200)
    monkeypatch.setenv("LRLAB_DATABASE_URL", f"sqlite:///{tmp_path}/not-a-database.db")
    at = open_desk()
    assert "damaged or is not a database" in said(at)[0]
    assert not at.text_input


def test_an_invitation_for_a_colleague_works_once(open_desk, ada, room, press):
    at = press(open_desk(ada), "Make an invitation")
    token = at.code[0].value
    assert set_up(open_desk(invitation=token), token, name="Ben").session_state["account.token"]
    press(at, "Hide it")
    assert not at.code


def test_another_passphrase_ends_other_sessions_but_not_this_one(open_desk, come_in, room, press):
    here, elsewhere = come_in(), come_in()
    at = open_desk(here)
    field(at, "The old one").set_value(WORDS)
    field(at, "The new one").set_value("another set of words")
    press(at, "Change the passphrase")
    assert at.tabs
    assert not open_desk(elsewhere).tabs


def test_what_the_owner_has_set(monkeypatch):
    secrets = {"teachers": {"key": " s3cret ", "emails": ["ada@school.example", "ben@school.example"]}}
    monkeypatch.setattr(owner, "section", lambda section: secrets.get(section, {}))
    monkeypatch.delenv("LRLAB_TEACHER_KEY", raising=False)
    assert owner.key() == "s3cret"
    assert owner.emails() == ("ada@school.example", "ben@school.example")
    monkeypatch.setenv("LRLAB_TEACHER_KEY", "from outside")
    assert owner.key() == "from outside"
    secrets["teachers"] = {"emails": "ada@school.example"}
    assert owner.emails() == ("ada@school.example",)
    del secrets["teachers"]
    assert owner.emails() == ()

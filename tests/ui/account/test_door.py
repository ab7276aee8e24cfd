"""The students' door: joined once, whatever is clicked; refusals in words; what was done before comes along."""

import html
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.classroom import access, attempts, classes, people, predictions
from lrlab.classroom.classes import Door
from lrlab.grading import variant
from lrlab.ui import remembered
from lrlab.ui.account import welcome

SLUG = "first-step/home-in-one-step"
SEED = 7


def page(slug):
    import streamlit as st

    from lrlab.grading import judge, read
    from lrlab.ui import attempts, reflections
    from lrlab.ui.account import badge, door, person

    person.arrive()
    badge.show("home")
    door.show()
    if st.button("Try it"):
        attempts.desk(slug)
        task = attempts.task(slug)
        attempts.record(slug, task, "0.001", judge(task, read(task, "0.001")))
        reflections.keep(reflections.Reflection("too_small", "prediction", "arrives", "creeps", 75))
    st.text(f"{len(attempts.kept())} attempts, {len(reflections.kept())} reflections")


def opened():
    at = AppTest.from_function(page, kwargs={"slug": SLUG}, default_timeout=60)
    at.session_state["learner_seed"] = SEED
    return at.run()


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception
    return at


def join(at, code, name):
    at.text_input(key="door.code").set_value(code).run()
    at.text_input(key="door.name").set_value(name)
    press(at, "Join")
    if at.code:
        assert at.get("bidi_component"), "with the slip comes the cookie"
        at.run()
    return at


def come_back(at, code, name, pin):
    at.text_input(key="door.return.code").set_value(code)
    at.text_input(key="door.return.name").set_value(name)
    at.text_input(key="door.return.pin").set_value(pin)
    return press(at, "Come back")


def words(at):
    return " ".join(text.value for text in [*at.text, *at.info, *at.success]) + " ".join(
        html.unescape(box.proto.body) for box in at.get("html")
    )


def test_a_student_joins_with_what_was_done_before_and_comes_back_on_another_device(kept, room):
    at = press(opened(), "Try it")
    join(at, room.code.lower(), "Søren")
    assert "You are Søren, in Optimisation, Monday." in words(at)
    assert "1 answer from before came along." in words(at)
    assert "1 attempts, 1 reflections" in words(at)
    written = at.code[0].value.split()
    assert written[-2] == "PIN"
    pin = written[-1]
    assert pin.isdigit()
    assert len(pin) == 6
    press(at, "I have it")
    assert not at.code, "shown once"
    press(at, "This is not me")
    assert "0 attempts, 0 reflections" in words(at), "nothing is left for the next one"
    other = come_back(opened(), f"{room.code[:4]}-{room.code[4:]}", "søren", pin)
    assert "You are Søren" in words(other)
    assert "1 attempts, 1 reflections" in words(other)
    assert not other.code


def test_what_was_done_before_is_kept_with_its_own_numbers(kept, room):
    at = join(press(opened(), "Try it"), room.code, "wren")
    who = access.who(kept, at.session_state["account.token"], datetime.now(UTC))
    (attempt,) = attempts.history(kept, who, datetime.now(UTC))
    assert attempt.task.seed == SEED
    assert attempt.task.parameters == {
        name: variant(remembered.track().exercises[SLUG], SEED).numbers[name]
        for name in remembered.track().exercises[SLUG].sheet.parameters
    }
    (said,) = predictions.mine(kept, who, datetime.now(UTC))
    assert (said.place, said.said, said.truth, said.confidence) == ("too_small", "arrives", "creeps", 75)


def test_an_offered_name_is_taken_with_a_click(kept, room):
    at = opened()
    at.text_input(key="door.code").set_value(room.code).run()
    offer = at.button_group(key="door.offer")
    assert len(offer.options) == 5
    name = offer.options[2]
    offer.set_value(name).run()
    press(at, "Join").run()
    assert f"You are {name}," in words(at)


@pytest.mark.parametrize(
    ("door", "code", "name", "said"),
    [
        (Door.OPEN, "nonsense", None, "no class with this code"),
        (Door.CLOSED, None, None, "takes nobody new"),
        (Door.ROSTER, None, None, "has a list of its students"),
        (Door.OPEN, None, "  ", "Type at least one letter"),
        (Door.OPEN, None, "Taken", "in use in the class"),
        (Door.OPEN, None, "<b>x</b>\u202e", "cannot be shown"),
    ],
)
def test_what_is_refused_is_refused_in_words(kept, room, door, code, name, said):
    now = datetime.now(UTC)
    people.join(kept, room.code, "taken", now)
    classes.set_door(kept, access.Operator(), room.id, door, now)
    at = opened()
    if name is None:
        at.text_input(key="door.code").set_value(code or room.code).run()
    else:
        join(at, room.code, name)
    assert not at.exception
    assert said in words(at)


def test_wrong_pins_are_slowed_in_words(kept, room, student):
    student("wren")
    at = opened()
    for _ in range(6):
        come_back(at, room.code, "wren", "000000x")
    assert "too many wrong tries. Wait 1 second" in words(at)


def test_a_click_whose_run_is_stopped_after_the_class_said_yes_comes_in_with_the_second(
    kept, room, monkeypatch
):
    at = opened()
    remember = welcome.person.remember
    stopped = []

    def stop_once(*given):
        if not stopped:
            stopped.append(True)
            raise InterruptedError
        remember(*given)

    monkeypatch.setattr(welcome.person, "remember", stop_once)
    at.text_input(key="door.code").set_value(room.code).run()
    at.text_input(key="door.name").set_value("wren")
    button = next(button for button in at.button if button.label == "Join")
    button.click().run()
    button.click().run()
    at.run()
    assert not at.exception, at.exception
    assert "You are wren" in words(at)
    assert len(at.code[0].value.split()[-1]) == 6, "with the PIN of the first click"


def test_where_there_is_no_store_the_door_says_why(monkeypatch):
    monkeypatch.setenv("LRLAB_DATABASE_URL", "no address")
    at = opened()
    assert "cannot be read" in words(at)
    press(at, "Try it")
    assert "1 attempts" in words(at)


def predicting():
    import streamlit as st

    from lrlab.ui import reflections
    from lrlab.ui.account import person

    person.arrive()
    options = {"CONVERGED": "It arrives.", "DIVERGED": "It leaves."}
    if reflections.predict("a_page", "What will it do?", options):
        reflections.compare("a_page", options, "DIVERGED", "It left at step 9.")
        st.text("the lab is open")


def test_a_prediction_is_remembered_on_another_device_and_cannot_be_made_twice(kept, student):
    welcome_ = student("wren")

    def tab():
        at = AppTest.from_function(predicting, default_timeout=60)
        at.session_state["account.token"] = welcome_.token
        return at.run()

    at = tab()
    at.radio[0].set_value("CONVERGED")
    at.radio[1].set_value(60)
    press(at, "Commit to it")
    again = tab()
    assert not again.radio, "the lab is open at once"
    assert "You predicted: *It arrives.*" in again.info[0].value
    (said,) = predictions.mine(kept, welcome_.learner, datetime.now(UTC))
    assert (said.said, said.truth, said.confidence) == ("CONVERGED", "DIVERGED", 60)


def test_a_class_that_has_ended_takes_no_answer_and_says_so(kept, room, student):
    token = student("wren").token
    classes.archive(kept, access.Operator(), room.id, datetime.now(UTC))

    def answering(slug):
        import streamlit as st

        from lrlab.grading import judge, read
        from lrlab.ui import attempts

        attempts.desk(slug)
        task = attempts.task(slug)
        st.text(attempts.record(slug, task, "0.001", judge(task, read(task, "0.001"))).sentence)
        st.button("Another", on_click=attempts.another, args=(slug,))

    at = AppTest.from_function(answering, kwargs={"slug": SLUG}, default_timeout=60)
    at.session_state["account.token"] = token
    at.run()
    assert "nothing new is kept" in at.text[0].value
    press(at, "Another")
    assert "nothing new is kept" in at.toast[0].value

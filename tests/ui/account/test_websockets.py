"""Students as raw websockets against a real server: impatient ones, many at once, and one who means no good."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import clicking, joining
from benchmarks.serving import LAUNCH, server
from benchmarks.tabs import open_tab
from lrlab.classroom import access, classes, database, people, records

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('websockets')}/lrlab.db"


def apart(work, *given, **named):
    """Do something in a thread of its own: a browser test of this process leaves an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *given, **named).result()


@pytest.fixture(scope="module")
def shared_store(url):
    opened = database.open(url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def lab(url, shared_store):
    with server(LAUNCH, LRLAB_DATABASE_URL=url) as running:
        yield running


def test_double_clicks_and_races_of_two_tabs_are_as_many_attempts_as_answers(lab, url, shared_store):
    everyone = clicking.enrol(shared_store, 4)
    found = apart(clicking.clicked, lab.port, url, shared_store, everyone, double_clicks=60, races=20)
    # Of five races a student, three send one answer and two send two.
    assert found.answers == 60 + 4 * (3 * 1 + 2 * 2)
    assert found.attempts == found.answers
    assert found.gaps == 0
    assert found.faults == ()
    assert not found.locked


def test_a_class_that_joins_at_once_comes_in_whole(lab, shared_store):
    room = classes.create(shared_store, access.Operator(), "At once", datetime.now(UTC))

    async def join():
        _, tabs = await joining.join_all(lab.port, room.code, 12)
        for tab in tabs:
            await tab.send(tab.request())
        return tabs, [await tab.until_said(lambda said: said.startswith("You are student")) for tab in tabs]

    tabs, said = apart(asyncio.run, join())
    assert said == [f"You are student {place}, in At once." for place in range(12)]
    assert not any(tab.faults for tab in tabs)
    assert classes.get(shared_store, access.Operator(), room.id, datetime.now(UTC)).students == 12


@pytest.fixture(scope="module")
def strangers(shared_store):
    """Two students of two classes; the first has answered something."""
    at = datetime.now(UTC)
    rooms = [classes.create(shared_store, access.Operator(), name, at) for name in ("Monday", "Tuesday")]
    return [
        people.join(shared_store, room.code, name, at)
        for room, name in zip(rooms, ("unmistakable wren", "nosy magpie"), strict=True)
    ]


def everything_of(store, learner):
    with store.reading() as connection:
        return records.of_learner(connection, learner.id)


def test_a_student_of_another_class_can_see_and_change_nothing_whatever_they_send(
    lab, shared_store, strangers
):
    victim, nosy = strangers

    async def attack():
        own = await open_tab(lab.port, clicking.PAGE, victim.token)
        await own.unfold(clicking.SLUG)
        await clicking.double_click(own, "0.00123", 0.0, 1)
        tab = await open_tab(lab.port, clicking.PAGE, nosy.token)
        await tab.unfold(clicking.SLUG)
        # The victim's own message, replayed in another session: its form does not exist there.
        replayed = clicking.fill_in(own, "0.00456")
        replayed.rerun_script.page_script_hash = tab.request().rerun_script.page_script_hash
        await tab.send(replayed)
        await tab.load()
        assert not tab.faults
        # Names under which the server keeps who is here, sent as if they were widgets.
        forged = tab.request()
        for name in ("account.token", "account.person", "learner_seed", "places", "attempts"):
            forged.rerun_script.widget_states.widgets.add(id=name, string_value=victim.token)
            forged.rerun_script.widget_states.widgets.add(id=f"$$ID-0-{name}", string_value=victim.token)
        await tab.send(forged)
        await tab.load()
        # What the store keeps of a token is no token.
        hashed = await open_tab(lab.port, "progress", victim.learner.session)
        progress = await open_tab(lab.port, "progress", nosy.token)
        return tab, hashed, progress

    tab, hashed, progress = apart(asyncio.run, attack())
    (kept,) = everything_of(shared_store, victim.learner)
    assert kept.answer == "0.00123"
    assert everything_of(shared_store, nosy.learner) == ()
    assert any("nosy magpie" in word for word in tab.words), "still themselves"
    assert any("nosy magpie" in word for word in progress.words)
    assert any("in this browser session" in word for word in hashed.words), "nobody"
    for seen in (tab, hashed, progress):
        assert not any("unmistakable" in word or "0.00123" in word for word in seen.words + seen.faults)
    # Streamlit may stumble over a widget that it never made, but in the forger's own tab only.
    assert not hashed.faults + progress.faults
    assert all("st.session_state has no key" in fault for fault in tab.faults)


def test_the_trap_is_real_and_the_way_of_the_lab_is_not_caught_in_it(tmp_path):
    url = f"sqlite:///{tmp_path}/lrlab.db"
    database.open(url).close()
    script = str(Path(__file__).parent / "apps" / "two_ways.py")

    async def click_twice(port, label):
        tab = await open_tab(port, "")
        request = tab.request((tab.find("button", label), True))
        await tab.send(request)
        await tab.until_said(lambda said: said in ("in the middle", "between two transactions"))
        await tab.send(tab.request())  # any other click
        await tab.until_said(lambda said: said == "ready")
        await tab.socket.close()

    with server(LAUNCH, script=script, LRLAB_DATABASE_URL=url) as lab:
        apart(asyncio.run, click_twice(lab.port, "Careful"))
        assert not clicking.is_locked(url)
        apart(asyncio.run, click_twice(lab.port, "Careless"))
        assert clicking.is_locked(url), "the lock stays behind, as it did to others"

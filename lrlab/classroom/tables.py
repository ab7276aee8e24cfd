"""The tables. A change here needs a migration beside it; a test compares the two.

Attempts, predictions and votes are only ever added. A regrade adds judgements beside the attempts they are about;
the one that stands outweighs what the attempt itself says. Standings hold nothing that attempts and openings do not
say: they are what a page that is read every two seconds would otherwise count again every time.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from lrlab.classroom.moment import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _belongs_to(other: str, *, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """A column that goes when the row it points to goes."""
    name = f"{other.removesuffix('s')}_id"
    target = ForeignKey(f"{other}.id", ondelete="CASCADE")
    return Column(name, Integer, target, primary_key=primary_key, nullable=nullable)


def _numbered() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _judgement() -> tuple[SchemaItem, ...]:
    """What a judge said of an answer; `score` in thousandths."""
    return (
        Column("passed", Boolean, nullable=False),
        Column("score", Integer, nullable=False),
        Column("outcome", String(80), nullable=False),
        Column("message", Text, nullable=False),
        Column("misconception", String(80)),
        CheckConstraint("score BETWEEN 0 AND 1000", name="score"),
    )


def _task() -> tuple[SchemaItem, ...]:
    """What was asked: enough to ask and to judge exactly the same again."""
    return (
        Column("exercise", String(200), nullable=False),
        Column("version", String(80), nullable=False),
        Column("engine", String(40), nullable=False),
        Column("seed", BigInteger, nullable=False),
        Column("parameters", JSON, nullable=False),
    )


classrooms = Table(
    "classrooms",
    metadata,
    _numbered(),
    Column("name", String(120), nullable=False),
    Column("code", String(8), nullable=False, unique=True),
    Column("door", String(10), nullable=False),
    Column("secret", LargeBinary(32), nullable=False),
    Column("roster", JSON(none_as_null=True)),
    Column("created_at", Moment, nullable=False),
    Column("archived_at", Moment),
    Column("retention_days", Integer),
    Column("warned_at", Moment),
    sqlite_autoincrement=True,
)

teachers = Table(
    "teachers",
    metadata,
    _numbered(),
    Column("name", String(120), nullable=False),
    Column("name_key", String(240), nullable=False, unique=True),
    Column("passphrase_hash", String(200)),
    Column("issuer", String(300)),
    Column("subject", String(300)),
    Column("epoch", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("issuer", "subject"),
    sqlite_autoincrement=True,
)

keepers = Table(
    "keepers",
    metadata,
    _belongs_to("classrooms", primary_key=True),
    _belongs_to("teachers", primary_key=True),
    Index("ix_keepers_teacher_id", "teacher_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _belongs_to("teachers", nullable=True),
    Column("expires_at", Moment),
)

learners = Table(
    "learners",
    metadata,
    _numbered(),
    _belongs_to("classrooms"),
    Column("handle", String(80), nullable=False),
    Column("handle_key", String(240), nullable=False),
    Column("pin_hash", String(200)),
    Column("issuer", String(300)),
    Column("subject", String(300)),
    Column("epoch", Integer, nullable=False),
    Column("roster_cells", JSON(none_as_null=True)),
    Column("created_at", Moment, nullable=False),
    Column("joined_at", Moment),
    UniqueConstraint("classroom_id", "handle_key"),
    UniqueConstraint("classroom_id", "issuer", "subject"),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _belongs_to("learners", nullable=True),
    _belongs_to("teachers", nullable=True),
    Column("epoch", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("own_device", Boolean, nullable=False),
    CheckConstraint("(learner_id IS NULL) <> (teacher_id IS NULL)", name="one_person"),
    Index("ix_sessions_learner_id", "learner_id"),
    Index("ix_sessions_teacher_id", "teacher_id"),
)

locks = Table(
    "locks",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("until", Moment),
    Column("tried_at", Moment, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    _belongs_to("classrooms", primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("due", Moment),
)

openings = Table(
    "openings",
    metadata,
    _numbered(),
    _belongs_to("learners"),
    Column("variant", Integer, nullable=False),
    *_task(),
    Column("opened_at", Moment, nullable=False),
    UniqueConstraint("learner_id", "exercise", "variant"),
)

attempts = Table(
    "attempts",
    metadata,
    _numbered(),
    _belongs_to("learners"),
    Column("variant", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    *_task(),
    Column("answer", Text, nullable=False),
    Column("answer_key", String(64), nullable=False),
    *_judgement(),
    Column("hints", Integer, nullable=False),
    Column("started", Moment, nullable=False),
    Column("ended", Moment, nullable=False),
    Column("receipt", String(4), nullable=False),
    CheckConstraint("number >= 1", name="number"),
    CheckConstraint("hints >= 0", name="hints"),
    UniqueConstraint("learner_id", "exercise", "variant", "number"),
    UniqueConstraint("learner_id", "exercise", "variant", "answer_key"),
    sqlite_autoincrement=True,
)

standings = Table(
    "standings",
    metadata,
    _belongs_to("learners", primary_key=True),
    Column("exercise", String(200), primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("best", Integer, nullable=False),
    Column("hints", Integer, nullable=False),
    Column("solved_at", Moment),
    Column("mastered_at", Moment),
    Column("since", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("last_answer", Text, nullable=False),
    Column("way", String(80), nullable=False),
    Column("in_a_row", Integer, nullable=False),
)

predictions = Table(
    "predictions",
    metadata,
    _numbered(),
    _belongs_to("learners"),
    Column("place", String(200), nullable=False),
    Column("variant", Integer, nullable=False),
    Column("moment", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("said", String(200), nullable=False),
    Column("truth", String(200), nullable=False),
    Column("confidence", Integer),
    Column("at", Moment, nullable=False),
    CheckConstraint("confidence BETWEEN 0 AND 100", name="confidence"),
    UniqueConstraint("learner_id", "place", "variant", "moment", "number"),
)

regrades = Table(
    "regrades",
    metadata,
    _numbered(),
    _belongs_to("classrooms"),
    Column("teacher_id", Integer, ForeignKey("teachers.id", ondelete="SET NULL")),
    Column("exercise", String(200), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Index("ix_regrades_classroom_id", "classroom_id"),
)

judgements = Table(
    "judgements",
    metadata,
    _numbered(),
    _belongs_to("regrades"),
    _belongs_to("attempts"),
    Column("version", String(80), nullable=False),
    Column("engine", String(40), nullable=False),
    *_judgement(),
    Column("stands", Boolean, nullable=False),
    Column("replaces", Integer, ForeignKey("judgements.id", ondelete="CASCADE")),
    Index("ix_judgements_regrade_id", "regrade_id"),
    Index("ix_judgements_attempt_id", "attempt_id"),
)
Index(
    "uq_judgements_standing",
    judgements.c.attempt_id,
    unique=True,
    sqlite_where=text("stands"),
    postgresql_where=text("stands"),
)

rounds = Table(
    "rounds",
    metadata,
    _numbered(),
    _belongs_to("classrooms"),
    *_task(),
    Column("stage", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("moved_at", Moment, nullable=False),
    Column("closed_at", Moment),
    sqlite_autoincrement=True,
)
Index(
    "uq_rounds_open",
    rounds.c.classroom_id,
    unique=True,
    sqlite_where=rounds.c.closed_at.is_(None),
    postgresql_where=rounds.c.closed_at.is_(None),
)

votes = Table(
    "votes",
    metadata,
    _belongs_to("rounds", primary_key=True),
    _belongs_to("learners", primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("answer", Text, nullable=False),
    *_judgement(),
    Column("at", Moment, nullable=False),
    Index("ix_votes_learner_id", "learner_id"),
)

audit = Table(
    "audit",
    metadata,
    _numbered(),
    Column("at", Moment, nullable=False),
    _belongs_to("classrooms", nullable=True),
    Column("teacher_id", Integer, ForeignKey("teachers.id", ondelete="SET NULL")),
    Column("actor", String(120), nullable=False),
    Column("action", String(60), nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_classroom_id_at", "classroom_id", "at"),
)

"""What students expected and saw, beside what happened: added once, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lrlab.classroom import access, names
from lrlab.classroom.access import Keeper, Learner
from lrlab.classroom.database import Found, Store, insert_once
from lrlab.classroom.tables import predictions


@dataclass(frozen=True)
class Prediction:
    """A prediction or observation (`moment`) on a page or at an exercise (`place`), `confidence` in percent.

    `number` counts the predictions of one moment at one place, from 1, as the form showed it.
    """

    place: str
    moment: str
    said: str
    truth: str
    confidence: int | None = None
    variant: int = 0
    number: int = 1

    @property
    def right(self) -> bool:
        """Whether the eye, or the expectation, agreed with the run."""
        return self.said == self.truth


@dataclass(frozen=True)
class Bin:
    """The predictions made with a confidence in [`low`, `high`] percent, and how many of them came true."""

    low: int
    high: int
    made: int
    right: int


def keep(store: Store, who: Learner, prediction: Prediction, at: datetime) -> Prediction:
    """Keep a prediction and return the one that counts: the first that was made for this form."""
    with store.writing() as connection:
        learner = access.the_open_learner(connection, who, at)
        here = {
            "learner_id": learner.id,
            "place": prediction.place,
            "variant": prediction.variant,
            "moment": prediction.moment,
            "number": prediction.number,
        }
        said = {"said": names.storable(prediction.said), "truth": names.storable(prediction.truth)}
        insert_once(connection, predictions, **here, **said, confidence=prediction.confidence, at=at)
        return from_row(connection.execute(select(predictions).filter_by(**here)).one())


def mine(store: Store, who: Learner, at: datetime) -> tuple[Prediction, ...]:
    """A student's own predictions in the order they were made."""
    with store.reading() as connection:
        learner = access.the_learner(connection, who, at).id
        return tuple(from_row(row) for row in connection.execute(_of(learner)))


def of_student(store: Store, who: Keeper, learner: int, at: datetime) -> tuple[Prediction, ...]:
    """The predictions of a student, for their teacher."""
    with store.reading() as connection:
        access.a_student(connection, who, learner, at)
        return tuple(from_row(row) for row in connection.execute(_of(learner)))


def calibration(made: Iterable[Prediction], *, width: int = 20) -> tuple[Bin, ...]:
    """How often predictions came true, by how sure the student was; bins without predictions are left out."""
    counted: dict[int, tuple[int, int]] = {}
    for prediction in made:
        if prediction.confidence is not None:
            low = min(prediction.confidence // width * width, 100 - width)
            all_, right = counted.get(low, (0, 0))
            counted[low] = (all_ + 1, right + prediction.right)
    return tuple(Bin(low, low + width, *counted[low]) for low in sorted(counted))


def from_row(row: Found) -> Prediction:
    """A prediction from its row."""
    return Prediction(row.place, row.moment, row.said, row.truth, row.confidence, row.variant, row.number)


def _of(learner: int):  # type: ignore[no-untyped-def]
    return (
        select(predictions)
        .where(predictions.c.learner_id == learner)
        .order_by(predictions.c.at, predictions.c.id)
    )

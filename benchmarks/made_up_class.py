"""A made-up class to look at: a teacher, and students who answer as students do.

    LRLAB_DATABASE_URL=sqlite:///class.db python benchmarks/made_up_class.py [--students 30] [--seed 1]

Everything goes in through the functions that the pages use. The script prints how to sign in as the teacher, and the
code, a name and its PIN for a student.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script from anywhere

import lrlab
from lrlab.classroom import access, attempts, classes, database, people, predictions, teachers
from lrlab.classroom.predictions import Prediction
from lrlab.classroom.records import Judgement, Submission
from lrlab.classroom.tasks import Task
from lrlab.grading import Variant, form, judge, load_track, variant
from lrlab.grading.forms import OneOf
from lrlab.grading.kinds.doors import door
from lrlab.grading.walks import number

TEACHER, PASSPHRASE = "Ada Weber", "four quite unrelated words"
NAMES = ["Zoë <b>", "李小龍", "*Ben*", "a very long handle that does not fit into a narrow column"]
EXERCISES = 14


def tries(task: Variant, chance: random.Random) -> Iterator[str]:
    """What one student answers: often too small at first, some far too large, most right in the end."""
    kind = task.exercise.kind
    if kind == "rate":
        found = door(task)
        low, high = found.openings[0][0], found.openings[-1][1]
        for _ in range(chance.choice([0, 0, 1, 2, 4])):
            wrong = chance.choice([low / 10, low / 3, low / 100, high * 2, high * 20])
            yield f"{wrong * chance.uniform(0.8, 1.25):.3g}"
        if chance.random() < 0.8:
            yield f"{(low * high) ** 0.5:.4g}"
    elif kind == "number":
        right = number(task.task.answer, task.numbers)
        for _ in range(chance.choice([0, 0, 1, 3])):
            yield f"{right * chance.choice([0.1, 0.5, 2.0, 10.0, 1.3]):.4g}"
        if chance.random() < 0.85:
            yield repr(right)
    elif isinstance(form(task), OneOf):
        names = [offer.name for offer in form(task).options]  # type: ignore[union-attr]
        yield from chance.sample(names, chance.randint(1, len(names)))


def main() -> None:
    """Fill the store."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--students", type=int, default=30)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    chance = random.Random(options.seed)
    store = database.open(os.environ.get("LRLAB_DATABASE_URL", database.DEFAULT_URL))
    if isinstance(store, database.Trouble):
        raise SystemExit(store.sentence)
    at = datetime.now(UTC) - timedelta(minutes=50)
    teachers.add(store, access.Operator(), TEACHER, PASSPHRASE, at)
    who = teachers.sign_in(store, TEACHER, PASSPHRASE, at).teacher
    room = classes.create(store, who, "Optimisation, Monday", at)
    track = load_track(Path(__file__).parents[1] / "exercises")
    slugs = [slug for chapter in track.chapters for slug in chapter.exercises][:EXERCISES]
    for place in range(options.students):
        handle = NAMES[place] if place < len(NAMES) else people.suggestions(store, room.code)[0]
        welcome = people.join(store, room.code, handle, at + timedelta(seconds=place))
        clock = at + timedelta(minutes=2)
        for slug in slugs[: chance.randint(3, len(slugs))]:
            seed = attempts.seed(store, welcome.learner, slug, 1, clock)
            task = variant(track.exercises[slug], seed)
            version = task.exercise.version
            asked_ = Task(slug, 1, version, lrlab.__version__, seed, dict(task.given))
            for count, text in enumerate(tries(task, chance), start=1):
                said = judge(task, text)
                judgement = Judgement(said.passed, said.score, said.outcome, said.message, said.misconception)
                clock += timedelta(seconds=chance.randint(20, 90))
                handed_in = Submission(
                    asked_, count, text, judgement, chance.choice([0, 0, 1]), clock - timedelta(seconds=15)
                )
                attempts.record(store, welcome.learner, handed_in, clock)
                if said.passed:
                    break
        guess = chance.choice(["converge", "overshoot", "diverge"])
        said_ = Prediction("too_large", "prediction", guess, "diverge", chance.choice([40, 60, 80, 95]))
        predictions.keep(store, welcome.learner, said_, clock)
    print(f"teacher: {TEACHER} / {PASSPHRASE}\nclass code: {room.code}\nstudent: {handle} / {welcome.pin}")
    store.close()


if __name__ == "__main__":
    main()

"""python -m lrlab exercises …: check the course, begin a new exercise, print the schema of a file."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from lrlab.grading import Track, load_track, starting
from lrlab.grading.kinds.registry import KINDS, schema
from lrlab.grading.load import TRACK, read_exercise
from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.grading.proof import Proof, prove

COURSE = Path(__file__).parents[1] / "exercises"
ENOUGH = 2
"""How many exercises should answer each misconception."""
SOUND, FAULTY = 0, 1
_ALONE = 12
"""So many exercises are proved faster by one process than by several, which have to start first."""


def register(commands: Any) -> None:
    """Add the commands about exercise files."""
    exercises = commands.add_parser(
        "exercises", help="check exercise files, begin a new one, print their schema"
    )
    actions = exercises.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="read and prove every exercise; exit 1 where anything is wrong")
    check.add_argument(
        "folder", nargs="?", type=Path, default=COURSE, help="where track.toml is; else the course"
    )
    check.add_argument("--seeds", type=_at_least_one, default=200, metavar="N", help="variants of each (200)")
    check.set_defaults(run=_check)
    new = actions.add_parser("new", help="write the start of an exercise and name it in the track")
    new.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    new.add_argument("slug", metavar="CHAPTER/SLUG")
    new.add_argument("--folder", type=Path, default=COURSE, help="where track.toml is; else the course")
    new.set_defaults(run=_new)
    actions.add_parser("schema", help="print the JSON schema of an exercise file").set_defaults(run=_schema)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is too few; give at least 1")
    return number


def _check(given: argparse.Namespace) -> int:
    track = load_track(given.folder)
    proofs = _proofs(given.folder, track, given.seeds)
    print(_table(proofs))
    print()
    print(_coverage(track))
    faults = [*track.faults, *(fault for proof in proofs for fault in proof.faults)]
    print()
    for fault in faults:
        print(fault)
    print(f"{len(proofs)} exercises, {given.seeds} variants each, {len(faults)} faults.")
    return FAULTY if faults else SOUND


def _proofs(folder: Path, track: Track, seeds: int) -> list[Proof]:
    """The proofs of all exercises in order, by as many processes as there are processors where that pays."""
    if len(track.exercises) <= _ALONE:
        return [prove(exercise, seeds) for exercise in track.exercises.values()]
    workers = min(os.cpu_count() or 1, 8)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(_proof, folder, seeds), track.exercises))


def _proof(folder: Path, seeds: int, slug: str) -> Proof:
    return prove(read_exercise((folder / f"{slug}.toml").read_bytes(), slug), seeds)


def _table(proofs: Sequence[Proof]) -> str:
    """One line an exercise: how wide its door is, how likely a blind guess, best and par, and whether it holds."""
    titles = "exercise|kind|door in decades: min, median, max|guess|best|par|solvable|proved"
    rows = [tuple(titles.split("|"))]
    for proof in proofs:
        doors = "  ".join(f"{width:.3f}" for width in proof.doors) if proof.doors else "–"
        guess = f"{proof.guess:.2f}" if proof.guess is not None else "–"
        best, par = (f"{one:.3g}" if one is not None else "–" for one in (proof.best, proof.par))
        said = ("yes" if holds else "no" for holds in (proof.solvable, not proof.faults))
        rows.append((proof.slug, proof.kind, doors, guess, best, par, *said))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _coverage(track: Track) -> str:
    """How many exercises answer each misconception."""
    lines = ["exercises that answer each misconception:"]
    for tag in MISCONCEPTIONS:
        count = sum(
            any(mistake.misconception == tag for mistake in exercise.sheet.mistakes)
            for exercise in track.exercises.values()
        )
        lines.append(f"  {count:2d}  {tag}{'' if count >= ENOUGH else '  (fewer than two)'}")
    return "\n".join(lines)


def _new(given: argparse.Namespace) -> int:
    try:
        path = starting.start(given.folder, given.kind, given.slug)
    except starting.Refused as refused:
        print(f"{refused}.", file=sys.stderr)
        return FAULTY
    todo = path.read_text("utf-8").count("TODO") - 1
    print(f"Wrote {path} and named it in {path.parents[1] / TRACK}.")
    print(f"Fill in its {todo} TODOs, then run: python -m lrlab exercises check")
    return SOUND


def _schema(given: argparse.Namespace) -> int:
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return SOUND

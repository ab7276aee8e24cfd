"""python -m lrlab: check the exercises, print their schema, grade an answer, keep classes and teachers."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from lrlab import classroom_commands
from lrlab.grading import Refusal, Track, judge, load_track, read, variant
from lrlab.grading.kinds.registry import schema
from lrlab.grading.misconceptions import MISCONCEPTIONS
from lrlab.grading.proof import Proof, prove
from lrlab.grading.templates import unknown

COURSE = Path(__file__).parents[1] / "exercises"
JUDGED, FAULTY, NO_ANSWER, NO_EXERCISE = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = _parser().parse_args(arguments)
    code: int = given.run(given)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lrlab", description="The lab without its pages.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    exercises = commands.add_parser("exercises", help="check the exercise files, or print their schema")
    actions = exercises.add_subparsers(required=True, metavar="ACTION")
    check = actions.add_parser("check", help="read and prove every exercise; exit 1 where anything is wrong")
    check.add_argument(
        "folder", nargs="?", type=Path, default=COURSE, help="where track.toml is; else the course"
    )
    check.add_argument("--seeds", type=_at_least_one, default=200, metavar="N", help="variants of each (200)")
    check.set_defaults(run=_check)
    actions.add_parser("schema", help="print the JSON schema of an exercise file").set_defaults(run=_schema)

    grade = commands.add_parser("grade", help="judge one answer and print the verdict as JSON")
    grade.add_argument("exercise", metavar="CHAPTER/SLUG")
    grade.add_argument("--seed", type=int, required=True, metavar="N", help="the learner's seed")
    grade.add_argument(
        "--answer", required=True, metavar="TEXT", help="as typed; write --answer=-1 for a minus"
    )
    grade.set_defaults(run=_grade)

    classroom_commands.register(commands)
    return parser


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is too few; give at least 1")
    return number


def _check(given: argparse.Namespace) -> int:
    track = load_track(given.folder)
    proofs = [prove(exercise, given.seeds) for exercise in track.exercises.values()]
    print(_table(proofs))
    print()
    print(_coverage(track))
    faults = [*track.faults, *(fault for proof in proofs for fault in proof.faults)]
    print()
    for fault in faults:
        print(fault)
    print(f"{len(proofs)} exercises, {given.seeds} variants each, {len(faults)} faults.")
    return FAULTY if faults else JUDGED


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
        lines.append(f"  {count:2d}  {tag}")
    return "\n".join(lines)


def _schema(given: argparse.Namespace) -> int:
    print(json.dumps(schema(), indent=2, ensure_ascii=False))
    return JUDGED


def _grade(given: argparse.Namespace) -> int:
    track = load_track(COURSE)
    exercise = track.exercises.get(given.exercise)
    if exercise is None:
        print(_why_missing(given.exercise, track), file=sys.stderr)
        return NO_EXERCISE
    drawn = variant(exercise, given.seed)
    answer = read(drawn, given.answer)
    record = {
        "exercise": exercise.slug,
        "version": exercise.version,
        "seed": given.seed,
        "answer": given.answer,
    }
    if isinstance(answer, Refusal):
        record |= {"passed": False, "score": 0, "verdict": "not an answer", "message": answer.sentence}
        record |= {"misconception": None, "evidence": {}}
    else:
        verdict = judge(drawn, answer)
        record |= {"passed": verdict.passed, "score": verdict.score, "verdict": verdict.outcome}
        record |= {"message": verdict.message, "misconception": verdict.misconception}
        record |= {"evidence": dict(verdict.evidence)}
    print(json.dumps(record, ensure_ascii=False, allow_nan=False))
    return NO_ANSWER if isinstance(answer, Refusal) else JUDGED


def _why_missing(slug: str, track: Track) -> str:
    faults = [str(fault) for fault in track.faults if fault.file == f"{slug}.toml"]
    if faults:
        return "\n".join(["This exercise cannot be read:", *faults])
    return f"There is no such exercise: {unknown('exercise', slug, track.exercises)}"


if __name__ == "__main__":
    sys.exit(main())

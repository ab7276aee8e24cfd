"""python -m lrlab: check the exercises, begin a new one, grade an answer, keep classes and teachers."""

import argparse
import json
import sys
from collections.abc import Sequence

from lrlab import classroom_commands, exercise_commands
from lrlab.exercise_commands import COURSE
from lrlab.grading import Refusal, Track, judge, load_track, read, variant
from lrlab.grading.templates import unknown

JUDGED, NO_ANSWER, NO_EXERCISE = 0, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = _parser().parse_args(arguments)
    code: int = given.run(given)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lrlab", description="The lab without its pages.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    exercise_commands.register(commands)
    grade = commands.add_parser("grade", help="judge one answer and print the verdict as JSON")
    grade.add_argument("exercise", metavar="CHAPTER/SLUG")
    grade.add_argument("--seed", type=int, required=True, metavar="N", help="the learner's seed")
    grade.add_argument(
        "--answer", required=True, metavar="TEXT", help="as typed; write --answer=-1 for a minus"
    )
    grade.set_defaults(run=_grade)

    classroom_commands.register(commands)
    return parser


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

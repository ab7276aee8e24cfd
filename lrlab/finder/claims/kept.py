"""The verdicts that came out last, kept in a file beside this one; `python -m benchmarks.claims --keep` writes it."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lrlab.finder.claims.claim import Claim, Verdict, judged

FILE = Path(__file__).with_name("verdicts.json")
DIGITS = 4


@dataclass(frozen=True, eq=False)
class Kept:
    """Verdicts by the slug of their claim, the seeds they were measured with, and the versions of what measured."""

    verdicts: Mapping[str, Verdict]
    seeds: tuple[int, ...]
    versions: Mapping[str, str]


def keep(
    verdicts: Sequence[Verdict], seeds: Sequence[int], versions: Mapping[str, str], path: Path = FILE
) -> None:
    """Write the numbers of all verdicts, to four digits; what they come to is read off the criterion each time."""
    values = {
        verdict.claim.slug: [
            float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
            for value in verdict.values.tolist()
        ]
        for verdict in verdicts
    }
    lines = ",\n".join(f"    {json.dumps(slug)}: {json.dumps(numbers)}" for slug, numbers in values.items())
    path.write_text(
        f'{{\n  "versions": {json.dumps(dict(versions))},\n  "seeds": {json.dumps(list(seeds))},\n'
        f'  "values": {{\n{lines}\n  }}\n}}\n',
        encoding="utf-8",
    )


def kept(claims: Sequence[Claim], path: Path = FILE) -> Kept:
    """Read the verdicts on these claims; one that was not measured yet is left out.

    >>> from lrlab.finder.claims import CLAIMS
    >>> kept(CLAIMS).verdicts["linear-rule"].confirmed
    True
    """
    read = json.loads(path.read_text(encoding="utf-8"))
    values = {
        slug: [math.nan if value is None else float(value) for value in row]
        for slug, row in read["values"].items()
    }
    return Kept(
        verdicts={claim.slug: judged(claim, values[claim.slug]) for claim in claims if claim.slug in values},
        seeds=tuple(read["seeds"]),
        versions=dict(read["versions"]),
    )

"""What others say about learning rates, measured again: claim, source, what came out here, confirmed or not.

    python -m benchmarks.claims [--seeds 5] [--only schedules] [--keep]

With `--keep` the numbers go into lrlab/finder/claims/verdicts.json, from where the pages show them.
"""

import argparse
import textwrap
import time
from importlib.metadata import version

from lrlab.finder.claims import CLAIMS, checked
from lrlab.finder.claims.kept import keep

LIBRARIES = ("numpy", "scikit-learn")


def main() -> None:
    """Measure every claim with every seed and print its row."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument(
        "--only", choices=sorted({claim.page for claim in CLAIMS}), help="the claims of one page"
    )
    parser.add_argument("--keep", action="store_true", help="write the verdicts for the pages")
    asked = parser.parse_args()
    if asked.keep and asked.only:
        parser.error("--keep writes all verdicts; leave out --only.")
    seeds = range(asked.seeds)
    verdicts = []
    for claim in CLAIMS:
        if asked.only not in (None, claim.page):
            continue
        began = time.perf_counter()
        verdict = checked(claim, seeds)
        verdicts.append(verdict)
        word = "CONFIRMED" if verdict.confirmed else "NOT CONFIRMED"
        print(f"{word} with {verdict.held} of {len(seeds)} seeds   [{claim.page}: {claim.slug}]")
        for line in (
            f"claim:    {claim.statement}",
            f"source:   {claim.source}",
            f"tried on: {claim.setting}",
            f"number:   {claim.number}; the claim holds {claim.criterion}",
            f"came out: {verdict.came_out}   ({time.perf_counter() - began:.1f} s)",
        ):
            print(textwrap.indent(textwrap.fill(line, 116, subsequent_indent=" " * 10), "  "))
        print(flush=True)
    confirmed = sum(verdict.confirmed for verdict in verdicts)
    print(f"{confirmed} of {len(verdicts)} claims confirmed")
    if asked.keep:
        keep(verdicts, seeds, {name: version(name) for name in LIBRARIES})


if __name__ == "__main__":
    main()

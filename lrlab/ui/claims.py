"""What others say about a page's matter, and what came out when it was measured here."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from lrlab.finder.claims import CLAIMS, Verdict
from lrlab.finder.claims.claim import HELD
from lrlab.finder.claims.kept import Kept, kept


@st.cache_resource(show_spinner=False)
def _kept() -> Kept:
    return kept(CLAIMS)


def show(page: str) -> None:
    """The verdicts that belong to a page, as they came out."""
    known = _kept()
    mine = [verdict for verdict in known.verdicts.values() if verdict.claim.page == page]
    st.subheader("Said, and measured here")
    for setting, together in groupby(mine, key=lambda verdict: verdict.claim.setting):
        st.markdown("\n".join(lines(setting, tuple(together))))
    versions = ", ".join(f"{name} {number}" for name, number in known.versions.items())
    st.caption(
        f"The median over {len(known.seeds)} seeds, and their range. Confirmed means that it holds with at least "
        f"{HELD:.0%} of them, on these small problems. Measured with {versions}; "
        "`python -m benchmarks.claims` measures all of it again."
    )


def lines(setting: str, verdicts: Sequence[Verdict]) -> list[str]:
    """What was tried on one problem: a line about it, and one for each claim; a number that all share is said once."""
    numbers = {verdict.claim.number for verdict in verdicts}
    shared = f" {_sentence(numbers.pop())}" if len(numbers) == 1 else ""
    return [f"*{_sentence(setting)}*{shared}\n", *(_row(verdict, named=not shared) for verdict in verdicts)]


def _row(verdict: Verdict, named: bool) -> str:
    claim = verdict.claim
    word = ":material/check: **Confirmed.**" if verdict.confirmed else ":material/close: **Not confirmed.**"
    number = f"{_sentence(claim.number)} " if named else ""
    return (
        f"- {word} {claim.statement} ({claim.source}.) {number}Claimed: {claim.criterion}. Came out: "
        f"**{verdict.came_out}**, held with {verdict.held} of {len(verdict.values)} seeds."
    )


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."

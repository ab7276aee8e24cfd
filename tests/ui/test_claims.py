"""Verdicts on the pages: each claim on its own page, with the verdict that its numbers come to."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.finder.claims import CLAIMS
from lrlab.finder.claims.kept import kept
from lrlab.ui import claims, navigation

PAGES = sorted({claim.page for claim in CLAIMS})
ROOT = Path(__file__).parents[2]


def shown(page):
    from lrlab.ui import claims

    claims.show(page)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_its_own_claims_with_their_verdicts(page):
    at = AppTest.from_function(shown, args=(page,)).run()
    assert not at.exception
    said = "\n".join(text.value for text in at.markdown)
    for claim in CLAIMS:
        assert (claim.statement in said) == (claim.page == page)
    mine = [verdict for verdict in kept(CLAIMS).verdicts.values() if verdict.claim.page == page]
    assert said.count("**Confirmed.**") == sum(verdict.confirmed for verdict in mine)
    assert said.count("**Not confirmed.**") == sum(not verdict.confirmed for verdict in mine)
    assert "5 seeds" in at.caption[0].value


@pytest.mark.parametrize("page", [page for page in PAGES if (ROOT / "pages" / f"{page}.py").exists()])
def test_every_page_that_has_claims_asks_for_them(page):
    assert page in {entry.name for entry in navigation.CONTENTS}
    assert f'claims.show("{page}")' in (ROOT / "pages" / f"{page}.py").read_text()


def test_a_number_that_all_share_is_said_once_and_others_stand_with_their_claim():
    verdicts = kept(CLAIMS).verdicts
    rules = [verdicts[slug] for slug in ("valley", "steepest")]
    assert " ".join(claims.lines("here", rules)).count("Validation loss above the best") == 1
    batches = [verdicts[slug] for slug in ("linear-rule", "linear-rule-goes-on")]
    first, *rows = claims.lines("here", batches)
    assert "lope" not in first
    assert "Slope of log best rate" in rows[0]
    assert "The same slope" in rows[1]

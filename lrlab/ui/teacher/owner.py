"""What the owner of the lab has set for its teachers, in the environment or in Streamlit's secrets."""

import os

from lrlab.ui.account.secrets import section


def key() -> str:
    """The teacher key: LRLAB_TEACHER_KEY, else the secrets' [teachers] key; empty where there is none."""
    return os.environ.get("LRLAB_TEACHER_KEY", "").strip() or str(section("teachers").get("key", "")).strip()


def emails() -> tuple[str, ...]:
    """The addresses whose owners may enter as teachers through the identity provider: [teachers] emails."""
    given = section("teachers").get("emails", ())
    return (given,) if isinstance(given, str) else tuple(str(address) for address in given)

"""Names people type: made tidy, made comparable, or refused with a sentence."""

import unicodedata

from lrlab.classroom.refusals import Reason, Refusal

LONGEST_HANDLE = 60
LONGEST_TITLE = 120
_LONGEST_KEY = 240
# Control characters, surrogates and private use have no place in a name. Format characters neither (they can
# reverse the reading direction of what follows), but for the two that Persian, Hindi and others need to join letters.
_FORBIDDEN = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"


def tidy(text: str, what: str, longest: int = LONGEST_HANDLE) -> str:
    """A name in its composed form with single spaces; refused when it is empty, too long or cannot be read aloud."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise Refusal(Reason.UNFIT, f"The {what} is empty. Type at least one letter.")
    if len(name) > longest:
        raise Refusal(
            Reason.UNFIT,
            f"The {what} has {len(name)} characters and may have {longest}. Nothing was kept; shorten it.",
        )
    strange = next((sign for sign in name if _is_forbidden(sign)), None)
    if strange is not None or not any(sign.isalnum() for sign in name) or len(key(name)) > _LONGEST_KEY:
        shown = "" if strange is None else f" (U+{ord(strange):04X})"
        raise Refusal(
            Reason.UNFIT,
            f"The {what} holds signs that cannot be shown or typed again{shown}. Use letters, digits and spaces.",
        )
    return name


def key(name: str) -> str:
    """What two spellings of one name have in common: case, width and composition do not count."""
    folded = unicodedata.normalize("NFKC", storable(name)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def storable(text: str) -> str:
    """Text that every database takes: without NUL, and with lone surrogates replaced by a question mark."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _is_forbidden(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category in _FORBIDDEN or (category == "Cf" and sign not in _JOINERS)

"""Names for students who would rather not give theirs."""

import secrets
from collections.abc import Collection

from lrlab.classroom import names

_MANNERS = (
    "amber", "bold", "brisk", "bright", "calm", "clear", "clever", "copper", "curious", "deft", "eager", "early",
    "fair", "fleet", "gentle", "glad", "golden", "grand", "hardy", "honest", "jolly", "keen", "kind", "lively",
    "lucid", "lunar", "mellow", "merry", "mild", "nimble", "noble", "patient", "plucky", "polar", "quick", "quiet",
    "rapid", "silver", "smooth", "snowy", "solar", "steady", "sunny", "swift", "tidy", "vivid", "warm", "witty",
)  # fmt: skip
_CREATURES = (
    "alder", "aspen", "badger", "beaver", "birch", "bison", "cedar", "comet", "condor", "coral", "crane", "curlew",
    "dolphin", "falcon", "fern", "finch", "gecko", "gull", "hazel", "heron", "ibex", "kestrel", "lark", "linden",
    "lynx", "maple", "marten", "meadow", "merlin", "moth", "newt", "otter", "owl", "panda", "pine", "plover",
    "puffin", "raven", "robin", "rowan", "salmon", "seal", "sparrow", "swan", "tern", "thistle", "willow", "wren",
)  # fmt: skip
_TRIES = 8


def draw(taken: Collection[str], count: int) -> tuple[str, ...]:
    """So many different pseudonyms, none of whose keys is in `taken`; numbers are added when words run short."""
    drawn: dict[str, str] = {}
    while len(drawn) < count:
        for _ in range(_TRIES):
            name = f"{secrets.choice(_MANNERS)} {secrets.choice(_CREATURES)}"
            if names.key(name) not in taken and names.key(name) not in drawn:
                break
        else:
            name = f"{name} {secrets.randbelow(90_000) + 10_000}"
            if names.key(name) in taken or names.key(name) in drawn:
                continue
        drawn[names.key(name)] = name
    return tuple(drawn.values())

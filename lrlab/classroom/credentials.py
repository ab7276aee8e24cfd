"""What lets people in: class codes, PINs, tokens, and the slow hash that guards them."""

import hashlib
import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

# 32 signs that are not mistaken for each other, so five bits each: no 0 and O, no 1 and I.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
PIN_LENGTH = 6
SHORTEST_PASSPHRASE = 15
LONGEST_SECRET = 1000

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
# A hundred sign-ins at once would ask for 2 GB; four at a time keep both cores busy with 76 MB. They have threads of
# their own because a thread that has hashed holds on to its memory for as long as it lives.
_FOUR = ThreadPoolExecutor(4, thread_name_prefix="argon2")
# The hash of a thrown-away secret: whoever is unknown is verified against it, at the same cost as everyone else.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$B37Id9ioSozykH7DfsB/ig$GN5pY/LgxyiLLiefkPVoLMJy86qZU1nFzjULzOj7A3U"


def class_code() -> str:
    """A new class code: 40 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A class code as it was typed, without spaces, hyphens and small letters."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def pin() -> str:
    """A new PIN: six random digits."""
    return f"{secrets.randbelow(10**PIN_LENGTH):0{PIN_LENGTH}d}"


def token() -> str:
    """A new token for a cookie or an invitation: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(given: str) -> str:
    """What the database keeps of a token. It is random already, so a fast hash is enough."""
    return hashlib.sha256(given.encode("utf-8", "replace")).hexdigest()


def in_signs(digest: bytes, length: int) -> str:
    """The first bits of a digest in the alphabet of the class codes."""
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(length))


def slow_hash(secret: str) -> str:
    """The argon2id hash of a PIN or passphrase: 19 MiB, two passes, one lane."""
    return _FOUR.submit(_HASHER.hash, secret).result()


def slow_hashes(secrets_: Iterable[str]) -> list[str]:
    """The same for many, side by side."""
    return list(_FOUR.map(_HASHER.hash, secrets_))


def verify(hashed: str | None, secret: str) -> bool:
    """Whether a secret belongs to a hash; costs the same when there is no hash, and is then False."""
    try:
        right = _FOUR.submit(_HASHER.verify, hashed or _NOBODY, secret[:LONGEST_SECRET]).result()
    except (VerificationError, InvalidHashError):
        return False
    return right and hashed is not None

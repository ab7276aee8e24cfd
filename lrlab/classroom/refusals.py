"""What can be refused to a person: a closed set of reasons, each refusal with its sentence."""

from enum import Enum


class Reason(Enum):
    """Why something was not done."""

    SIGNED_OUT = "nobody is signed in, or no longer"
    WRONG = "name, code and secret do not fit together"
    LOCKED = "too many tries in too short a time"
    NOT_YOURS = "not this person's to see or to change"
    TAKEN = "the name is in use"
    CLOSED = "the class does not take this now"
    UNFIT = "the words or numbers given cannot be used"
    CHANGED = "it was changed by someone else meanwhile"
    UNREACHABLE = "the store did not answer"


class Refusal(Exception):  # noqa: N818 - an answer to a person, not a fault of the program
    """Nothing was done, and `sentence` says why: what happened, what was kept, what to do.

    `wait` is how many seconds to wait where waiting helps.
    """

    def __init__(self, reason: Reason, sentence: str, *, wait: int = 0) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence
        self.wait = wait

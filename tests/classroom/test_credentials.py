import threading

import pytest

from lrlab.classroom import credentials, names
from lrlab.classroom.refusals import Refusal


def test_the_alphabet_has_32_signs_that_nobody_mistakes():
    assert len(set(credentials.ALPHABET)) == len(credentials.ALPHABET) == 32
    assert not set("01IO") & set(credentials.ALPHABET)


def test_codes_pins_and_tokens_have_their_shape_and_differ():
    codes = {credentials.class_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 8 and set(code) <= set(credentials.ALPHABET) for code in codes)
    pins = {credentials.pin() for _ in range(200)}
    assert all(len(pin) == 6 and pin.isdecimal() for pin in pins)
    assert len(pins) > 190
    assert len({credentials.token() for _ in range(50)}) == 50
    assert len(credentials.token()) == 43  # 256 bits, six a sign


@pytest.mark.parametrize("typed", ["7F3KQ9PM", "7f3k-q9pm", " 7F3K Q9PM ", "7f3k.q9pm"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert credentials.read_code(typed) == "7F3KQ9PM"


def test_the_hash_is_argon2id_with_19_mib_two_passes_one_lane(real_hashing):
    hasher, nobody = real_hashing
    for hashed in (hasher.hash("123456"), nobody):
        assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_keeps_a_secret_and_knows_it_again():
    hashed = credentials.slow_hash("123456")
    assert "123456" not in hashed
    assert credentials.verify(hashed, "123456")
    assert not credentials.verify(hashed, "123457")
    assert not credentials.verify(None, "123456")
    assert not credentials.verify("no hash at all", "123456")


class FourTogether:
    """Stands in for argon2: nobody leaves before four are inside, and it remembers how many there were at most."""

    def __init__(self):
        self.inside = self.most = 0
        self.lock = threading.Lock()
        self.four = threading.Barrier(4)

    def hash(self, _secret):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.four.wait(timeout=10)
        with self.lock:
            self.inside -= 1
        return "hash"


def test_four_hash_at_once_and_no_fifth(monkeypatch):
    together = FourTogether()
    monkeypatch.setattr(credentials, "_HASHER", together)
    done = []
    threads = [threading.Thread(target=lambda: done.append(credentials.slow_hash("x"))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 20
    assert together.most == 4


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada   Weber ", "Ada Weber"),
        ("Zoe\u0308", "Zoë"),
        ("田中 さくら", "田中 さくら"),
        ("می‌خواهم", "می‌خواهم"),
        ("<b>Bobby</b>", "<b>Bobby</b>"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_name_is_kept_as_it_is_written(typed, kept):
    assert names.tidy(typed, "name") == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is empty"),
        ("  \t ", "is empty"),
        ("x" * 61, "61 characters"),
        ("ada\x00", "U+0000"),
        ("ada\u202eadew", "U+202E"),
        ("ada\u200b", "U+200B"),
        ("\ud800a", "U+D800"),
        ("…!", "signs"),
        ("ﷺ" * 60, "signs"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(typed, words):
    with pytest.raises(Refusal, match=words.replace("+", r"\+")):
        names.tidy(typed, "name")


def test_spellings_of_one_name_have_one_key():
    spellings = ["Zoë Weber", "ZOË  WEBER", "Zoe\u0308 weber", "Ｚｏë Ｗeber"]
    assert {names.key(spelling) for spelling in spellings} == {"zoë weber"}
    assert names.key("Straße") == names.key("STRASSE")

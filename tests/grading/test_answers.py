"""Reading numbers as people write them, and refusing what is none with a sentence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.grading.answers import LONGEST_ANSWER, Refusal, read, read_option


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.05", 0.05),
        ("0,05", 0.05),
        ("5e-2", 0.05),
        ("5E-2", 0.05),
        (" .05 ", 0.05),
        (",05", 0.05),
        ("\u00a00.05\t", 0.05),
        ("5·10^-2", 0.05),
        ("5 × 10⁻²", 0.05),
        ("5*10^(-2)", 0.05),
        ("5x10^-2", 0.05),
        ("1/20", 0.05),
        ("1 / 20", 0.05),
        ("0,5/10", 0.05),
        ("10^-3", 0.001),
        ("10⁻³", 0.001),
        ("+3", 3.0),
        ("-3", -3.0),
        ("−3", -3.0),
        ("7.", 7.0),
        ("1.000", 1.0),
        ("0,125", 0.125),
        ("1,5", 1.5),
        ("1234,5", 1234.5),
        ("1000", 1000.0),
        ("0", 0.0),
        ("0e-999", 0.0),
        ("１２", 12.0),
        ("٠٫٠٥", 0.05),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert read(text) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing was typed"),
        ("   ", "Nothing was typed"),
        ("nan", "not a finite number"),
        ("NaN", "not a finite number"),
        ("inf", "not a finite number"),
        ("-Infinity", "not a finite number"),
        ("∞", "not a finite number"),
        ("1e400", "too large"),
        ("10^400", "too large"),
        ("1e-400", "takes it for zero"),
        ("1/0", "divides by zero"),
        ("fast", "not a number I can read"),
        ("alpha = 0.05", "not a number I can read"),
        ("0x10", "not a number I can read"),
        ("1_000", "not a number I can read"),
        ("--1", "not a number I can read"),
        ("1e", "not a number I can read"),
        (".", "not a number I can read"),
        ("²", "not a number I can read"),
        ("2*3", "not a number I can read"),
        ("__import__('os')", "not a number I can read"),
        ("0.1 0.2", "more than one number"),
        ("0.1, 0.2", "more than one number"),
        ("0.1;0.2", "more than one number"),
        ("0.1 or 0.2", "more than one number"),
        ("0.1 to 0.2", "more than one number"),
        ("1/2/3", "more than one number"),
        ("1 000", "more than one number"),
        ("5 %", "without the per cent sign"),
        ("1,234.5", "which mark is the decimal point"),
        ("1.234.567", "which mark is the decimal point"),
        ("0" * 1_000_000, "more than 60 characters"),
        ("\x00", "not a number I can read"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence(text, words):
    refusal = read(text)
    assert isinstance(refusal, Refusal)
    assert words in refusal.sentence
    assert len(refusal.sentence) < 140


@pytest.mark.parametrize(
    ("text", "one", "thousand"),
    [("1,000", "1.000", "1000"), ("12,345", "12.345", "12345"), ("-1,000", "-1.000", "-1000")],
)
def test_a_comma_before_three_digits_is_asked_about(text, one, thousand):
    refusal = read(text)
    assert isinstance(refusal, Refusal)
    assert f"{one} or {thousand}" in refusal.sentence


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_comes_back_as_python_writes_it(number):
    assert read(repr(number)) == number


@given(
    st.floats(min_value=1e-12, max_value=1e12).map(lambda number: f"{number:.6f}"),
    st.sampled_from(["", " ", "\t", "\u202f"]),
)
def test_a_decimal_comma_is_a_decimal_point(text, space):
    assert read(space + text.replace(".", ",") + space) == float(text)


@given(st.text() | st.text(alphabet="0123456789.,eE+-/·×^ ()%⁻²", max_size=20))
def test_no_text_whatever_raises_and_what_is_read_is_finite(text):
    answer = read(text)
    assert isinstance(answer, Refusal) or math.isfinite(answer)


@given(st.text(min_size=LONGEST_ANSWER + 1, max_size=5 * LONGEST_ANSWER))
def test_whatever_is_longer_than_a_number_is_refused(text):
    assert isinstance(read(text), Refusal)


@given(st.text(), st.lists(st.sampled_from(["glides", "zigzags", "leaves"]), min_size=1, unique=True))
def test_an_option_is_one_of_those_on_offer(text, options):
    answer = read_option(text, options)
    assert answer in options or isinstance(answer, Refusal)


@pytest.mark.parametrize("text", ["leaves", " Leaves ", "LEAVES"])
def test_an_option_is_known_by_its_name(text):
    assert read_option(text, ("glides", "leaves")) == "leaves"


@pytest.mark.parametrize(
    ("text", "words"), [("", "Nothing was chosen"), ("flies", "none of the answers on offer")]
)
def test_no_option_is_refused_with_the_names_of_those_there_are(text, words):
    refusal = read_option(text, ("glides", "leaves"))
    assert isinstance(refusal, Refusal)
    assert words in refusal.sentence
    assert "glides, leaves" in refusal.sentence

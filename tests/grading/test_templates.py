"""Numbers in prose and LaTeX, and nothing else."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlab.grading.templates import complaints, fill, names, shown, unknown

NUMBERS = {"rate": 0.05, "steps": 12.0, "side": "above 2"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{rate}", "0.05"),
        ("{steps} steps", "12 steps"),
        ("{rate:.3f}{steps:d}", "0.05012"),
        ("{side}", "above 2"),
        (r"$\alpha = {rate}$", r"$\alpha = 0.05$"),
        (r"$\frac{1}{2}$", r"$\frac{1}{2}$"),
        (r"$\frac{{rate}}{2}$", r"$\frac{0.05}{2}$"),
        (r"$\frac{2}{{rate}}$", r"$\frac{2}{0.05}$"),
        (r"$x^{{steps}}$, $x^{steps}$", r"$x^{12}$, $x^{steps}$"),
        (r"$\text{loss}$, $\mathbf{x}_{max}$", r"$\text{loss}$, $\mathbf{x}_{max}$"),
        (r"$\sqrt[3]{x}$", r"$\sqrt[3]{x}$"),
        (r"$\{1, 2\}$", r"$\{1, 2\}$"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_name_in_braces_is_a_number_and_latex_keeps_its_own_braces(template, text):
    assert fill(template, NUMBERS) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (2.0, "2"),
        (-3.0, "-3"),
        (1e-5, "1e-5"),
        (1.5e-7, "1.5e-7"),
        (0.00012345678, "0.0001235"),
        (1 / 3, "0.3333"),
        (123.45, "123.45"),
        (1234.5678, "1235"),
        (999999.6, "1000000"),
        (3e8, "3e8"),
        (1.23456789e300, "1.235e300"),
        ("a word", "a word"),
    ],
)
def test_numbers_are_shown_with_the_digits_that_matter(number, text):
    assert shown(number) == text


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{rat}", "did you mean 'rate'?"),
        ("{nothing_like_it}", "known are rate, side, steps"),
        ("{rate.__class__}", "is not a name"),
        ("{rate[0]}", "is not a name"),
        ("{rate!r}", "is not a name"),
        ("{rate:>99999999}", "has a format that is not allowed"),
        ("{side:.2f}", "side is a word"),
        (r"$\alpha{rate}$", "is LaTeX's own brace"),
        (r"$x^{steps}$", "is LaTeX's own brace"),
    ],
)
def test_whatever_is_not_a_named_number_is_complained_about(template, words):
    (complaint,) = complaints(template, NUMBERS, {"side"})
    assert words in complaint


def test_a_good_template_has_no_complaints_and_says_its_names():
    template = r"$\tfrac{1}{2}\,{rate:.2g}\,\theta^2$ after {steps:d} steps"
    assert list(complaints(template, NUMBERS)) == []
    assert list(names(template)) == ["rate", "steps"]


@given(st.text(alphabet=r"{}\_^:.![]abrte $01", max_size=40))
def test_a_template_without_complaints_can_always_be_filled(template):
    if not list(complaints(template, NUMBERS, {"side"})):
        assert isinstance(fill(template, NUMBERS), str)


@given(st.floats(min_value=-1e300, max_value=1e300))
def test_what_is_shown_is_the_number_to_a_few_digits(number):
    assert math.isclose(float(shown(number)), number, rel_tol=5e-4, abs_tol=1e-300)


def test_an_unknown_name_brings_the_nearest_known_one():
    assert unknown("kind", "chioce", ("rate", "choice")) == "unknown kind 'chioce'; did you mean 'choice'?"
    assert "known are none" in unknown("name", "rate", ())
    assert len(unknown("field", "x" * 10_000, ("title",))) < 200

"""What a teacher sees of a file before it is in the course."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.grading import judge
from lrlab.grading.load import LARGEST_FILE
from lrlab.grading.preview import preview


def test_a_sound_file_is_proved_and_sampled(files):
    seen = preview(files["rate"].encode(), "mine/first", variants=5)
    assert seen.faults == ()
    assert (seen.exercise.slug, seen.proof.variants, seen.proof.solvable) == ("mine/first", 5, True)
    assert len({sample.variant.prompt for sample in seen.samples}) == 3
    for sample in seen.samples:
        assert judge(sample.variant, sample.solution).passed


def test_the_door_lies_on_the_response_curve(files):
    sample = preview(files["rate"].encode(), variants=1).samples[0]
    curvature = sample.variant.numbers["curvature"]
    curve = sample.response
    # (1 ± .01^(1/10))/λ
    ((low, high),) = curve.openings
    assert (low * curvature, high * curvature) == pytest.approx((0.369, 1.631), abs=1e-3)
    assert (curve.measure, curve.bar) == ("steps", 10)
    for rate, steps in zip(curve.rates, curve.values, strict=True):
        if abs(rate / low - 1) > 0.01 and abs(rate / high - 1) > 0.01:
            assert (steps <= curve.bar) == (low < rate < high)


def test_kinds_without_a_rate_have_no_curve(files):
    assert preview(files["choice"].encode(), variants=1).samples[0].response is None


def test_an_unsound_file_is_shown_with_its_faults(files):
    seen = preview(files["rate"].replace("to = 0.7", "to = 0.61").encode(), variants=3)
    assert [fault.field for fault in seen.faults] == ["task.door"]
    assert len(seen.samples) == 3


@pytest.mark.parametrize(
    ("raw", "field", "words"),
    [
        (b"title = ", "line 1, column 9", "this is not TOML"),
        (b"\xff\xfe", "byte 0", "is not UTF-8 text"),
        (b"#" * (LARGEST_FILE + 1), "-", "bytes; an exercise has at most"),
        (b"#" * 10_000_000, "-", "has 10,000,000 bytes"),
        (b"a = " + b"[" * 60_000, "line 1", "break it before"),
        (b"", "title", "is missing"),
    ],
)
def test_what_cannot_be_read_is_said_by_field(raw, field, words):
    seen = preview(raw)
    assert (seen.exercise, seen.proof, seen.samples) == (None, None, ())
    assert any(fault.field == field and words in fault.reason for fault in seen.faults)


@settings(max_examples=40, deadline=None)
@given(raw=st.binary(max_size=200))
def test_no_bytes_whatever_raise(raw):
    assert preview(raw, variants=1).faults

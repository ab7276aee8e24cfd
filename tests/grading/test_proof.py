"""A sound exercise is proved; each way of being unsound is found and named."""

import pytest

from lrlab.grading.proof import prove

SEEDS = 8


@pytest.mark.parametrize("kind", ["rate", "number", "choice", "predict"])
def test_a_sound_exercise_is_proved(made, kind):
    proof = prove(made(kind), SEEDS)
    assert proof.faults == ()
    assert (proof.slug, proof.kind, proof.variants) == ("chapter/test", kind, SEEDS)


def test_the_proof_of_a_rate_exercise_knows_its_door(made):
    proof = prove(made("rate"), SEEDS)
    # (1 ± .01^(1/10))/λ: the same width for every curvature
    assert proof.doors == pytest.approx((0.6455, 0.6455, 0.6455), abs=1e-3)
    assert proof.guess == pytest.approx(0.6455 / 5, abs=1e-3)
    # one step at 1/λ; |1 − αλ|^t ≤ .01 takes 5 steps from αλ = .602 on, half of the door on a log scale
    assert (proof.best, proof.par, proof.solvable) == (1, 5, True)


def test_other_kinds_have_no_door(made):
    proof = prove(made("number"), SEEDS)
    assert (proof.doors, proof.guess, proof.best, proof.par) == (None, None, None, None)


UNSOUND = [
    ("rate", [("tolerance = 0.01", "tolerance = 1e-300")], "task.budget: cannot be solved"),
    ("rate", [("from = 0.6, to", "from = 0.65, to")], "task.door: the door is narrower than the 0.65 to 0.7"),
    ("rate", [("to = 0.7", "to = 0.61")], "task.door: the door is wider than the 0.6 to 0.61"),
    ("rate", [("low = 0.001, high = 100", "low = 0.2, high = 5"), ("start = 0.001", "start = 0.2")],
     "task.slider: blind guessing passes with a probability above 0.35"),
    ("rate", [("points = 1", "points = 1\nhard = true"), ("low = 0.001, high = 100", "low = 0.001, high = 10")],
     "task.slider: blind guessing passes with a probability above 0.15"),
    ("rate", [("start = 0.001 }", "start = 0.8 }")], "task.slider.start: passes untouched"),
    ("rate", [('below = "limit"', "below = -1")], "mistakes.1: no answer brings the message of 'too-small'"),
    ("rate", [('above = "limit"', 'above = "limit"\noutcome = "stuck"')], "mistakes.0: no answer brings the message"),
    ("rate", [('answer = "50"', 'answer = "1"')], "self_test.wrong.1.answer: is meant to be wrong and passes"),
    ("rate", [('malformed = ["", "fast"]', 'malformed = ["", "0,1"]')],
     "self_test.malformed.1: '0,1' is taken for an answer"),
    ("number", [("relative = 0.05", "relative = 0.000001")], "task.answer: cannot be solved: the right number fails"),
    ("number", [('value = "half"', 'value = "limit"')], "mistakes.0: no answer brings the message of 'half'"),
    ("number", [('answer = "100"', 'answer = "lots"')], "self_test.wrong.2.answer: is refused as no answer"),
    ("number", [('answer = "100"', 'answer = "{half}"')],
     "self_test.wrong.2.mistake: the message that comes back is of 'half'"),
    ("number", [('answer = "100"', 'answer = "-7"')],
     "self_test.wrong.2.mistake: the message that comes back is of no known mistake"),
    ("choice", [('option = "unclear"', 'option = "unclear"\ntruth = "converged"')],
     "mistakes: nothing is said to 'unclear' where 'crawling' is right"),
    ("choice", [("choices = [3, 50]", "choices = [50, 60]"), ("{ steps = 3 }", "{ steps = 60 }")],
     "mistakes.0: no answer brings the message of 'not-yet'"),
    ("choice", [('name = "converged"', 'name = "arrived"'), ('"converged"\nmisc', '"arrived"\nmisc'),
                ('answer = "converged"', 'answer = "arrived"')],
     "task.options: cannot be solved: what comes true is 'converged'"),
    ("predict", [('["converged"]', '["stuck"]')], "task.options: cannot be solved: what comes true is None"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "words"), UNSOUND)
def test_what_is_unsound_is_named_by_file_field_and_reason(made, kind, changes, words):
    faults = [str(fault) for fault in prove(made(kind, *changes), SEEDS).faults]
    assert any(fault.startswith(f"chapter/test.toml: {words}") for fault in faults), faults


def test_a_fault_says_on_how_many_variants_it_was_found(made):
    (fault,) = prove(made("rate", ("to = 0.7", "to = 0.61")), SEEDS).faults
    assert fault.reason.endswith("(on 8 of 8 variants, first on seed 0)")


def test_a_formula_without_a_value_on_some_variant_is_a_fault_and_not_a_traceback(made):
    exercise = made(
        "number",
        ("{ low = 2, high = 8 }", "{ choices = [2, 0.5, 3, 4] }"),
        ('"largest_stable_rate", c', '"steps_to_grow", factor = 10, rate = 2, c'),
    )
    faults = [str(fault) for fault in prove(exercise, 30).faults]
    assert any(
        "parameters: a learner's numbers do not work out: values.limit" in fault for fault in faults
    ), faults

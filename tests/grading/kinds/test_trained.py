"""Kinds that are judged by real trainings: held against `fit` called here, and against the finder's own rules."""

import numpy as np
import pytest

from lrlab.finder import range_test, suggestions
from lrlab.grading import Refusal, form, judge, read, shown, stars, variant, write
from lrlab.grading.judging import probe
from lrlab.grading.kinds import budget
from lrlab.grading.load import Unreadable
from lrlab.grading.proof import prove
from lrlab.training import fit, load


def reached(data, model, batch_size, epochs, seed, rates):
    training = fit(load(data), model, "sgd", rates, batch_size, epochs=epochs, seed=seed)
    return training.validation_losses[:, -1]


@pytest.fixture(scope="module")
def finder(begun):
    return variant(begun("finder"), 0, {"seed": 2.0})


@pytest.fixture(scope="module")
def batch(begun):
    return variant(begun("batch"), 0, {"known": 16.0, "seed": 0.0})


@pytest.fixture(scope="module")
def trials(begun):
    return variant(begun("budget"), 0, {"seed": 0.0})


def test_the_curve_to_read_is_a_real_range_test(finder):
    test = range_test(load("breast_cancer"), "hidden", batch_size=16, seeds=(2,))
    length = int(test.lengths[0])
    assert finder.exhibit.across == tuple(test.rates[:length].tolist())
    assert finder.exhibit.losses == tuple(test.losses[0, :length].tolist())


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.3, 0.5, 2.0, 50.0])
def test_a_rate_passes_within_ten_per_cent_of_the_best_of_the_grid(finder, rate):
    best = reached("breast_cancer", "hidden", 16, 4, 2, np.geomspace(1e-4, 100, 37)).min()
    mine = reached("breast_cancer", "hidden", 16, 4, 2, [rate])[0]
    verdict = judge(finder, rate)
    assert verdict.passed == (mine <= 1.1 * best)
    assert verdict.evidence["loss"] == pytest.approx(mine, rel=1e-9)
    assert verdict.evidence["bar"] == pytest.approx(1.1 * best, rel=1e-9)


def test_the_lowest_point_is_known_where_it_fails(finder):
    test = range_test(load("breast_cancer"), "hidden", batch_size=16, seeds=(2,))
    lowest = next(one.rate for one in suggestions(test) if one.rule == "minimum")
    assert judge(finder, lowest).outcome == "at_minimum"
    assert judge(finder, lowest * 5).outcome == "too_high"
    assert judge(finder, 1e-5).mistake == "far-too-low"


def test_after_a_pass_the_best_possible_is_said(finder):
    verdict = judge(finder, "0.3")
    assert "Validation loss: yours" in verdict.message
    assert stars(verdict) in (1, 2, 3)
    assert verdict.best <= verdict.yours <= verdict.evidence["bar"]


def test_the_training_stands_on_the_response_curve(finder):
    picture = shown(finder, 0.3)
    assert picture.chosen[0] == (0.3, judge(finder, 0.3).evidence["loss"])
    assert picture.best[1] == min(picture.losses)
    assert len(picture.rates) == 37


def test_the_response_at_the_known_batch_size_is_shown(batch):
    rates = np.geomspace(0.01, 100, 25)
    assert batch.exhibit.kind == "response"
    assert batch.exhibit.losses == pytest.approx(reached("digits", "linear", 16, 4, 0, rates))


def test_what_people_do_with_the_old_rate_is_known(batch):
    old = batch.exhibit.across[int(np.argmin(batch.exhibit.losses))]
    for rate, outcome in [(old, "kept"), (2 * old, "square_root"), (old / 30, "too_low"), (90.0, "too_high")]:
        verdict = judge(batch, rate)
        assert (verdict.outcome, verdict.passed) == (outcome, False)
    # Four times the batch: the linear rule proposes four times the rate, and that trains well here.
    assert judge(batch, 4 * old).passed


@pytest.mark.parametrize("kind", ["finder", "batch"])
@pytest.mark.parametrize("text", ["", "0", "-1", "nan", "1 2", "fast"])
def test_what_is_no_rate_is_refused(request, kind, text):
    reading = read(request.getfixturevalue(kind), text)
    assert isinstance(reading, Refusal)
    assert reading.sentence.endswith(".")


def test_regret_is_the_best_trial_against_the_best_of_the_grid(trials):
    rates = (0.01, 0.1, 1.0, 10.0)
    grid = reached("moons", "hidden", 16, 4, 0, np.geomspace(1e-4, 100, 37))
    mine = reached("moons", "hidden", 16, 4, 0, rates)
    verdict = judge(trials, rates)
    assert verdict.evidence["regret"] == pytest.approx(mine.min() / grid.min() - 1, rel=1e-6)
    assert verdict.passed == (mine.min() <= 1.05 * grid.min())
    assert [probe(trials, rate) for rate in rates] == pytest.approx(mine.tolist())


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("20 ; 40 ; 60 ; 80 ; 100", "plain_scale"),
        ("0.001 ; 0.002 ; 0.003 ; 0.004 ; 0.009", "crowded"),
        ("0.0001 0.001 0.01", "all_low"),
        ("0.01 ; 100", "missed"),
        ("10 ; 100 ; 30 ; 20", "all_high"),
        ("1.5", "found"),
    ],
)
def test_ways_of_spending_trials_have_names(trials, text, outcome):
    assert judge(trials, text).outcome == outcome


def test_a_practised_search_does_not_spend_more_than_there_is(trials):
    tried = budget.search(trials.task, trials)
    assert len(tried) == 5
    assert read(trials, write(trials, tried)) == tried


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing was typed"),
        ("1 ; 2 ; 3 ; 4 ; 5 ; 6", "That is 6 rates. At most 5"),
        ("0.1 ; 1000", "1000 is outside what may be tried, which is from 0.0001 to 100"),
        ("0.1 ; x", "Number 2 of 2: That is not a number"),
    ],
)
def test_trials_that_cannot_be_spent_are_refused(trials, text, words):
    reading = read(trials, text)
    assert isinstance(reading, Refusal)
    assert words in reading.sentence
    assert read(trials, form(trials).text(["0,1", "1"])) == (0.1, 1.0)


LESSONS = [
    ("finder", '"breast_cancer"', '"breast_cancr"', "task.lesson.data: unknown data set 'breast_cancr'; did you mean"),
    ("finder", "epochs = 4", "epochs = 5000", "task.lesson.epochs: can make 130000 updates on breast_cancer; at most"),
    ("finder", "epochs = 4", "epochs = 0", "task.lesson.epochs: can be 0; at least 1 is needed"),
    ("finder", "count = 37", "count = 51", "task.lesson.grid.count: is 51; it must be less than or equal to 50"),
    ("finder", "low = 1e-4", "low = 0", "task.lesson.grid.low: is 0; it must be greater than 0"),
    ("finder", 'model = "hidden"', 'model = "hiden"', "task.lesson.model: unknown model 'hiden'"),
    ("finder", "seed = \"seed\"", "seed = -1", "task.lesson.seed: can be -1; at least 0 is needed"),
    ("batch", 'model = "linear"\nbatch_size = 64\nepochs = 4', 'model = "hidden"\nbatch_size = 8\nepochs = 50',
     "task.lesson: a grid on digits would take"),
    ("batch", "batch_size = 64", 'batch_size = "known"', "known_batch_size is the batch size of the lesson"),
    ("budget", "trials = 5", "trials = 51", "task.trials: is 51; it must be less than or equal to 50"),
    ("budget", "[task.lesson]", "[task.lesson]\ncoefficients = { beta = 1 }", "task.lesson.coefficients.beta: unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "words"), LESSONS)
def test_a_lesson_that_does_not_fit_or_costs_too_much_is_refused(begun, kind, old, new, words):
    with pytest.raises(Unreadable) as caught:
        begun(kind, (old, new))
    assert words in str(caught.value)


def test_a_door_outside_the_claim_is_a_fault(begun):
    faults = [str(fault) for fault in prove(begun("batch", ("to = 0.7", "to = 0.2")), 2).faults]
    assert any(
        "task.door: the door is wider than the 0.1 to 0.2 decades claimed" in fault for fault in faults
    )

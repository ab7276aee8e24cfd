"""The finder's lab: a real range test, the rules side by side, a rate of one's own, and its verification."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lrlab.charts.range_test import range_test_chart
from lrlab.charts.verification import verification_chart
from lrlab.descent import OPTIMIZERS
from lrlab.finder.range_test import RangeTest, range_test
from lrlab.finder.suggest import Suggestion, suggestions
from lrlab.finder.verify import Finding, Verification, verify
from lrlab.training import DATA_SETS, Data, load
from lrlab.training.sklearn_sgd import estimator_for
from lrlab.ui import own_file, pictures, reflections
from lrlab.ui.controls import bound, rates_between
from lrlab.ui.long_work import Progress, done

PAGE = "lr_finder"
LOW, HIGH, STEPS = 1e-5, 100.0, 100
OWN = "own"
MODELS = {
    "linear": "Softmax or linear regression",
    "hidden": "One hidden layer of 32 (tanh)",
    "sgd_estimator": "scikit-learn's SGDClassifier or SGDRegressor",
}
RULES = ("sgd", "momentum", "adam")


@dataclass(frozen=True)
class Settings:
    """What a range test is run on, as names and numbers; `own` tells a student's file from any other."""

    data: str
    model: str
    batch_size: int
    ramps: int
    optimizer: str = "sgd"
    own: str = ""


def choose(page: str) -> Settings | None:
    """The controls of a range test; None until there are data to test on."""
    one, two = st.columns([4, 5])
    titles = {name: load(name).title for name in DATA_SETS} | {OWN: "Your own CSV file"}
    data = bound(one.selectbox, "Data", tuple(titles), format_func=titles.__getitem__, key=f"{page}.data")
    model = bound(two.selectbox, "Model", tuple(MODELS), format_func=MODELS.__getitem__, key=f"{page}.model")
    three, four, five = st.columns([4, 2, 2])
    estimator = model == "sgd_estimator"
    optimizer = bound(
        three.selectbox,
        "Optimizer",
        RULES,
        format_func=lambda name: OPTIMIZERS[name].title,
        key=f"{page}.optimizer",
        disabled=estimator,
        help="scikit-learn's estimators bring their own rule, plain SGD." if estimator else None,
    )
    batch_size = bound(four.selectbox, "Batch size", (64, 16, 32, 128), key=f"{page}.batch_size")
    ramps = bound(five.selectbox, "Seeds", (3, 1, 5), key=f"{page}.seeds")
    own = own_file.ask(page) if data == OWN else ""
    if data == OWN and not own:
        return None
    return Settings(data, model, batch_size, ramps, "sgd" if estimator else optimizer, own)


def data_of(settings: Settings) -> Data:
    """The data that the settings name."""
    return own_file.data(PAGE, settings.own) if settings.data == OWN else load(settings.data)


def model_of(settings: Settings) -> Any:
    """The model that the settings name, as the finder takes it."""
    return estimator_for(data_of(settings)) if settings.model == "sgd_estimator" else settings.model


def tested(settings: Settings) -> tuple[RangeTest, tuple[Suggestion, ...]]:
    """The range test and what every rule says about it."""

    def work(progress: Progress) -> tuple[RangeTest, tuple[Suggestion, ...]]:
        test = range_test(
            data_of(settings),
            model_of(settings),
            settings.optimizer,
            low=LOW,
            high=HIGH,
            steps=STEPS,
            batch_size=settings.batch_size,
            seeds=range(settings.ramps),
            progress=progress,
        )
        return test, suggestions(test)

    return done("range test", settings, "Ramping the rate up, one mini-batch at a time", work)


def verified(settings: Settings, rate: float) -> Verification:
    """Short real trainings at and around a rate."""
    return done(
        "verification",
        (settings, rate),
        "Training at ÷10, ÷3, ×1, ×3 and ×10, three seeds each",
        lambda progress: verify(
            data_of(settings),
            model_of(settings),
            rate,
            settings.optimizer,
            batch_size=settings.batch_size,
            progress=progress,
        ),
    )


def run(settings: Settings) -> None:
    """Draw the test and list what the rules make of it."""
    test, rules = tested(settings)
    pictures.show("lr_finder.test", range_test_chart, test, rules)
    st.caption(f"Why the test ended: {test.stop_reason}")
    if settings.model == "sgd_estimator":
        st.info(
            "A step here is one call of `partial_fit`, and that makes one update **per row**, whatever the chunk. "
            "The batch size only says how many rows go by before the rate moves on.",
            icon=":material/info:",
        )
    st.dataframe(
        [
            {
                "rule": rule.title,
                "rate": f"{rule.rate:.3g}" if rule.rate is not None else "–",
                "over the seeds": "–"
                if rule.low is None or rule.high is None
                else f"{rule.low:.2g} to {rule.high:.2g}",
                "reading": rule.sentence,
            }
            for rule in rules
        ],
        hide_index=True,
        width="stretch",
    )


def choose_rate(page: str) -> float:
    """The student's own choice, on a log slider of round numbers."""
    rates = rates_between(1e-4, 30.0, 60)
    return float(
        bound(
            st.select_slider,
            "Your rate",
            rates,
            value=0.1,
            format_func=lambda rate: f"{rate:g}",
            key=f"{page}.rate",
        )
    )


def check(settings: Settings, rate: float) -> None:
    """Train at the student's rate and around it, and say whether it holds."""
    verification = verified(settings, rate)
    pictures.show("lr_finder.verification", verification_chart, verification)


_SEEN = {
    "HOLDS": "My rate did as well as any other.",
    "TOO_LOW": "A larger rate did better.",
    "TOO_HIGH": "A smaller rate did better.",
    "UNCLEAR": "Another rate was ahead, but not in every training.",
    "DIVERGES": "My rate was lost in at least one training.",
    "NOTHING_LEARNS": "None of the rates learned anything.",
}


def observe(page: str, settings: Settings, rate: float) -> None:
    """Ask what the verification showed, and check the eye against it."""
    verification = verified(settings, rate)
    reflections.observe(page, _SEEN, verification.finding.name, verification.sentence, run=f"{rate:g}")
    with st.expander("What the numbers say", icon=":material/troubleshoot:"):
        st.markdown(verification.sentence)


def compare(page: str, options: Mapping[str, str]) -> None:
    """Train around the minimum of a range test on the digits, and hold the prediction against what comes out."""
    settings = Settings(data="digits", model="linear", batch_size=64, ramps=3)
    minimum = next(rule.rate for rule in tested(settings)[1] if rule.rule == "minimum")
    if minimum is None:
        return
    verification = verified(settings, minimum)
    where = {Finding.HOLDS: "at", Finding.UNCLEAR: "at", Finding.TOO_LOW: "above"}.get(
        verification.finding, "below"
    )
    reflections.compare(page, options, where, f"Trained and counted: {verification.sentence}")


def code(settings: Settings, rate: float) -> None:
    """The lines that did it, and the same in PyTorch, with the student's numbers."""
    with st.expander("The code that did this", icon=":material/code:"):
        mine, torch = st.tabs(["This lab", "PyTorch"])
        mine.code(lab_code(settings, rate))
        torch.code(_TORCH.format(settings=settings, rate=rate, optimizer=_OPTIMIZER[settings.optimizer]))


def lab_code(settings: Settings, rate: float) -> str:
    """The test, the rules and the verification as a script."""
    loaded = _OWN_DATA if settings.data == OWN else f'data = load("{settings.data}")'
    model = "estimator_for(data)" if settings.model == "sgd_estimator" else f'"{settings.model}"'
    return _LAB.format(loaded=loaded, model=model, settings=settings, rate=rate)


_OWN_DATA = """\
table = read_table(open("your file.csv", "rb").read())
data = own_data(table, "the column to learn").data"""
_LAB = """\
from lrlab.finder import range_test, suggestions, verify
from lrlab.training import load
from lrlab.training.own_data import own_data
from lrlab.training.sklearn_sgd import estimator_for
from lrlab.training.table import read_table

{loaded}
test = range_test(data, {model}, "{settings.optimizer}", low=1e-5, high=100, steps=100,
                  batch_size={settings.batch_size}, seeds=range({settings.ramps}))
for rule in suggestions(test):
    print(rule.title, rule.rate, rule.sentence)
print(verify(data, {model}, {rate!r}, "{settings.optimizer}", batch_size={settings.batch_size}).sentence)
"""
_OPTIMIZER = {
    "sgd": "SGD(model.parameters(), lr=1e-5)",
    "momentum": "SGD(model.parameters(), lr=1e-5, momentum=0.9)",
    "adam": "Adam(model.parameters(), lr=1e-5)",
}
_TORCH = """\
# model, loss_of and batches are yours. Save the state first and load it afterwards.
import copy
import torch

before = copy.deepcopy(model.state_dict())
optimizer = torch.optim.{optimizer}
rates = torch.logspace(-5, 2, 100, dtype=torch.float64)   # both ends included
losses = []
for rate, (x, y) in zip(rates, batches(batch_size={settings.batch_size})):
    optimizer.param_groups[0]["lr"] = float(rate)
    optimizer.zero_grad()
    loss = loss_of(model(x), y)
    losses.append(loss.item())          # the raw loss, before the update
    if not torch.isfinite(loss):
        break
    loss.backward()
    optimizer.step()
model.load_state_dict(before)           # training afterwards starts where it would have
# Plot losses against rates on a log axis. Then verify: short runs at {rate:g} / 10, / 3, x 1, x 3, x 10.
"""

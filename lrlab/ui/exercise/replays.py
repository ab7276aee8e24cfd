"""What an answer led to, to be looked at: the run in the player, or the curves and trainings on a chart."""

import streamlit as st

from lrlab.charts.answers import curves_chart, trained_chart
from lrlab.grading.evidence import Curve, Curves, Evidence, Response, Walked
from lrlab.ui import pictures
from lrlab.ui.player import pack, play, rates_that_fit


def replay(evidence: Evidence, key: str, *, revealed: bool) -> None:
    """Draw what the verdict speaks of; what would give the answer away only when `revealed`."""
    match evidence:
        case Walked():
            _walked(evidence, key)
        case Curves():
            pictures.show(key, curves_chart, evidence)
            if evidence.rates:
                rates = Curves(evidence.across, "rate α", evidence.rates, log=False)
                pictures.show(f"{key}.rates", curves_chart, rates, height=200)
        case Response():
            pictures.show(key, trained_chart, evidence, revealed=revealed)


def _walked(walked: Walked, key: str) -> None:
    """The runs in the player; runs that are too long for it as their losses alone."""
    run, several = walked.run, len(walked.names) > 1
    names = [
        f"{name}, α = {rate:.4g}" for name, rate in zip(walked.names, run.rates[:, 0].tolist(), strict=True)
    ]
    if rates_that_fit(run.rates.shape[1]) < len(names):
        across = tuple(map(float, range(run.losses.shape[1])))
        curves = [
            Curve(name, across, tuple(losses))
            for name, losses in zip(names, run.losses.tolist(), strict=True)
        ]
        pictures.show(key, curves_chart, Curves("step", "loss", tuple(curves)))
        return
    if not several:
        st.caption(f"{names[0][:1].upper()}{names[0][1:]}. Play it, or move the step.")
    play(
        pack(run, endings=walked.endings, labels=names if several else None),
        key=key,
        step=0,
        compare=names if several else (),
        drag_start=False,
        show_ending=several,
    )

"""The search page's labs: throws on a known curve, draws, a search by hand, and three searches on one bill."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lrlab.finder.spaces import SPACES
from lrlab.training import fit, load
from lrlab.ui import own_search, search_lab, throw_lab
from lrlab.ui.search_lab import Ground, Race, Settings


def throws():
    from lrlab.ui import throw_lab

    throw_lab.throw("page")
    throw_lab.draws("page")


def by_hand():
    from lrlab.ui import own_search

    own_search.play("page")


def lab():
    from lrlab.ui import search_lab

    settings = search_lab.choose("page")
    search_lab.run("page", settings)
    search_lab.observe("page", settings)
    search_lab.code(settings)


def opened(page, **query):
    at = AppTest.from_function(page, default_timeout=60)
    for key, value in query.items():
        at.query_params[f"page.{key}"] = value
    at.run()
    assert not at.exception, at.exception
    return at


def said(at):
    return " ".join(text.value for text in at.markdown)


def button(at, label):
    return next(each for each in at.button if each.label.startswith(label))


def test_fact_38_a_throw_names_its_winner_and_says_what_either_scale_is_worth():
    at = opened(throws)
    assert "Lowest loss of this throw: grid" in said(at)
    assert "wins" in said(at)
    words = said(at).split("**")
    at_log = words.index(" on a log scale and ")
    by_log, plain = float(words[at_log - 1]), float(words[at_log + 1])
    assert by_log < plain / 2
    assert "= 0.954$" in said(at)  # sixty draws and the best twentieth


def test_fact_38_random_wins_three_times_in_four():
    assert throw_lab.share_of_random() == pytest.approx(0.74, abs=0.03)


def test_a_throw_is_the_same_for_the_same_number_and_another_for_the_next():
    at = opened(throws, throw="7")
    first = said(at)
    assert said(opened(throws, throw="7")) == first
    at.number_input[0].set_value(8).run()
    assert not at.exception
    assert said(at) != first


def test_a_search_by_hand_counts_what_it_spends_and_shows_the_map_at_the_end():
    at = opened(by_hand)
    assert [metric.value for metric in at.metric] == ["12 of 12", "0", "1,296"]
    assert not at.get("vega_lite_chart")
    button(at, "Train once").click().run()
    assert [metric.value for metric in at.metric] == ["11 of 12", "108", "1,188"]
    assert "Your best:" in said(at)
    assert "Different rates so far: 1" in said(at)
    for rate in own_search.RATES[20:31]:
        at.select_slider(key="page.my_rate").set_value(rate)
        button(at, "Train once").click().run()
        assert not at.exception
    assert [metric.value for metric in at.metric] == ["0 of 12", "1,296", "0"]
    assert button(at, "Train once").disabled
    assert "The lowest cell of the map, for which 91 trainings were paid" in said(at)
    assert "Different rates so far: 12" in said(at)
    button(at, "Begin again").click().run()
    assert at.metric[0].value == "12 of 12"
    assert not at.exception


def test_a_click_too_many_spends_nothing():
    from lrlab.ui.own_search import Spent

    assert Spent(Ground("digits", "momentum"), ((0.1, 0.9),) * 12).left == 0
    at = opened(by_hand)
    at.session_state["page.spent.digits.momentum"] = ((0.1, 0.9),) * 12
    at.run()
    assert button(at, "Train once").disabled


def test_a_search_by_hand_trains_what_was_chosen():
    spent = own_search.Spent(Ground("moons", "batch_size"), ((0.1, 8.0), (1.0, 32.0)))
    mine = own_search.searched(spent)
    for place, (rate, size) in enumerate(spent.trials):
        training = fit(load("moons"), search_lab.MODEL, "sgd", rate, int(size), steps=search_lab.STEPS)
        assert mine.losses[place] == pytest.approx(training.validation_losses[0, -1])


@pytest.mark.parametrize("second", SPACES)
def test_the_sliders_offer_what_the_space_holds(second):
    space = SPACES[second]
    assert own_search.FIRST[second] in own_search.SECONDS[second]
    assert space.second_low <= min(own_search.SECONDS[second])
    assert max(own_search.SECONDS[second]) <= space.second_high
    assert space.low <= own_search.RATES[0]
    assert own_search.RATES[-1] <= space.high


def test_where_all_are_lost_the_words_still_stand():
    ground = Ground("moons", "momentum")
    lost = own_search.searched(own_search.Spent(ground, ((100.0, 0.99),)))
    assert not np.isfinite(lost.losses).any()
    assert own_search.so_far(lost, SPACES["momentum"]).startswith("No training has ended better")


def test_three_searches_spend_the_same_bill_and_the_eye_is_checked():
    at = opened(lab, data="Two moons", second="batch size B")
    table = at.dataframe[0].value
    assert list(table["search"]) == ["Grid", "Random", "Halving"]
    assert set(table["updates spent"]) == {"972 of 972"}
    assert list(table["different rates"])[:2] == ["3", "9"]
    assert "whose choice is the best with new seeds?" in said(at)
    pills = next(group for group in at.button_group if group.key.startswith("page.observe"))
    pills.set_value("Grid").run()
    assert not at.exception
    assert len(at.success) + len(at.warning) == 1


def test_the_trials_shown_can_be_chosen_down_to_none():
    at = opened(lab, data="Two moons")
    at.button_group(key="page.shown").set_value([]).run()
    assert not at.exception
    assert any(caption.value == "Grey: the training was lost." for caption in at.caption)


@pytest.mark.parametrize(
    ("means", "who"),
    [
        ([0.1, 0.2, 0.3], "Grid"),
        ([0.3, 0.1, 0.105], "none"),
        ([np.inf, np.inf, np.inf], "none"),
        ([9, 9, 1], "Halving"),
    ],
)
def test_the_winner_is_clear_or_there_is_none(means, who):
    found = search_lab.race(Settings("moons", "momentum", 9, "log", 1))
    assert search_lab.winner(Race(found.searches, np.array(means)[:, None])) == who


@pytest.mark.parametrize(
    "settings", [Settings("moons", "batch_size", 9, "uniform", 3), Settings("moons", "momentum", 9, "log", 1)]
)
def test_the_lab_s_own_code_runs_and_says_the_same(settings, capsys):
    exec(search_lab.lab_code(settings), {})
    printed = capsys.readouterr().out.splitlines()
    expected = [f"{search.choice} {search.spent}" for search in search_lab.race(settings).searches.values()]
    assert printed == expected


@pytest.mark.parametrize(
    "settings", [Settings("moons", "batch_size", 9, "uniform", 3), Settings("moons", "momentum", 9, "log", 1)]
)
def test_the_code_for_pytorch_is_python(settings):
    compile(search_lab.torch_code(settings), "torch", "exec")

"""The finder's lab: every choice through its widgets, a file of one's own, and a closer look at the test."""

import pytest
from streamlit.testing.v1 import AppTest

from lrlab.finder.suggest import RULES
from lrlab.ui import finder_lab, finder_lab_closer
from lrlab.ui.finder_lab import Settings


def lab():
    from lrlab.ui import finder_lab, finder_lab_closer

    settings = finder_lab.choose("lr_finder")
    if settings is not None:
        finder_lab.run(settings)
        rate = finder_lab.choose_rate("lr_finder")
        finder_lab.check(settings, rate)
        finder_lab_closer.regret(settings)
        finder_lab_closer.smoothing(settings)
        finder_lab_closer.equal_steps("lr_finder", settings)
        finder_lab.code(settings, rate)


def opened(**query):
    at = AppTest.from_function(lab, default_timeout=60)
    for key, value in query.items():
        at.query_params[f"lr_finder.{key}"] = value
    at.run()
    assert not at.exception, at.exception
    return at


ROWS = "".join(f"{k % 7},{'ab'[k % 2]},{3 * (k % 7) + k % 2}.5\n" for k in range(60))
HOUSES = f"size,kind *x*,price\n{ROWS}".encode()


def with_file(content, name="houses.csv"):
    at = opened(data="Your own CSV file")
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception, at.exception
    return at


def refusals(at):
    return [found.proto.body for found in at.get("html") if 'role="alert"' in found.proto.body]


def said(at):
    return " ".join(text.value for text in [*at.markdown, *at.caption])


@pytest.mark.parametrize("optimizer", ["Momentum (heavy ball)", "Adam"])
def test_momentum_and_adam_go_through_everything(optimizer):
    at = opened(data="Wine", optimizer=optimizer, batch_size="16")
    table = at.dataframe[1].value
    assert list(table["rule"]) == [title for title, _ in RULES.values()]
    assert "The accuracy" in said(at)


def test_an_estimator_brings_its_own_rule():
    at = opened(data="Iris", model="scikit-learn's SGDClassifier or SGDRegressor", optimizer="Adam")
    assert at.selectbox(key="lr_finder.optimizer").disabled
    assert any("Choose one of the other two models" in info.value for info in at.info)
    assert any('estimator_for(data), "sgd"' in block.value for block in at.code)


def test_a_file_is_asked_for_and_its_rules_are_told_before_anything_runs():
    at = opened(data="Your own CSV file")
    assert len(at.file_uploader) == 1
    assert not at.dataframe
    for promise in (
        "mean of the training rows",
        "category of its own",
        "200,000 cells",
        "Nothing of it is stored",
    ):
        assert promise in said(at)


def test_a_file_of_ones_own_goes_through_everything():
    at = with_file(HOUSES)
    assert "**Your file**: 45 rows to train on, 15 to check on, 3 features, a number to learn." in said(at)
    columns = at.dataframe[0].value
    assert list(columns["column"]) == ["size", "kind *x*"]
    assert len(at.dataframe) == 3
    assert "The R²" in said(at)
    at.selectbox(key=next(box.key for box in at.selectbox if box.label == "Learn this column")).select(
        "kind *x*"
    ).run()
    assert not at.exception
    assert "2 classes to learn" in said(at)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "a workbook or an archive"),
        (b"a,b\n1,2\n", "1 row can be used"),
        (b"a,b\n" + b"1,x\n" * 30, "no two classes with at least 4 rows"),
        (b"a,b\n1\n2\n3,4\n", "too few or too many cells"),
    ],
)
def test_every_bad_file_is_answered_in_a_sentence_and_nothing_runs(content, told):
    at = with_file(content)
    assert told in refusals(at)[0]
    assert not at.dataframe
    at.file_uploader[0].set_value(("houses.csv", HOUSES, "text/csv")).run()
    assert not at.exception
    assert not refusals(at)
    assert len(at.dataframe) == 3


def test_a_file_taken_away_is_gone():
    at = with_file(HOUSES)
    at.file_uploader[0].set_value(None).run()
    assert not at.exception
    assert not at.dataframe
    assert "lr_finder.table" not in at.session_state
    assert "lr_finder.own" not in at.session_state


def test_a_test_that_ends_at_once_leaves_nothing_to_smooth(monkeypatch):
    def smoothing():
        from lrlab.ui import finder_lab_closer
        from lrlab.ui.finder_lab import Settings

        finder_lab_closer.smoothing(Settings("iris", "linear", 16, 1))

    monkeypatch.setattr(finder_lab_closer, "lag", lambda *_: None)
    at = AppTest.from_function(smoothing).run()
    assert "ended before there was a curve" in at.info[0].value


def test_the_row_of_a_rule_says_what_following_it_came_to():
    found = finder_lab_closer.regretted(Settings("iris", "linear", 16, 1))
    rows = finder_lab_closer.regret_rows(found)
    assert [row["rule"] for row in rows] == [title for title, _ in RULES.values()]
    assert all(row["what following it came to"].endswith(".") for row in rows)


def test_the_slider_s_stops_hold_the_two_averages_that_people_use():
    assert {0.9, 0.98} <= set(finder_lab_closer.BETAS)
    assert finder_lab_closer.FIRST_BETA in finder_lab_closer.BETAS
    assert set(finder_lab_closer.FIRST_END.values()) <= set(finder_lab_closer.ENDS)


@pytest.mark.parametrize(
    "settings",
    [Settings("wine", "hidden", 16, 1, "adam"), Settings("iris", "sgd_estimator", 16, 1)],
)
def test_the_lab_s_own_code_runs_and_says_the_same(settings, capsys):
    exec(finder_lab.lab_code(settings, 0.01), {})
    assert capsys.readouterr().out.splitlines()[-1] == finder_lab.verified(settings, 0.01).sentence


def test_the_code_for_a_file_of_ones_own_runs(tmp_path, monkeypatch, capsys):
    (tmp_path / "your file.csv").write_bytes(HOUSES)
    monkeypatch.chdir(tmp_path)
    text = finder_lab.lab_code(Settings("own", "linear", 16, 1, "sgd", "x"), 0.1)
    exec(text.replace("the column to learn", "price"), {})
    assert "0.1" in capsys.readouterr().out.splitlines()[-1]

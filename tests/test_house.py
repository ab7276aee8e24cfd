"""The house rules that no linter knows: who may import what, where files stand, what the configuration must say."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
ENGINE = [
    path
    for room in ("descent", "schedules", "training", "finder", "diagnosis", "grading")
    for path in sorted((ROOT / "lrlab" / room).rglob("*.py"))
]
LIBRARY = sorted((ROOT / "lrlab").rglob("*.py"))
DISTRIBUTIONS = {"scikit-learn": "sklearn", "SQLAlchemy": "sqlalchemy", "argon2-cffi": "argon2"}


def imports(path):
    """Every module a file imports, as dotted names (`from a import b` counts as a and a.b)."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def calls(path):
    """The dotted names of everything a file calls."""
    return {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
    }


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_is_an_article(page):
    allowed = ("streamlit", "lrlab.ui", "lrlab.charts", "lrlab")
    strangers = {
        module for module in imports(page) if not module.startswith(("streamlit", "lrlab.ui", "lrlab.charts"))
    }
    assert not strangers, f"a page imports only {allowed}"
    assert len(page.read_text().splitlines()) <= 180


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_sets_itself_up_and_closes(page):
    source = page.read_text()
    assert f'frame.begin("{page.stem}")' in source
    assert source.index("frame.begin(") < source.index("st.markdown(")


def test_the_router_only_routes():
    assert calls(ROOT / "streamlit_app.py") == {"navigation.declare", "navigation.declare().run"}


@pytest.mark.parametrize("path", [*LIBRARY, *PAGES], ids=name)
def test_no_pickle_and_no_evaluation_of_text(path):
    assert not {"pickle", "marshal", "shelve", "dill"} & {module.split(".")[0] for module in imports(path)}
    assert not {"eval", "exec", "__import__"} & calls(path)


@pytest.mark.parametrize("path", ENGINE, ids=name)
def test_the_engine_knows_neither_the_clock_nor_global_randomness(path):
    assert not {"time", "datetime", "random"} & imports(path)
    assert not [
        call
        for call in calls(path)
        if re.match(r"np\.random\.(?!default_rng|Generator|SeedSequence|PCG64)", call)
    ]


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_files_are_rooms_with_a_name(path):
    assert path.stem not in {"utils", "helpers", "common", "manager", "base", "misc"}
    assert len(path.read_text().splitlines()) <= 320, "about 300 lines is where a file wants to be two"


@pytest.mark.parametrize("path", [p for p in LIBRARY if "ui" not in p.parts], ids=name)
def test_only_the_ui_knows_streamlit(path):
    assert not [module for module in imports(path) if module.split(".")[0] == "streamlit"]


def transactions(path):
    """Every function of a file that opens a transaction, with the blocks that are inside it."""
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for block in ast.walk(function):
                if isinstance(block, ast.With) and any(
                    isinstance(item.context_expr, ast.Call)
                    and isinstance(item.context_expr.func, ast.Attribute)
                    and item.context_expr.func.attr in ("reading", "writing", "begin", "connect")
                    for item in block.items
                ):
                    yield function, block


@pytest.mark.parametrize("path", [*LIBRARY, *PAGES], ids=name)
def test_no_function_with_a_transaction_imports_or_receives_streamlit(path):
    # Any touch of Streamlit may stop the script there (a second click does), and the lock would stay behind.
    for function, block in transactions(path):
        known = imports(path)
        assert not any(module.startswith(("streamlit", "lrlab.ui")) for module in known), function.name
        given = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
        called = {
            node.func.id
            for node in ast.walk(block)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not given & called, f"{function.name} calls what it was handed, inside its transaction"


def test_the_check_of_transactions_sees_them():
    found = {function.name for path in LIBRARY for function, _ in transactions(path)}
    assert {"join", "record", "sign_out", "who", "keep"} <= found


def test_the_version_is_written_in_two_places_and_is_one():
    import lrlab

    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == lrlab.__version__


def test_what_is_installed_is_what_is_imported():
    stated = {re.split(r"[~=<>\[]", line)[0] for line in (ROOT / "requirements.txt").read_text().split()}
    used = {module.split(".")[0] for path in [*LIBRARY, *PAGES] for module in imports(path)}
    used -= {"lrlab", *sys.stdlib_module_names}
    assert {DISTRIBUTIONS.get(package, package) for package in stated} == used


def test_every_requirement_is_pinned_and_has_its_reason():
    architecture = (ROOT / "docs" / "architecture.md").read_text()
    for line in (ROOT / "requirements.txt").read_text().split():
        package, _, version = re.sub(r"\[.*?\]", "", line).partition("~=")
        assert version, f"{line} is not pinned to a compatible range"
        assert re.search(rf"^\| {re.escape(package)}", architecture, re.MULTILINE)


def test_the_configuration_keeps_a_class_fast_and_private():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["runner"]["postScriptGC"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["enableAgentApi"] is False


def test_the_regimes_have_one_set_of_colours():
    from lrlab.charts import colours

    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    assert (theme["blueColor"], theme["greenColor"], theme["orangeColor"]) == (
        colours.TOO_SMALL,
        colours.JUST_RIGHT,
        colours.TOO_LARGE,
    )


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_keep_their_contrast_in_both_themes(mode):
    from lrlab.charts import colours

    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"][mode]
    ground, panel = theme["backgroundColor"], theme["secondaryBackgroundColor"]
    for text in ("textColor", "linkColor", "blueTextColor", "greenTextColor", "orangeTextColor"):
        assert contrast(theme[text], ground) >= 4.5
        assert contrast(theme[text], panel) >= 4.5
    assert contrast("#FFFFFF", theme["primaryColor"]) >= 4.5
    for mark in {colours.TOO_SMALL, colours.JUST_RIGHT, colours.TOO_LARGE, colours.QUIET, *colours.SERIES}:
        assert contrast(mark, ground) >= 3.0

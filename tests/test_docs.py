"""What the documents name exists: files, commands, settings, tables, tabs."""

import ast
import re
from pathlib import Path

import pytest

from lrlab.__main__ import _parser
from lrlab.classroom import schema
from lrlab.ui.account import cookie
from lrlab.ui.teacher import desk

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
MAKEFILE = (ROOT / "Makefile").read_text()


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_within_the_repository_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
        if "://" not in target:
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_are_understood(path):
    for command in re.findall(
        r"python -m lrlab ((?:\"[^\"]*\"|[\w/.=-]+|<[^>]*>| (?! ))+)", path.read_text()
    ):
        words = [word.strip('"') for word in re.findall(r"\"[^\"]*\"|\S+", command)]
        try:
            _parser().parse_args(words)
        except SystemExit:
            # A command may be named without what it is about: then its help must know it.
            with pytest.raises(SystemExit) as help_:
                _parser().parse_args([*words[:2], "--help"])
            assert help_.value.code == 0, command


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_targets_of_make_are_there(path):
    for target in re.findall(r"(?:`|^)make ([a-z]+)", path.read_text(), re.MULTILINE):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_settings_are_read_by_the_lab(path):
    code = "".join(file.read_text() for file in (ROOT / "lrlab").rglob("*.py"))
    for setting in re.findall(r"LRLAB_[A-Z_]+", path.read_text()):
        assert f'"{setting}"' in code, setting


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_files_of_the_lab_are_there(path):
    for file in re.findall(r"`((?:lrlab|pages|tests|docs|benchmarks)/[\w/.-]+)`", path.read_text()):
        assert (ROOT / file).exists(), file


def test_privacy_speaks_of_every_table_and_of_the_cookie():
    words = (ROOT / "docs" / "privacy.md").read_text()
    for table in (*schema.table_names(), schema.VERSION_TABLE, cookie.NAME):
        assert f"`{table}`" in words, table


def test_teaching_speaks_of_every_tab_of_the_desk():
    words = (ROOT / "docs" / "teaching.md").read_text()
    for tab in desk.TABS:
        assert re.search(rf"\*{tab.title}\*", words), tab.title


def test_python_that_is_shown_is_python():
    for path in DOCUMENTS:
        for block in re.findall(r"```python\n(.*?)```", path.read_text(), re.DOTALL):
            ast.parse(block)

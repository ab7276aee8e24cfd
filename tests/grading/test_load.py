"""Reading the course: every fault named by file and field, and the rest still loads."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlab.grading import load_track
from lrlab.grading.kinds.registry import KINDS as REGISTRY
from lrlab.grading.load import LARGEST_FILE, Unreadable, read_exercise
from lrlab.grading.starting import starter

TRACK = """
[[chapter]]
name = "first"
title = "The first chapter"
page = "first_page"
exercises = ["good", "other"]
"""
ANY = settings(max_examples=80, deadline=None)


@pytest.fixture
def course(tmp_path, files):
    """A small sound course to break."""
    (tmp_path / "track.toml").write_text(TRACK)
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "good.toml").write_text(files["number"])
    (tmp_path / "first" / "other.toml").write_text(files["choice"])
    return tmp_path


def faults(folder):
    return [str(fault) for fault in load_track(folder).faults]


def refused(text, slug="chapter/test"):
    """The complaints about an exercise file as `field: reason`."""
    with pytest.raises(Unreadable) as caught:
        read_exercise(text.encode() if isinstance(text, str) else text, slug)
    return [f"{field}: {reason}" for field, reason in caught.value.complaints]


def test_a_sound_course_has_chapters_exercises_and_no_faults(course, files):
    track = load_track(course)
    assert track.faults == ()
    (chapter,) = track.chapters
    assert (chapter.name, chapter.page, chapter.exercises) == (
        "first",
        "first_page",
        ("first/good", "first/other"),
    )
    exercise = track.exercises["first/good"]
    assert (exercise.title, exercise.kind, exercise.page) == ("A test", "number", "first_page")
    assert exercise.version == hashlib.sha256(files["number"].encode()).hexdigest()[:12]


def test_the_version_follows_the_words_and_not_the_line_endings(files):
    text = files["number"].encode()
    version = read_exercise(text, "chapter/test").version
    assert read_exercise(text.replace(b"\n", b"\r\n"), "chapter/test").version == version
    assert read_exercise(text + b"# a remark\n", "chapter/test").version != version


BROKEN = [
    # kind, what is replaced, by what, field, words of the reason
    ("rate", 'kind = "rate"', 'kind = "rat"', "task.kind", "unknown kind 'rat'; did you mean 'rate'?"),
    ("rate", 'kind = "rate"\n', "", "task.kind", "is missing"),
    ("rate", "budget = 10", "buget = 10", "task.buget", "unknown field 'buget'; did you mean 'budget'?"),
    ("rate", "budget = 10", "buget = 10", "task.budget", "is missing"),
    ("number", "points = 1", "point = 1", "point", "did you mean 'points'?"),
    ("number", "points = 1", 'points = "1"', "points", "is '1'; it must be a whole number"),
    ("number", "points = 1", "points = 1.5", "points", "is 1.5; it must be a whole number"),
    ("number", "points = 1", "points = 0", "points", "must be greater than or equal to 1"),
    ("number", 'title = "A test"', "title = 7", "title", "is 7; it must be a text in quotes"),
    ("number", 'title = "A test"', 'title = "  "', "title", "must match"),
    ("number", 'title = "A test"', "title = 2024-01-01", "title", "must be a text in quotes"),
    ("number", ', formula = "One." }', " }", "hints.formula", "is missing"),
    ("number", "relative = 0.05", "relative = 0.0", "task.tolerance.relative", "must be greater than 0"),
    ("number", "relative = 0.05", "relative = nan", "task.tolerance.relative", "is nan"),
    ("number", "relative = 0.05", "relative = 1.5", "task.tolerance.relative", "must be less than 1"),
    ("number", "relative = 0.05", "absolute = 0", "task.tolerance.absolute", "must be greater than 0"),
    ("number", "relative = 0.05", "factor = 1", "task.tolerance.factor", "must be greater than 1"),
    ("number", "relative = 0.05", "", "task.tolerance", "say one of relative, absolute and factor"),
    ("number", "low = 2, high = 8", "low = 8, high = 2", "parameters.curvature", "low must be below high"),
    ("number", "low = 2, high = 8", 'low = 0, high = 8, spacing = "log"', "parameters.curvature", "above 0"),
    ("number", "low = 2, high = 8", "low = 2, high = inf", "parameters.curvature.high", "finite number"),
    ("number", "{ low = 2, high = 8 }", "[2, 8]", "parameters.curvature", "must be a number"),
    ("number", "{ low = 2, high = 8 }", '"steep"', "values.limit.curvature", "'curvature' is a word"),
    ("number", "low = 2, high = 8", "choices = [1]", "parameters.curvature.choices", "at least 2 items"),
    ("number", "low = 2, high = 8", 'choices = [1, "a"]', "parameters.curvature.choices", "partly numbers"),
    ("number", 'answer = "limit"', 'answer = "limt"', "task.answer", "did you mean 'limit'?"),
    ("number", "factor = 2 }", "factr = 2 }", "values.double.factr", "did you mean 'factor'?"),
    ("number", ", factor = 2 }", " }", "values.double.factor", "is missing; scaled needs value, factor"),
    ("number", '"scaled"', '"scale"', "values.double.formula", "did you mean 'scaled'?"),
    ("number", 'above = "double"', "below = 0", "values.double", "is used nowhere"),
    ("number", "[task]", 'answer = { formula = "scaled", value = 1, factor = 1 }\n[task]', "values.answer", "answer"),
    ("number", "limit-is-one-over-l", "limit-is-one-over", "mistakes.0.misconception", "'limit-is-one-over-l'"),
    ("number", 'value = "half"\n', "", "mistakes.0", "says nothing to know it by"),
    ("number", 'value = "half"\n', 'option = "half"\n', "mistakes.0.option", "means nothing in a number exercise"),
    ("number", 'mistake = "high"', 'mistake = "hgh"', "self_test.wrong.2.mistake", "did you mean 'high'?"),
    ("number", 'malformed = ["", "two"]', 'malformed = [""]', "self_test.malformed", "at least 2 items"),
    ("number", "with curvature {curvature}", "with {curvatur}", "prompt", "did you mean 'curvature'?"),
    ("number", "{curvature}.'", "{curvature.__class__}.'", "prompt", "is not a name"),
    ("number", "{answer} is half", "{half!r} is half", "mistakes.0.message", "is not a name"),
    ("number", "A test", "x" * 300, "title", "at most 200 characters"),
    ("number", "is half of it", "\\n" * 4000, "line 27", "has 8,022 characters; break it before 2,000"),
    ("rate", 'surface = "bowl_1d"', 'surface = "bowl1d"', "task.walk.surface", "did you mean 'bowl_1d'?"),
    ("rate", "shape = { curvature", "shape = { curvatures", "task.walk.shape.curvatures", "did you mean 'curvature'?"),
    ("rate", "[task.walk]", '[task.walk]\noptimizer = "adamm"', "task.walk.optimizer", "did you mean 'adam'?"),
    ("rate", "[task.walk]", "[task.walk]\ncoefficients = { beta = 0.5 }", "task.walk.coefficients.beta", "of sgd"),
    ("rate", "budget = 10", "budget = 9991", "task.budget", "can be 9991 steps and 10 held; at most 10000"),
    ("rate", "budget = 10", "budget = 0", "task.budget", "at least 1 step"),
    ("rate", "budget = 10", 'budget = "limit"', "task.budget", "must be a number or a parameter"),
    ("rate", "budget = 10", "budget = 10.5", "parameters", "a whole number is needed"),
    ("rate", "tolerance = 0.01", "tolerance = 0", "task.tolerance", "must be greater than 0"),
    ("rate", "tolerance = 0.01", "tolerance = 1.0", "task.tolerance", "must be less than 1"),
    ("rate", "from = 0.6, to = 0.7", "from = 0.7, to = 0.6", "task.door", "from must not be above to"),
    ("rate", "low = 0.001, high", "low = -1, high", "task.slider.low", "must be greater than 0"),
    ("rate", "low = 0.001, high = 100", "low = 1e-300, high = 1e300", "task.slider", "is more than 12 decades"),
    ("rate", "start = 0.001 }", "start = 1000 }", "task.slider", "start is 1000; it must lie between"),
    ("rate", "start = [4, 0]", "start = [4, 0, 0]", "task.walk.start", "at most 2 items"),
    ("rate", "low = 0.5, high = 2.0", "low = -1, high = 2.0", "parameters", "curvature"),
    ("choice", 'correct = "truth"', 'correct = "trth"', "task.correct", "did you mean 'truth'?"),
    ("choice", 'name = "unclear"\ntext', 'name = "crawling"\ntext', "task.options", "is the name of 2 options"),
    ("choice", 'name = "unclear"\ntext', 'name = "Un clear"\ntext', "task.options.2.name", "must match"),
    ("choice", 'option = "unclear"', 'option = "uncler"', "mistakes.2.option", "did you mean 'unclear'?"),
    ("choice", 'name = "long-since"', 'name = "not-yet"', "mistakes.0.name", "is the name of 2 mistakes"),
    ("choice", "given = { steps = 3 }", "given = { steps = 4 }", "self_test.wrong.0.given.steps", "never drawn"),
    ("choice", "given = { steps = 3 }", "given = { step = 3 }", "self_test.wrong.0.given.step", "mean 'steps'?"),
    ("predict", '"outcome"', '"ending"', "task.observe", "'outcome' or 'first_step'"),
    ("predict", '["converged"]', '["convergd"]', "task.options.0.when", "did you mean 'converged'?"),
    ("predict", '["converged"]', '["overshot"]', "task.options.0.when", "stands under 2 options"),
    ("predict", "steps = 60", "steps = 1e9", "task.steps", "can be 1e+09 steps; at most 10000"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "field", "words"), BROKEN)
def test_nonsense_is_refused_by_field_and_reason(files, kind, old, new, field, words):
    assert old in files[kind]
    complaints = refused(files[kind].replace(old, new))
    assert any(complaint.startswith(f"{field}: ") and words in complaint for complaint in complaints), (
        complaints
    )


def test_every_fault_of_a_file_is_named_at_once(files):
    text = files["number"].replace("points = 1", "points = 0").replace("minutes = 1", "minuts = 1")
    assert [complaint.partition(":")[0] for complaint in refused(text)] == ["points", "minutes", "minuts"]


def test_broken_toml_is_named_with_line_and_column(course):
    (course / "first" / "good.toml").write_text('title = "A test"\npoints = = 1\n')
    (fault,) = faults(course)
    assert fault == "first/good.toml: line 2, column 10: this is not TOML: invalid value"
    track = load_track(course)
    assert list(track.exercises) == ["first/other"]
    assert track.chapters[0].exercises == ("first/other",)
    assert track.chapters[0].missing == ("first/good",)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"title = '\xff'", "byte 9: is not UTF-8 text"),
        (b"x = " + b"[" * 1_500, "nested too deeply"),
        (b"x = [" + b"\n[" * 30_000, "nested too deeply"),
        (b".".join([b"a"] * 90) + b" = 1", "a: unknown field 'a'"),
        (b".".join([b"a"] * 20_000) + b" = 1", "line 1: has 40,003 characters"),
        (b"", "title: is missing"),
        (b"\x00", "this is not TOML"),
    ],
)
def test_bytes_that_are_no_exercise(raw, words):
    assert any(words in complaint for complaint in refused(raw))


def test_a_huge_file_is_refused_unread(course):
    (course / "first" / "good.toml").write_bytes(b"#" * 10_000_000)
    (fault,) = faults(course)
    assert fault == f"first/good.toml: -: has 10,000,000 bytes; an exercise has at most {LARGEST_FILE:,}"


def test_a_file_that_begins_with_a_byte_order_mark_is_read(files):
    assert read_exercise(b"\xef\xbb\xbf" + files["number"].encode(), "chapter/test").title == "A test"


def test_html_in_a_prompt_stays_text(made):
    exercise = made("number", ("Descend", "<script>alert(1)</script> $\\\\frac{1}{2}$ Descend"))
    assert "<script>alert(1)</script>" in exercise.sheet.prompt


def test_a_folder_without_a_track_says_so(tmp_path):
    assert faults(tmp_path) == ["track.toml: -: cannot be read: No such file or directory"]


TRACKS = [
    ('"other"]', '"other", "gone"]', "chapter.exercises: names 'first/gone', but there is no file first/gone.toml"),
    (', "other"]', "]", "first/other.toml: -: track.toml does not name this file"),
    ('"good", "other"', '"good", "other", "good"', "chapter.0.exercises: names 'good' 2 times"),
    ('"good", "other"', '"good", "other", "../other"', "track.toml: chapter.0.exercises.2: "),
    ('"good", "other"]', '"good", "other"]\nexercise = 1', "chapter.0.exercise: unknown field 'exercise'; did you"),
    ('title = "The first chapter"\n', "", "track.toml: chapter.0.title: is missing"),
    ("[[chapter]]", "[chapter]", "track.toml: chapter: is missing; write a [[chapter]] for each"),
    ("[[chapter]]", "colour = 1\n[[chapter]]", "track.toml: colour: unknown field 'colour'"),
    ("[[chapter]]", "[[chapter", "track.toml: line 2, column 10: this is not TOML"),
    ("\n[[chapter]]", TRACK + "[[chapter]]", "chapter.1.name: there is already a chapter 'first'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), TRACKS)
def test_a_broken_track_is_named_and_the_exercises_still_load(course, old, new, words):
    assert old in TRACK
    (course / "track.toml").write_text(TRACK.replace(old, new))
    assert any(words in fault for fault in faults(course)), faults(course)
    assert {"first/good", "first/other"} <= set(load_track(course).exercises)


def test_a_bad_chapter_does_not_take_the_others_with_it(course, files):
    (course / "track.toml").write_text(TRACK + TRACK.replace('"first"', '"second"').replace("title", "titel"))
    track = load_track(course)
    assert [chapter.name for chapter in track.chapters] == ["first"]
    assert len(track.exercises) == 2


def test_file_names_follow_the_rule_for_addresses(course, files):
    (course / "first" / "My Exercise.toml").write_text(files["rate"])
    assert any(
        "first/My Exercise.toml: -: chapter and file names are lower-case" in fault
        for fault in faults(course)
    )


def test_a_directory_that_looks_like_a_file(course):
    (course / "first" / "trap.toml").mkdir()
    assert any(fault.startswith("first/trap.toml: -: cannot be read") for fault in faults(course))


TEXTS = {kind: starter(kind).replace("TODO", "Here:") for kind in REGISTRY}
KINDS = st.sampled_from(sorted(TEXTS))


@ANY
@given(st.text() | st.binary())
def test_no_text_whatever_raises(text):
    refused(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


@ANY
@given(kind=KINDS, data=st.data())
def test_a_file_with_a_piece_cut_out_is_read_or_refused(kind, data):
    text = TEXTS[kind]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    piece = data.draw(st.sampled_from(["", "0", '"', "[]", "{}", "-1", "nan", "true", "x"]))
    try:
        read_exercise((text[:start] + piece + text[end:]).encode(), "chapter/test")
    except Unreadable as error:
        assert error.complaints  # noqa: PT017


@ANY
@given(kind=KINDS, data=st.data())
def test_a_line_with_another_value_is_read_or_refused(kind, data):
    lines = TEXTS[kind].splitlines()
    place = data.draw(st.sampled_from([i for i, line in enumerate(lines) if " = " in line]))
    value = data.draw(
        st.sampled_from(["1", "-1", "0", "1e308", "nan", '""', '"curvature"', "[]", "[1, 2]", "{}", "true"])
    )
    lines[place] = f"{lines[place].partition(' = ')[0]} = {value}"
    try:
        read_exercise("\n".join(lines).encode(), "chapter/test")
    except Unreadable as error:
        assert error.complaints  # noqa: PT017

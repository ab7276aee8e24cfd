"""Long work is done once, shown while it goes, and forgotten when the shelf is full or the student moves on."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from lrlab.ui.long_work import done

    def work(progress):
        st.session_state["runs"] = st.session_state.get("runs", 0) + 1
        progress(1, 2)
        return "the result"

    kind = st.session_state.get("kind", "a test of long work")
    st.text(done(kind, ("some", "settings"), "Counting to two", work))
    st.text(f"{st.session_state.get('runs', 0)} runs")


def test_a_result_is_computed_once_and_then_remembered():
    at = AppTest.from_function(page).run()
    assert [text.value for text in at.text] == ["the result", "1 runs"]
    at.run()
    assert [text.value for text in at.text] == ["the result", "1 runs"]
    assert not at.exception


def test_the_shelf_forgets_what_was_unused_for_longest():
    from lrlab.ui.long_work import MOST, _Shelf

    shelf = _Shelf()
    for number in range(MOST):
        shelf.put(number, f"result {number}")
    assert shelf.look(0) == "result 0"
    shelf.put("one more", "the last")
    assert shelf.look(1) is None
    assert shelf.look(0) == "result 0"


def failing_page():
    from lrlab.ui.long_work import done

    def work(progress):
        progress(1, 3)
        raise RuntimeError("stopped half-way")

    done("a test that stops", (), "Counting", work)


def test_nothing_half_done_is_kept():
    for _ in range(2):
        at = AppTest.from_function(failing_page).run()
        assert [each.message for each in at.exception] == ["stopped half-way"]

"""The student's own log on the page: pasted, refused, shown with an example; and the clinic's form beside it."""

from streamlit.testing.v1 import AppTest


def lab() -> AppTest:
    def page() -> None:
        from lrlab.ui import log_lab

        log_lab.ask("diagnose")

    return AppTest.from_function(page, default_timeout=30).run()


def said(at: AppTest) -> str:
    boxes = [element.value for element in at.get("html")] + [text.value for text in at.markdown]
    return " ".join(map(str, boxes))


def test_a_pasted_log_is_read_and_diagnosed():
    at = lab()
    log = "\n".join(f"epoch {t} - loss: {0.9**t:.4f}" for t in range(60)) + "\nhello"
    at.text_area(key="diagnose.log_text").set_value(log).run()
    assert not at.exception
    assert "60 points" in said(at)
    assert "**Healthy" in said(at)
    assert "line 61" in at.code[0].value


def test_what_cannot_be_read_is_answered_with_a_sentence_as_plain_text():
    at = lab()
    at.text_area(key="diagnose.log_text").set_value("<script>alert(1)</script>").run()
    assert not at.exception
    assert "No loss was found" in said(at)
    at.text_area(key="diagnose.log_text").set_value("").run()
    assert "empty" in said(at)


def test_the_example_is_a_real_run_of_the_clinic():
    at = lab()
    at.button(key="diagnose.log_example").click().run()
    assert not at.exception
    assert at.text_area(key="diagnose.log_text").value.count("loss:") > 20
    assert "What to try." in said(at)


def test_a_patient_waits_for_a_whole_answer_and_then_tells_the_truth():
    def page() -> None:
        from lrlab.ui import clinic_lab

        clinic_lab.examine("diagnose")

    at = AppTest.from_function(page, default_timeout=30).run()
    submit = next(button for button in at.button if button.label == "That is my diagnosis")
    submit.click().run()
    assert any("Something is still open" in box.value for box in at.info)
    for radio in at.radio:
        radio.set_value(radio.options[0] if isinstance(radio.options[0], str) else 0)
    next(button for button in at.button if button.label == "That is my diagnosis").click().run()
    assert not at.exception
    assert any("of 3 points" in text.value for text in at.markdown)

"""A button that prints a few words, and nothing else of the page."""

import streamlit as st

_button = st.components.v2.component(
    "lrlab_print",
    html='<button type="button" data-testid="print-words"></button>',
    css="""
button {
    font: inherit; min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer; width: 100%;
    color: var(--st-text-color); background: var(--st-background-color);
    border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
""",
    js="""
export default function ({ data, parentElement }) {
    const button = parentElement.querySelector("button");
    button.textContent = data.label;
    let frame = null;
    button.onclick = () => {
        frame?.remove();
        frame = document.createElement("iframe");
        frame.title = data.label;
        frame.style.display = "none";
        document.body.append(frame);
        const page = frame.contentDocument;
        for (const words of data.pages) {
            const slip = page.createElement("pre");
            slip.textContent = words;
            slip.style.cssText = "font: 14pt monospace; white-space: pre-wrap; border: 1px dashed; padding: 1em";
            slip.style.breakInside = "avoid";
            page.body.append(slip);
        }
        frame.contentWindow.print();
    };
    return () => frame?.remove();
}
""",
)


def print_button(label: str, pages: list[str], *, key: str) -> None:
    """A button that prints each text in a box of its own, as plain text."""
    _button(key=key, data={"label": label, "pages": pages})

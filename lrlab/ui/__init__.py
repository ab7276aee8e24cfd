"""The only package that knows Streamlit: what pages put on the screen, and what they remember."""

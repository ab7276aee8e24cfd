"""The router: declares the pages and runs the one asked for. All set-up happens in `frame.begin`."""

from lrlab.ui import navigation

navigation.declare().run()

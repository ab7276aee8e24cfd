"""A browser tab without a browser: a raw websocket that reads what a page shows and sends what a click would send."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lrlab.ui.account.cookie import NAME

Value = str | bool | int
_KINDS = ("text_input", "radio", "checkbox", "button", "button_group")
_TRUTHS = ("checkbox", "expandable")
_PATIENCE = 120.0


@dataclass(frozen=True)
class Widget:
    """One widget as the server described it; `fragment` is the part of the page that its change reruns."""

    kind: str
    id: str
    label: str
    form: str
    fragment: str


@dataclass
class Tab:
    """One tab: the widgets and words of its page, and the values that were typed."""

    socket: Any
    page: str
    widgets: dict[str, Widget] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    refreshed: dict[str, float] = field(default_factory=dict)
    """The parts of the page that ask for themselves again, and every how many seconds."""
    _typed: dict[str, tuple[str, Value]] = field(default_factory=dict)
    _script: str = ""

    async def load(self) -> None:
        """Ask for the page and read it to its end."""
        await self.send(self.request())
        await self.until_finished()

    def request(self, *changed: tuple[Widget, Value]) -> BackMsg:
        """What a browser sends when these widgets were changed together: all values, and the part to rerun."""
        message = BackMsg()
        message.rerun_script.page_name = "" if self._script else self.page
        message.rerun_script.page_script_hash = self._script
        for widget, value in changed:
            message.rerun_script.fragment_id = widget.fragment
            if widget.kind != "button":
                self._typed[widget.id] = (widget.kind, value)
        for name, (kind, value) in self._typed.items():
            state = message.rerun_script.widget_states.widgets.add(id=name)
            if kind in _TRUTHS:
                state.bool_value = bool(value)
            else:
                state.string_value = str(value)
        for widget, _ in changed:
            if widget.kind == "button":
                message.rerun_script.widget_states.widgets.add(id=widget.id, trigger_value=True)
        return message

    async def unfold(self, slug: str) -> None:
        """Open the line of an exercise, where it is one line."""
        folds = [name for name in self.widgets if f"{slug}.folded" in name]
        if folds:
            await self.send(self.request((self.widgets[folds[0]], True)))
            await self.until_finished()

    async def refresh(self, fragment: str) -> None:
        """What the browser sends by itself when a part of the page is due again; read to its end."""
        message = self.request()
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = True
        await self.send(message)
        await self.until_finished()

    async def send(self, message: BackMsg) -> None:
        """Send a message as it is."""
        await self.socket.send(message.SerializeToString())

    def find(self, kind: str, said: str) -> Widget:
        """The widget of a kind whose label is, or whose key holds, what is said."""
        for widget in reversed(self.widgets.values()):
            if widget.kind == kind and (widget.label == said or said in widget.id):
                return widget
        raise LookupError(f"no {kind} “{said}” among {[(w.kind, w.label) for w in self.widgets.values()]}")

    def button_of(self, form: str) -> Widget:
        """The button that sends a form."""
        return next(
            widget
            for widget in reversed(self.widgets.values())
            if widget.kind == "button" and widget.form == form
        )

    async def until_finished(self) -> None:
        """Read until a run of the script has gone through to its end."""
        await self._read_until(_is_finished)

    async def until_said(self, fits: Callable[[str], bool]) -> str:
        """Read until the page says something that fits, and return it."""
        seen = len(self.words)
        await self._read_until(lambda _: any(fits(said) for said in self.words[seen:]))
        return next(said for said in self.words[seen:] if fits(said))

    async def _read_until(self, done: Callable[[ForwardMsg], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while True:
                message = ForwardMsg()
                message.ParseFromString(await self.socket.recv())
                self._take_in(message)
                if done(message):
                    return

    def _take_in(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._script = self._script or message.new_session.page_script_hash
        elif kind == "navigation":  # which page it turned out to be: another one would forget what was opened
            self._script = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.refreshed[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take_in_element(message.delta.new_element, message.delta.fragment_id)
        elif kind == "delta" and message.delta.add_block.expandable.id:
            fold = message.delta.add_block.expandable
            self._keep(Widget("expandable", fold.id, fold.label, "", message.delta.fragment_id))

    def _take_in_element(self, element: Any, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.faults.append(element.exception.message)
        elif kind in _KINDS:
            found = getattr(element, kind)
            self._keep(Widget(kind, found.id, getattr(found, "label", ""), found.form_id, fragment))
        elif kind in ("markdown", "text", "alert"):
            self.words.append(getattr(element, kind).body)

    def _keep(self, widget: Widget) -> None:
        self.widgets.pop(widget.id, None)  # what was shown last is found first
        self.widgets[widget.id] = widget


def _is_finished(message: ForwardMsg) -> bool:
    return message.WhichOneof("type") == "script_finished" and message.script_finished in (
        ForwardMsg.FINISHED_SUCCESSFULLY,
        ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    )


async def open_tab(port: int, page: str, token: str = "") -> Tab:
    """Open a page as a browser with this token in its cookie does, and read it to its end."""
    socket = await websockets.connect(
        f"ws://127.0.0.1:{port}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": f"{NAME}={token}"} if token else {},
        max_size=None,
    )
    tab = Tab(socket, page)
    await tab.load()
    return tab

"""Keys in the order in which they were pressed: each is taken when the one before it has been acted on.

Textual gives a key to what has the focus at that moment, while the key before, which may move the focus, is still on
its way up to the app. What is typed faster than that, or while the app is busy, would be lost: ``a`` and the question
behind it would both go to the article. Whoever wants to quit waits for nothing.
"""

from collections import deque
from functools import partial
from typing import Final

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

LOST_S: Final = 1.0
"""How long a key may take to be acted on before the next one is taken: what it was given to may be gone by then."""

ROUNDS: Final = 3
"""How often the way up is gone: a key leads to a message, and that to another, before the focus has moved."""


class ActedOn(Message):
    """Follows a key on its way up to the app, and so comes after what the key has done."""

    def __init__(self, key: events.Key | events.Paste, target: Widget, rounds: int = 1) -> None:
        super().__init__()
        self.key = key
        self.target = target
        self.rounds = rounds


class InOrderApp(App[None]):
    """An app that takes keys and what is pasted in their order, and keeps them until it is ready for them."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._under_way: events.Key | events.Paste | None = None
        self._patience: Timer | None = None
        self._ready_for_keys = False

    def take_keys(self) -> None:
        """Take the keys that were pressed so far, and those that follow."""
        self._ready_for_keys = True
        self.call_later(self._take_next)

    async def on_event(self, event: events.Event) -> None:
        """Put keys in line; everything else is as it was."""
        if isinstance(event, events.Key) and self._quits(event):
            await self.action_quit()
        elif isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            await self._take_next()
        else:
            await super().on_event(event)

    def _quits(self, key: events.Key) -> bool:
        """Tell whether a key quits wherever the reader is; what else goes before the focus changes it, and waits."""
        bound = self._bindings.key_to_bindings.get(key.key, ())
        return any(binding.priority and binding.action == "quit" for binding in bound)

    async def _take_next(self) -> None:
        if not self._typed or not self._ready_for_keys or self._under_way is not None:
            return
        target = self.focused or self.screen
        key = self._under_way = self._typed.popleft()
        await super().on_event(key)
        target.post_message(ActedOn(key, target))
        self._patience = self.set_timer(LOST_S, partial(self._go_on, key))

    async def on_acted_on(self, event: ActedOn) -> None:
        """Take the next key, when all is done that the last one has led to."""
        if event.rounds < ROUNDS:
            event.target.post_message(ActedOn(event.key, event.target, event.rounds + 1))
        else:
            await self._go_on(event.key)

    async def _go_on(self, key: events.Key | events.Paste) -> None:
        """Take the next key, unless that has been done: the timer of a key may end just when it has been acted on."""
        if key is not self._under_way:
            return
        self._under_way = None
        if self._patience is not None:
            self._patience.stop()
        await self._take_next()

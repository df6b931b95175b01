"""The chat format of a model: its template, and whether that takes a system message."""

from typing import Any, Final

import jinja2
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from rag.failures import ModelUnusable

SYSTEM_PROBE: Final = "[probe of the system message]"
USER_PROBE: Final = "[probe of the user message]"


class ChatFormat:
    """Puts a system and a user message as the template of a model wants them.

    Some templates refuse a system message (Gemma 2) or drop it (older ones of Mistral); there it stands at the
    beginning of the user's.
    """

    def __init__(self, template: str, *, bos_token: str, eos_token: str) -> None:
        """Try a template. Raises ``ModelUnusable`` where it can't be used."""
        try:
            self._format = Jinja2ChatFormatter(template=template, bos_token=bos_token, eos_token=eos_token)
        except jinja2.TemplateError as error:
            raise ModelUnusable(_unusable(error)) from error
        self._takes_system = True
        if self._trouble() is not None:
            self._takes_system = False
            if (trouble := self._trouble()) is not None:
                raise ModelUnusable(_unusable(trouble)) from trouble

    def prompt(self, system: str, user: str) -> str:
        """Put the two messages, ready for the reply."""
        messages: list[Any] = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        if not self._takes_system:
            messages = [{"role": "user", "content": f"{system}\n\n{user}"}]
        return self._format(messages=messages).prompt

    def _trouble(self) -> Exception | None:
        """Give what keeps messages from being put, None where each comes out once."""
        try:
            prompt = self.prompt(SYSTEM_PROBE, USER_PROBE)
        except (ValueError, TypeError, jinja2.TemplateError) as error:  # a template raises ValueError to refuse
            return error
        whole = prompt.count(SYSTEM_PROBE) == 1 and prompt.count(USER_PROBE) == 1
        return None if whole else ValueError("it leaves out what is said")


def _unusable(error: Exception) -> str:
    return f"The chat template of this model can't be used: {error}. Choose another with: newsreader models use NAME"

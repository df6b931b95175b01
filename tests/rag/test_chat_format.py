"""Templates that take a system message, and those that do not."""

import pytest

from rag.chat_format import ChatFormat
from rag.failures import ModelUnusable

PLAIN = "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}<reply>"
REFUSING = "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}" + PLAIN
DROPPING = "{% for m in messages if m.role == 'user' %}<user>{{ m.content }}{% endfor %}<reply>"
BROKEN = "{% for m in %}"
SILENT = "<reply>"
UNDEFINED = "{{ messages[0].tools.first }}"
FOLDED = "<user>Answer.\n\nWhy?<reply>"


@pytest.mark.parametrize(
    ("template", "prompt"), [(PLAIN, "<system>Answer.<user>Why?<reply>"), (REFUSING, FOLDED), (DROPPING, FOLDED)]
)
def test_both_messages_reach_the_model(template: str, prompt: str) -> None:
    assert ChatFormat(template, bos_token="", eos_token="").prompt("Answer.", "Why?") == prompt


@pytest.mark.parametrize("template", [BROKEN, SILENT, UNDEFINED])
def test_a_template_that_is_of_no_use_is_told_in_words(template: str) -> None:
    with pytest.raises(ModelUnusable, match="models use NAME"):
        ChatFormat(template, bos_token="", eos_token="")

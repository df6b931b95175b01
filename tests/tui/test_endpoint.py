"""While an endpoint answers, newsreader says where the text goes: in the app, in doctor, on standard error."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from models.endpoint_settings import EndpointSettings
from models.settings import AnswerSettings, Settings
from rag.engines import Engines
from rag.leaving import leaving
from rag.model_files.catalogue import Purpose
from rag.model_files.installed import missing_models
from rag.stop_flag import StopFlag
from tests.tui.conftest import OpenApp, make_article, ready, seen
from tui import diagnosis
from tui.cli import newsreader
from tui.configuration import Flags, load_settings
from tui.diagnosis import Level
from tui.errors import BadInput
from tui.widgets.status_line import StatusLine

HERE = "http://localhost:8080/v1"
FAR = "https://llm.example.org/v1"
PLAIN = "http://llm.example.org:8000/v1"


def answering(url: str, **endpoint: str) -> AnswerSettings:
    return AnswerSettings(endpoint=EndpointSettings(url=url, **endpoint))


def test_as_it_comes_nothing_leaves_the_machine() -> None:
    assert leaving(Settings().answer.endpoint) is None
    assert list(diagnosis.endpoint(Settings())) == []


@pytest.mark.parametrize(
    ("url", "brief", "told"),
    [
        (HERE, "text leaves newsreader for localhost:8080", "on this machine"),
        ("http://127.0.0.5/v1", "text leaves newsreader for 127.0.0.5", "on this machine"),
        ("http://[::1]:8080/v1", "text leaves newsreader for [::1]:8080", "on this machine"),
        (FAR, "text leaves this machine for llm.example.org", "it leaves this machine."),
        (PLAIN, "text leaves this machine UNENCRYPTED for llm.example.org:8000", "everybody on the way can read it"),
        ("http://192.168.1.7/v1", "text leaves this machine UNENCRYPTED for 192.168.1.7", "everybody on the way"),
        ("http://localhost.example.org", "text leaves this machine UNENCRYPTED for localhost.example.org", "everybody"),
    ],
)
def test_it_is_said_where_text_goes(url: str, brief: str, told: str) -> None:
    left = leaving(EndpointSettings(url=url))
    assert left is not None
    assert left.brief == brief
    assert told in left.sentence
    assert (left.advice is not None) == ("UNENCRYPTED" in brief)


def test_doctor_says_so_and_misses_no_model_that_answers_here() -> None:
    settings = Settings(answer=answering(PLAIN))
    [finding] = diagnosis.endpoint(settings)
    assert finding.level is Level.NOTE
    assert "llm.example.org:8000, unencrypted" in finding.text
    assert "https://" in (finding.advice or "")
    assert not [f for f in diagnosis.model_files(settings, full=False) if f.text.startswith("answer: ")]
    assert Purpose.ANSWER not in {spec.purpose for spec in missing_models(settings)}


@pytest.mark.parametrize("width", [130, 80, 60])
async def test_the_line_at_the_top_says_so_however_narrow_it_is(open_app: OpenApp, width: int) -> None:
    app = open_app(make_article(), answer=answering(PLAIN, model="big"))
    async with app.run_test(size=(width, 24)) as pilot:
        screen = await ready(pilot)
        line = seen(pilot).splitlines()[0]
        assert "UNENCRYPTED for" in line
        assert "offline" not in line
        assert ("big · ready" in line) == (width == 130)
        assert screen.query_one(StatusLine).leaving


def test_the_worker_says_so_before_it_does_anything(settings: Settings) -> None:
    told: list[str] = []
    with Engines(settings.model_copy(update={"answer": answering(FAR)}), StopFlag(), told.append) as engines:
        assert engines.answerer_ready
    [notice] = told
    assert "llm.example.org: it leaves this machine." in notice
    with Engines(settings, StopFlag(), told.append):
        assert told == [notice]


def test_whoever_names_a_model_of_this_machine_gets_that(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__URL", FAR)
    monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__API_KEY", " s3cret\n")
    assert load_settings(Flags()).answer.endpoint.url == FAR
    assert load_settings(Flags()).answer.endpoint.api_key == "s3cret"
    assert load_settings(Flags(model="mine")).answer.endpoint.url == ""


@pytest.mark.parametrize(
    "url",
    ["ftp://host/v1", "localhost:8080", "http://", "http://me:secret@host/v1", "http://host/v1?key=s", "http://h:x"],
)
def test_an_address_of_another_kind_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__URL", url)
    with pytest.raises(BadInput) as caught:
        load_settings(Flags())
    message = caught.value.format_message()
    assert message.startswith(
        "NEWSREADER_ANSWER__ENDPOINT__URL: must be an address that begins with http:// or https://"
    )


def test_a_key_that_can_not_be_sent_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__API_KEY", "s3 cret")
    with pytest.raises(BadInput) as caught:
        load_settings(Flags())
    assert "NEWSREADER_ANSWER__ENDPOINT__API_KEY: must be" in caught.value.format_message()
    assert "s3" not in caught.value.format_message()
    assert "s3" not in repr(EndpointSettings(url=FAR, api_key="s3cret"))


def test_choosing_a_model_tells_that_an_endpoint_answers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSREADER_ANSWER__ENDPOINT__URL", FAR)
    done = CliRunner().invoke(newsreader, ["models", "use", "smollm2-135m"])
    assert done.exit_code == 0
    assert f"But {FAR} is set as answer.endpoint.url, and answers." in done.output

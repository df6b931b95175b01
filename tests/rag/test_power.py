"""Whether the machine runs on its battery, from folders like Linux's."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from models.settings import AnswerSettings, WorkAhead
from rag.power import Power, battery_drains_on_linux, battery_drains_on_macos


def supply(folder: Path, name: str, **told: str) -> None:
    (folder / name).mkdir(parents=True)
    for key, value in told.items():
        (folder / name / key).write_text(value + "\n")


@pytest.mark.parametrize(("status", "drains"), [("Discharging", True), ("Charging", False), ("Full", False)])
def test_a_laptop_is_on_its_battery_while_that_is_drained(tmp_path: Path, status: str, drains: bool) -> None:
    supply(tmp_path, "AC", type="Mains", online="0")
    supply(tmp_path, "BAT0", type="Battery", status=status)
    assert battery_drains_on_linux(tmp_path) is drains


def test_the_battery_of_a_mouse_does_not_count(tmp_path: Path) -> None:
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", status="Discharging")
    assert not battery_drains_on_linux(tmp_path)
    assert not battery_drains_on_linux(tmp_path / "nowhere")


@pytest.mark.parametrize(("source", "drains"), [("Battery Power", True), ("AC Power", False)])
def test_macos_is_asked(monkeypatch: pytest.MonkeyPatch, source: str, drains: bool) -> None:
    def told(*_: Any, **__: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, f"Now drawing from '{source}'\n")

    monkeypatch.setattr(subprocess, "run", told)
    assert battery_drains_on_macos() is drains


def test_it_is_not_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def ask() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr("rag.power.sys.platform", "darwin")
    monkeypatch.setattr("rag.power.battery_drains_on_macos", ask)
    power = Power()
    assert power.on_battery
    assert power.on_battery
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (True, WorkAhead.ALWAYS),
        ("false", WorkAhead.NEVER),
        ("on power", WorkAhead.ON_POWER),
        ("never", WorkAhead.NEVER),
    ],
)
def test_when_the_machine_works_ahead_can_be_said_with_yes_and_no(written: object, meant: WorkAhead) -> None:
    assert AnswerSettings.model_validate({"warm": written}).warm is meant

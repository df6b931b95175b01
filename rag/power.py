"""Whether the machine runs on its battery, so that nobody's is emptied by work that may never be wanted."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

SUPPLIES: Final = Path("/sys/class/power_supply")
"""Where Linux tells of each battery and each mains adapter, a folder for each."""

LOOK_AGAIN_S: Final = 30.0
"""How long what was found is taken to be so still: asking costs a process on macOS."""

PMSET_PATIENCE_S: Final = 5.0


class Power:
    """Tells what the machine runs on. Where that can't be told, it is taken to be the mains."""

    def __init__(self) -> None:
        self._looked: float | None = None
        self._on_battery = False

    @property
    def on_battery(self) -> bool:
        """Whether the machine runs on its battery."""
        now = time.monotonic()
        if self._looked is None or now - self._looked > LOOK_AGAIN_S:
            self._looked = now
            self._on_battery = battery_drains_on_macos() if sys.platform == "darwin" else battery_drains_on_linux()
        return self._on_battery


def battery_drains_on_linux(supplies: Path = SUPPLIES) -> bool:
    """Tell whether a battery of the machine is being drained; those of mice and keyboards don't count."""
    return any(
        _told(supply / "type") == "Battery"
        and _told(supply / "scope") != "Device"
        and _told(supply / "status") == "Discharging"
        for supply in supplies.glob("*")
    )


def battery_drains_on_macos() -> bool:
    """Tell whether macOS draws from the battery."""
    try:
        told = subprocess.run(
            ["pmset", "-g", "batt"], capture_output=True, text=True, check=False, timeout=PMSET_PATIENCE_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "'Battery Power'" in told.stdout


def _told(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""

"""What is shipped for running it elsewhere: unit, container, example settings. No engine builds the image here, so the
image's files are put together as the Containerfile says, and the bot is started from them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bot.settings import SETTINGS, load_settings
from tests.free_port import free_port

ROOT = Path(__file__).parent.parent
DRIFT = (ROOT / "docs" / "drift.md").read_text(encoding="utf-8")
GROUPS = (ROOT / "docs" / "drift" / "groups.md").read_text(encoding="utf-8")
UNITS = ("losen.service", "losen-backup.service")
CONTAINERFILE = (ROOT / "docs" / "drift" / "Containerfile").read_text(encoding="utf-8")

NAMES = {setting.name for setting in SETTINGS}
SECRETS = {setting.name for setting in SETTINGS if setting.secret}
INSTRUCTIONS = {
    "FROM", "RUN", "CMD", "EXPOSE", "ENV", "COPY", "ENTRYPOINT", "VOLUME", "USER", "WORKDIR", "STOPSIGNAL",
    "HEALTHCHECK",
}  # fmt: skip
PATIENCE_SECONDS = 60


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions in order, with continued lines joined."""
    lines = "\n".join(line for line in CONTAINERFILE.splitlines() if not line.lstrip().startswith("#"))
    whole = re.sub(r"\\\n\s*", " ", lines)
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in whole.splitlines() if line.strip()]


def of(name: str) -> list[str]:
    return [rest for instruction, rest in instructions() if instruction == name]


def copied() -> list[tuple[list[str], str]]:
    """What is copied from the project: sources and target of each COPY that is not from another stage."""
    return [(parts[:-1], parts[-1]) for parts in map(shlex.split, of("COPY")) if not parts[0].startswith("--from")]


def image(folder: Path) -> Path:
    """The working folder of the image, put together as the Containerfile says."""
    for sources, target in copied():
        if target.startswith("/"):
            continue  # into another stage
        for source in sources:
            place = folder / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place / source)
    return folder


def environ(data: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NAMES and not name.startswith("PYTHON")}
    return {**kept, "LOSEN_MODE": "development", "DATA_DIR": str(data), **settings}


# The container


def test_the_containerfile_has_only_known_instructions_in_a_sensible_order() -> None:
    names = [name for name, _ in instructions()]
    assert set(names) <= INSTRUCTIONS
    assert names[0] == "FROM"
    last_stage = names[len(names) - names[::-1].index("FROM") :]
    assert [name for name in last_stage if name in ("USER", "ENTRYPOINT", "CMD")] == ["USER", "ENTRYPOINT", "CMD"]


def test_what_the_image_copies_is_there() -> None:
    assert copied()
    for sources, _ in copied():
        for source in sources:
            assert (ROOT / source).exists(), source


def test_the_image_does_not_run_as_root_and_stops_gracefully() -> None:
    assert of("USER") == ["10001:10001"]
    assert of("STOPSIGNAL") == ["SIGTERM"]


def test_the_image_starts_a_command_of_the_manual_with_known_settings() -> None:
    (entry,), (command,) = of("ENTRYPOINT"), of("CMD")
    assert json.loads(entry) == ["python", "app.py"]
    assert json.loads(command) == ["serve"]
    assert "`python app.py serve`" in DRIFT
    given = dict(one.split("=", 1) for line in of("ENV") for one in shlex.split(line))
    assert set(given) - {"PATH", "PYTHONDONTWRITEBYTECODE", "MALLOC_TRIM_THRESHOLD_"} <= NAMES
    assert given["DATA_DIR"] == of("VOLUME")[0]
    assert given["PORT"] == of("EXPOSE")[0]
    assert f"127.0.0.1:{given['PORT']}/readyz" in of("HEALTHCHECK")[0]


def test_the_images_python_is_one_the_project_takes() -> None:
    versions = {re.search(r"python:(\d+)\.(\d+)", base) for base in of("FROM")}
    assert all(found and (int(found[1]), int(found[2])) >= (3, 11) for found in versions)


def test_the_bot_starts_answers_and_stops_with_the_images_files_alone(tmp_path: Path) -> None:
    """Nothing it needs at run time is left out of the image."""
    folder = image(tmp_path / "losen")
    port = str(free_port())
    process = subprocess.Popen(
        [sys.executable, "app.py", "serve"],
        cwd=folder,
        env=environ(tmp_path / "data", PORT=port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not _answers(f"http://127.0.0.1:{port}/readyz"):
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < until, "it does not get ready"
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    finally:
        process.kill()
    assert process.returncode == 0, output


def test_the_other_commands_run_with_the_images_files_alone(tmp_path: Path) -> None:
    folder, data = image(tmp_path / "losen"), tmp_path / "data"
    settings = {"APP_ID": "00000000-0000-4000-8000-000000000000"}
    for command in (["teams-app", "--out", str(tmp_path / "losen.zip")], ["cases"], ["which-form", "skriveren er død"]):
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "app.py", *command],
            cwd=folder,
            env=environ(data, **settings),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "losen.zip").is_file()


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


# The unit


def unit(name: str = "losen.service") -> Mapping[str, list[str]]:
    """Every setting of a unit with its values, whatever its section."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / "docs" / "drift" / name).read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_starts_a_command_of_the_manual_with_known_settings() -> None:
    (start,), (backup,) = unit()["ExecStart"], unit("losen-backup.service")["ExecStart"]
    assert start.endswith("python app.py serve")
    assert ".venv/bin/python app.py backup " in backup
    given = dict(one.split("=", 1) for line in unit()["Environment"] for one in shlex.split(line))
    assert set(given) - {"PYTHONDONTWRITEBYTECODE", "MALLOC_TRIM_THRESHOLD_"} <= NAMES
    assert given["DATA_DIR"] == f"/var/lib/{unit()['StateDirectory'][0]}"
    for path in (*unit()["WorkingDirectory"], *unit()["EnvironmentFile"], given["DATA_DIR"]):
        assert path in DRIFT


@pytest.mark.parametrize(
    "name", ["User", "Group", "WorkingDirectory", "EnvironmentFile", "Environment", "StateDirectory"]
)
def test_both_units_work_on_the_same_installation(name: str) -> None:
    assert unit(UNITS[0])[name] == unit(UNITS[1])[name]


def test_the_unit_waits_for_the_drain_and_leaves_logs_to_the_journal() -> None:
    drain = load_settings({"LOSEN_MODE": "development"}).drain_seconds
    assert int(unit()["TimeoutStopSec"][0]) > 2 * drain
    assert unit()["KillSignal"] == ["SIGTERM"]
    assert unit()["StandardError"] == ["journal"]


@pytest.mark.parametrize("which", UNITS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NoNewPrivileges", "yes"), ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"),
        ("PrivateDevices", "yes"), ("CapabilityBoundingSet", ""), ("RestrictNamespaces", "yes"),
        ("MemoryDenyWriteExecute", "yes"), ("SystemCallArchitectures", "native"), ("UMask", "0077"),
        ("StateDirectoryMode", "0700"),
    ],
)  # fmt: skip
def test_the_units_are_locked_down(which: str, name: str, value: str) -> None:
    assert unit(which)[name] == [value]


# The manual


def test_the_example_settings_are_right() -> None:
    (block,) = re.findall(r"```env\n(.*?)```", DRIFT, re.DOTALL)
    given = dict(line.split("=", 1) for line in block.split())
    assert set(given) <= NAMES
    settings = load_settings(given)
    assert not settings.development
    assert settings.kompass_url
    # What only some groups need stands with the groups.
    of_groups = {name for name in SECRETS if f"`{name}`" in GROUPS} - {"APP_PASSWORD"}
    assert of_groups == {"ENGAGE_REFRESH_TOKEN", "WORKPLACE_TOKEN", "SMTP_PASSWORD"}
    assert SECRETS - of_groups - {"SYSTEMOVERSIKTEN_FORVALTERE_KEY"} <= set(given)


def test_every_setting_the_manual_assigns_exists() -> None:
    platform = {"WEBSITES_PORT", "WEBSITES_CONTAINER_STOP_TIME_LIMIT", "WEBSITES_ENABLE_APP_SERVICE_STORAGE"}
    shown = set(re.findall(r"\b([A-Z]{2,}(?:_[A-Z]+)*)=", DRIFT))
    assert shown >= {"APP_ID", "DATA_DIR", "METRICS_TOKEN"}
    in_files = {f"{name}_FILE" for name in SECRETS}
    assert shown - platform <= NAMES | in_files | {"KOMPASS", "PARTS"}  # `make run KOMPASS=fake`


def test_every_number_the_bot_measures_is_in_the_manual() -> None:
    source = (ROOT / "bot" / "metrics.py").read_text(encoding="utf-8")
    names = re.findall(r'"(losen_[a-z_]+)"', source)
    assert len(names) >= 6
    for name in names:
        assert f"`{name}" in DRIFT, name

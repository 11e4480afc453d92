"""Run the fake until it is interrupted; with --run, a command beside it that finds it in its environment."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

from tests.fake_kompass.faults import EIGHT, Fault
from tests.fake_kompass.server import PASSWORD, TENANT, USER, FakeKompass, running


async def serve(port: int, share: float, lag: float, pause: float, only: str | None, command: list[str]) -> int:
    fake = FakeKompass(pause=pause)
    fake.faults.share = share
    fake.faults.kinds = (Fault(only),) if only else EIGHT
    fake.world.lag = lag
    async with running(fake, port) as url:
        settings = {
            "KOMPASS_URL": url,
            "KOMPASS_TENANT": TENANT,
            "KOMPASS_USER": USER,
            "KOMPASS_PASSWORD": PASSWORD,
        }
        sys.stdout.write(f"A fake Kompass is at {url}\n" + " ".join(f"{k}={v}" for k, v in settings.items()) + "\n")
        sys.stdout.flush()
        if not command:
            await asyncio.Event().wait()
        process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **settings})
        return await process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_kompass", description=__doc__)
    parser.add_argument("--port", type=int, default=8078)
    parser.add_argument("--faults", type=float, default=0.0, metavar="SHARE", help="of the calls get one, 0 to 1")
    parser.add_argument("--fault", choices=[one.value for one in Fault], help="this one only")
    parser.add_argument("--lag", type=float, default=0.0, help="seconds a new case is missing from searches")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds every answer takes")
    parser.add_argument("--run", nargs=argparse.REMAINDER, default=[], help="a command that uses it")
    options = parser.parse_args()
    try:
        sys.exit(
            asyncio.run(serve(options.port, options.faults, options.lag, options.pause, options.fault, options.run))
        )
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

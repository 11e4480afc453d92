"""Run the fake until it is interrupted."""

from __future__ import annotations

import argparse
import asyncio
import sys

from tests.fake_systemoversikten.data import tables
from tests.fake_systemoversikten.server import FORVALTERE_KEY, KEY, FakeSystemoversikten, Fault, running


async def serve(port: int, many: int, fault: str | None) -> None:
    fake = FakeSystemoversikten(rows=tables(many))
    if fault:
        fake.fail("systemer", Fault(fault), times=None)
    async with running(fake, port) as url:
        sys.stdout.write(
            f"SYSTEMOVERSIKTEN_URL={url} SYSTEMOVERSIKTEN_KEY={KEY} SYSTEMOVERSIKTEN_FORVALTERE_KEY={FORVALTERE_KEY}\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_systemoversikten", description=__doc__)
    parser.add_argument("--port", type=int, default=8077)
    parser.add_argument("--many", type=int, default=0, help="so many more systems")
    parser.add_argument("--fault", choices=[one.value for one in Fault], help="of every answer with systems")
    options = parser.parse_args()
    try:
        asyncio.run(serve(options.port, options.many, options.fault))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

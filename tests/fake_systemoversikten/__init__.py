"""A fake of Systemoversikten's bulk API over real HTTP, with invented data that has every known pitfall.

python -m tests.fake_systemoversikten [--port 8077] [--many 1500] [--fault login_page]
"""

from tests.fake_systemoversikten.server import (
    FORVALTERE_KEY,
    KEY,
    FakeSystemoversikten,
    Fault,
    Request,
    running,
)

__all__ = ["FORVALTERE_KEY", "KEY", "FakeSystemoversikten", "Fault", "Request", "running"]

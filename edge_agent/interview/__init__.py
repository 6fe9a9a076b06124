"""What happens in the room, as pure code.

In: commands, touches, voice, time (`steps.Input`). Out: what to write, say, open and close
(`steps.Output`), and a view for the kiosk and the live readings. No I/O, no device, no clock.
"""

from edge_agent.interview.runner import Runner
from edge_agent.interview.view import RunnerView

__all__ = ["Runner", "RunnerView"]

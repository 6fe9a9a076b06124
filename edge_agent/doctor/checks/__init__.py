"""One file a check. In: `Visit`; out: `Finding`. What touches a driver or a network runs apart; what
follows from the figures is a pure function beside it (`judge`).
"""

from edge_agent.doctor.checks.every import EVERY

__all__ = ["EVERY"]

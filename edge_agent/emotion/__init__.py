"""A network's glances at a face become readings of this candidate: pure, no I/O, no clock.

In: `EmotionGlance`s (what the network says of a picture), those at rest during calibration first. Out:
one `EmotionNeutral`, then an `EmotionLook` a glance: probabilities against the candidate's own face at
rest, or an abstention with its reason. Whoever has no neutral is not read at all.
"""

from edge_agent.emotion.against_rest import against_rest
from edge_agent.emotion.figures import Figures
from edge_agent.emotion.rest import EmotionRest

__all__ = ["EmotionRest", "Figures", "against_rest"]
"""Feed `EmotionRest` while the face rests; then `against_rest` reads each glance."""

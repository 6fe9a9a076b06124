"""The sound of answers, for players and for whoever exports an interview."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response, get
from litestar.params import FromPath, HeaderParameter

from central.bus.sounds import MEDIA_TYPE
from central.dashboard import answer_sound
from central.dashboard.api.interviews import THOSE_CONCERNED
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn, ToRooms

Range = Annotated[str, HeaderParameter(name="range")]


@get(
    "/turns/{turn_id:str}/audio",
    guards=[roles.allow(*THOSE_CONCERNED)],
    media_type=MEDIA_TYPE,
)
async def get_audio(
    turn_id: FromPath[str],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
    wanted: Range = "",
) -> Response[Any]:
    """The answer from its first word to its last as one FLAC file; `Range: bytes=a-b` gives a part."""
    return await answer_sound.answer_sound(session, bus, account, turn_id, wanted)


HANDLERS = (get_audio,)

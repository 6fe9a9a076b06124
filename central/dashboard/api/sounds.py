"""The sound of answers and of sentences in them, for players and for whoever exports an interview."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, HeaderParameter

from central.bus.sounds import MEDIA_TYPE
from central.dashboard import answer_sound, ids
from central.dashboard.api import access
from central.dashboard.api.interviews import THOSE_CONCERNED
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn, ToRooms
from central.errors import Refused
from central.storage import answer_sounds

Range = Annotated[str, HeaderParameter(name="range")]


class Sentence(msgspec.Struct, frozen=True):
    """Milliseconds [begin_ms, end_ms) of the sound of its answer, `turn_id`. While the candidate speaks
    that sound grows: it is the one of `utterances` sentences now.
    """

    turn_id: str
    begin_ms: int
    end_ms: int
    utterances: int


@get("/transcripts/{transcript_id:str}/sound", guards=[roles.allow(*THOSE_CONCERNED)])
async def get_sentence(
    transcript_id: FromPath[str], session: Session, account: SignedIn
) -> Sentence:
    """Where a sentence of the transcript is heard, as soon as it stands there. Another candidate's is
    told from none by nobody.
    """
    heard = await answer_sounds.heard(session, ids.parse(transcript_id, "transcript"))
    if heard is None or not await access.sees(session, account, heard.interview_id):
        raise Refused("sound_unknown", 404, "Nothing was recorded of this sentence.")
    at = heard.extract
    return Sentence(str(heard.turn_id), at.begin_ms, at.end_ms, heard.utterances)


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


SENTENCES = (get_sentence,)
HANDLERS = (get_audio, *SENTENCES)

"""What was understood of an interview's answers, for the room in which its candidate reads it."""

from __future__ import annotations

from central.storage import confirmations
from central.storage.pool import Pool
from central.storage.rooms import AgentRow
from daedam.v1 import room_pb2


async def words(
    request: room_pb2.FetchWordsRequest, agent: AgentRow, pool: Pool
) -> room_pb2.FetchWordsResponse:
    """Nothing of an interview that is not live in the agent's room, or that nobody is to confirm."""
    text = request.interview_id
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return room_pb2.FetchWordsResponse()
    async with pool.connection() as conn:
        found = await confirmations.understood(conn, agent.room_id, int(text))
    return room_pb2.FetchWordsResponse(
        answers=[
            room_pb2.AnswerWords(
                turn_id=one.turn_key,
                utterances=[
                    room_pb2.UtteranceWords(utterance_id=key, text=said)
                    for key, said in one.utterances
                ],
                whole=one.whole,
            )
            for one in found
        ]
    )

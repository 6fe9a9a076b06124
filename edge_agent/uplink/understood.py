"""What central understood of an interview's answers: asked for beside the stream, while it is read."""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

import grpc

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.config import Central
from edge_agent.errors import CentralAway
from edge_agent.flow import AnswerWords, UtteranceWords
from edge_agent.uplink.identity import load_identity
from edge_agent.uplink.uplink import open_channel

TIMEOUT_S: Final = 5.0


class WordsDoor:
    """Asks once a call."""

    def __init__(self, settings: Central) -> None:
        self._settings = settings

    async def fetch(self, interview_id: str) -> tuple[AnswerWords, ...]:
        """Of each answer that is over, what was understood so far.

        Raises `CentralAway` where it cannot be had now; an older central never has it.
        """
        request = room_pb2.FetchWordsRequest(interview_id=interview_id)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                async with open_channel(self._settings, load_identity(self._settings)) as channel:
                    stub = cast("Any", room_pb2_grpc.RoomServiceStub(channel))
                    return _answers(await stub.FetchWords(request))
        except TimeoutError as error:
            raise CentralAway("the words of the answers did not come in time") from error
        except grpc.aio.AioRpcError as error:
            raise CentralAway(f"the words were not fetched: {error.details()}") from error


def _answers(response: room_pb2.FetchWordsResponse) -> tuple[AnswerWords, ...]:
    return tuple(
        AnswerWords(
            one.turn_id,
            tuple(UtteranceWords(said.utterance_id, said.text) for said in one.utterances),
            one.whole,
        )
        for one in response.answers
    )

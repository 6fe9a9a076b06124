"""The connection to NATS. Nothing in here raises because NATS is away: what is lost is found again in
PostgreSQL.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Self, TypeAlias

import msgspec
import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from central.bus import subjects
from central.bus.accounts import inbox
from central.bus.captions import CaptionReply, CaptionRequest
from central.bus.events import TOPICS, Event
from central.bus.flushing import Flusher
from central.bus.live import LiveEvents
from central.bus.seeds import read as read_seed
from central.bus.sounds import SoundReply, SoundRequest
from central.cancelling import cancellable
from central.errors import StartError

CONNECT_TIMEOUT_S = 10.0
PING_INTERVAL_S = 5
CLOSE_TIMEOUT_S = 2.0
MAX_WORD_BYTES = 200

CaptionHandler: TypeAlias = Callable[[CaptionRequest], Awaitable[CaptionReply]]
SoundHandler: TypeAlias = Callable[[SoundRequest], Awaitable[SoundReply]]

_log = structlog.get_logger(__name__)
_json = msgspec.json.Encoder()
_msgpack = msgspec.msgpack.Encoder()
_reply_decoder = msgspec.msgpack.Decoder(CaptionReply)
_request_decoder = msgspec.msgpack.Decoder(CaptionRequest)
_sound_reply_decoder = msgspec.msgpack.Decoder(SoundReply)
_sound_request_decoder = msgspec.msgpack.Decoder(SoundRequest)


class Bus(AbstractAsyncContextManager["Bus", None]):
    """One connection for the whole process; `async with await Bus.connect(url, name) as bus`."""

    def __init__(self, client: Client, weather: _Weather) -> None:
        self._nats = client
        self._flusher = Flusher(client)
        self._weather = weather
        self._captioning: set[asyncio.Task[None]] = set()
        self.events_lost = 0
        """Events that were not sent because NATS was away."""

    @classmethod
    async def connect(cls, url: str, name: str, seeds: Path | None = None) -> Self:
        """Connected as the role `name`, with its nkey where there is a folder of seeds; from then on it
        never gives up reconnecting. Raises `StartError` where nothing answers at `url` within 10 s, and
        `ConfigError` where the role's seed is not there.
        """
        seed = read_seed(seeds, name)
        weather = _Weather()
        client = Client()
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                connecting = client.connect(
                    url,
                    name=name,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=0.5,  # type: ignore[arg-type]  # it is slept as it is
                    ping_interval=PING_INTERVAL_S,
                    max_outstanding_pings=2,
                    connect_timeout=2,
                    nkeys_seed_str=seed or None,
                    inbox_prefix=inbox(name).encode(),
                    error_cb=weather.error,
                    disconnected_cb=weather.disconnected,
                    reconnected_cb=weather.reconnected,
                )
                await cancellable(connecting)
        except (TimeoutError, OSError, nats.errors.Error) as error:
            await client.close()
            place = url.rpartition("@")[2]  # what stands before it is a secret
            problem = f"no answer at {place} within {CONNECT_TIMEOUT_S:.0f} s"
            if weather.refused:
                problem = f"{place} does not know the key of {name}; see docs/operations.md, NATS"
            raise StartError("nats", problem) from error
        except asyncio.CancelledError:
            await client.close()
            raise
        return cls(client, weather)

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the caption handlers and the connection."""
        self._weather.leaving = True
        tasks = list(self._captioning)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            heard = await self._flusher.flushed(CLOSE_TIMEOUT_S)
        except nats.errors.Error:
            heard = False
        if not heard:
            _log.info("nats is away; what was on its way is lost")
        await self._nats.close()
        await self._flusher.close()

    async def publish(self, event: Event) -> None:
        """Sends a live event; lost where NATS is away."""
        await self._send(subjects.live(event.room, TOPICS[type(event)]), _json.encode(event))

    async def ring(self, subject: str) -> None:
        """Rings a doorbell; whoever misses it looks anyway."""
        await self._send(subject, b"")

    async def on_doorbell(self, subject: str, queue: str, callback: Callable[[], None]) -> Doorbell:
        """Calls `callback` at each ring; of those with the same `queue` name, one hears each ring."""

        async def ring(_: Msg) -> None:
            callback()

        return Doorbell(await cancellable(self._nats.subscribe(subject, queue=queue, cb=ring)))

    async def announce(self, subject: str, word: str) -> None:
        """Says a word on a subject; whoever misses it looks anyway."""
        await self._send(subject, word.encode())

    async def on_announcement(self, subject: str, callback: Callable[[str, str], None]) -> Doorbell:
        """Calls `callback` with the subject and the word of each announcement."""

        async def hear(message: Msg) -> None:
            callback(message.subject, message.data[:MAX_WORD_BYTES].decode(errors="replace"))

        return Doorbell(await cancellable(self._nats.subscribe(subject, cb=hear)))

    def subscribe_live(self, subject: str, limit: int = 256) -> LiveEvents:
        """The events on `subject`, to be iterated; the oldest are dropped when more than `limit` wait.
        Use as `async with bus.subscribe_live(s) as events` to be subscribed before the first
        iteration.
        """
        return LiveEvents(self._nats, self._flusher, subject, limit)

    async def request_caption(
        self, language: str, request: CaptionRequest, timeout_s: float
    ) -> CaptionReply | None:
        """What a speech worker reads in an open utterance; None where none answers in time."""
        try:
            asking = self._nats.request(
                subjects.caption(language), _msgpack.encode(request), timeout=timeout_s
            )
            answer = await cancellable(asking)
            return _reply_decoder.decode(answer.data)
        except (TimeoutError, nats.errors.Error, msgspec.MsgspecError):
            return None

    async def serve_captions(
        self, language: str, handler: CaptionHandler, concurrency: int = 1
    ) -> Doorbell:
        """Answers caption requests of one language ("*" for any) as one of the speech workers.

        More than `concurrency` at once are answered busy: a late caption helps nobody.
        """

        async def serve(message: Msg) -> None:
            if len(self._captioning) >= concurrency:
                await _respond(message, CaptionReply(text="", engine="", busy=True))
                return
            task = asyncio.create_task(_answer(message, handler))
            self._captioning.add(task)
            task.add_done_callback(self._captioning.discard)

        subject = subjects.caption(language)
        subscribing = self._nats.subscribe(subject, queue=subjects.SPEECH_QUEUE, cb=serve)
        return Doorbell(await cancellable(subscribing))

    async def request_sound(self, request: SoundRequest, timeout_s: float) -> SoundReply | None:
        """A piece of an answer's sound; None where no speech worker answers in time."""
        try:
            asking = self._nats.request(
                subjects.ANSWER_SOUND, _msgpack.encode(request), timeout=timeout_s
            )
            return _sound_reply_decoder.decode((await cancellable(asking)).data)
        except (TimeoutError, nats.errors.Error, msgspec.MsgspecError):
            return None

    async def serve_sounds(self, handler: SoundHandler) -> Doorbell:
        """Answers requests for pieces of answers' sound as one of the speech workers, one at a time."""

        async def serve(message: Msg) -> None:
            try:
                reply = await handler(_sound_request_decoder.decode(message.data))
            except Exception as error:  # noqa: BLE001 - whoever asked is told, and may ask again
                _log.warning("a sound was not read", error=str(error))
                reply = SoundReply(problem="sound_unreadable")
            await _respond(message, reply)

        subscribing = self._nats.subscribe(
            subjects.ANSWER_SOUND, queue=subjects.SPEECH_QUEUE, cb=serve
        )
        return Doorbell(await cancellable(subscribing))

    async def _send(self, subject: str, payload: bytes) -> None:
        if not self._nats.is_connected:  # the client would keep it and send it stale
            self.events_lost += 1
            return
        try:
            await cancellable(self._nats.publish(subject, payload))
        except (OSError, nats.errors.Error) as error:
            self.events_lost += 1
            _log.warning("not published", subject=subject, error=str(error))


class Doorbell:
    """A subscription that can be ended."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription

    async def close(self) -> None:
        """Hears no more."""
        try:
            await self._subscription.unsubscribe()
        except nats.errors.Error:
            return  # the connection is closed already


async def _answer(message: Msg, handler: CaptionHandler) -> None:
    try:
        reply = await handler(_request_decoder.decode(message.data))
    except Exception as error:  # noqa: BLE001 - a failed guess is only a missing caption
        _log.warning("a caption failed", error=str(error))
        reply = CaptionReply(text="", engine="", busy=True)
    await _respond(message, reply)


async def _respond(message: Msg, reply: CaptionReply | SoundReply) -> None:
    try:
        await message.respond(_msgpack.encode(reply))
    except nats.errors.Error as error:
        _log.warning("a question was not answered", error=str(error))


class _Weather:
    """Says in the log how the connection is."""

    def __init__(self) -> None:
        self.leaving = False
        self.refused = False
        """Whether the server said so; a reset of the connection often follows, or comes instead."""

    async def error(self, error: Exception) -> None:
        self.refused |= "authorization" in str(error).lower()
        _log.warning("nats", error=str(error) or type(error).__name__)

    async def disconnected(self) -> None:
        if not self.leaving:
            _log.warning("nats is away; reconnecting")

    async def reconnected(self) -> None:
        _log.info("nats is back")

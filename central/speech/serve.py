"""The speech role: one model, one lane, jobs for the record and captions for the screen."""

from __future__ import annotations

import asyncio
import os
import platform
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

from central.bus.bus import Bus
from central.config import Config
from central.jobs.kinds import TRANSCRIBE
from central.jobs.worker import work
from central.speech import engine
from central.speech.answers import AnswerSounds
from central.speech.caption import Captions
from central.speech.lane import CAPTIONS_WAITING, Lane
from central.speech.utterances import LANGUAGES, Utterances
from central.speech.voice_booth import open_booth
from central.storage.pool import open_pool
from central.supervisor.notify import Notify
from central.vault.documents import Documents
from central.vault.sounds import Sounds
from central.vault.vault import Vault

LEASE_S: Final = 10.0


async def serve(config: Config, notify: Notify) -> None:
    """Runs until cancelled. Raises `ConfigError` or `StartError`."""
    async with AsyncExitStack() as stack:
        notify.status("loading the speech model")
        lane = Lane(partial(engine.load, config), batch_size=config.speech.batch_size)
        stack.push_async_callback(lane.stop)
        model = await lane.start()
        pool = await open_pool(config.database.url, config.database.pool_size)
        stack.push_async_callback(pool.close)
        bus = await stack.enter_async_context(
            await Bus.connect(config.nats.url, "speech", config.seeds())
        )
        captions = Captions(lane, model)
        for language in sorted(LANGUAGES.keys() & model.languages):
            bell = await bus.serve_captions(language, captions.handle, CAPTIONS_WAITING)
            stack.push_async_callback(bell.close)
        vault = Vault.of(config)
        sounds = Sounds(pool, vault)
        answers = AnswerSounds(pool, sounds, Documents(pool, vault))
        player = await bus.serve_sounds(answers.handle)
        stack.push_async_callback(player.close)
        booth = await asyncio.to_thread(open_booth)
        sweeper = await stack.enter_async_context(asyncio.TaskGroup())
        sweeping = sweeper.create_task(booth.sweep())
        stack.callback(sweeping.cancel)
        notify.ready()
        notify.status(f"reading with {model.name}")
        await work(
            pool,
            bus,
            [TRANSCRIBE],
            Utterances(pool, bus, lane, model, sounds, booth=booth).handle,
            worker=f"{platform.node()}:{os.getpid()}",
            batch=config.speech.batch_size if model.batches else 1,
            lease_s=LEASE_S,
        )

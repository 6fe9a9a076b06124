"""What a room's stage does things with: microphones, the recorder, the camera, the voice."""

from __future__ import annotations

from collections.abc import Callable

from edge_agent.flow import Channels
from edge_agent.hearing.ears import Ears
from edge_agent.kiosk.voice import Voice
from edge_agent.recorder import Recorder
from edge_agent.service import clock
from edge_agent.sources import Replay
from edge_agent.stage import Hands
from edge_agent.vision import Vision


def room_hands(
    ears: Ears,
    recorder: Recorder,
    vision: Vision,
    voice: Voice,
    *,
    replay: Replay | None,
    heard: Callable[[], bool],
) -> Hands:
    """`heard`: any sound has come yet; `replay`: a film in the place of the devices."""

    def start_recording(interview_id: str, scored: bool, channels: Channels) -> None:
        ears.start_recording(interview_id)
        now_ns, counts = clock.mono_ns(), vision.counts
        recorder.start(interview_id, now_ns, counts, scored=scored, channels=channels)

    def stop_recording() -> None:
        ears.stop_recording()
        recorder.stop()

    def pause_recording(paused: bool) -> None:
        ears.pause(paused=paused)
        recorder.pause(clock.mono_ns(), vision.counts, paused=paused)

    def open_answer(turn_id: str, language: str) -> None:
        ears.open_answer(turn_id, language)
        if replay:
            at_ns = clock.mono_ns()
            vision.release_hold(at_ns)
            replay.clock.release(at_ns)

    return Hands(
        start_recording=start_recording,
        stop_recording=stop_recording,
        pause_recording=pause_recording,
        open_answer=open_answer,
        close_answer=ears.close_answer,
        say=voice.say,
        hush=voice.hush,
        sample=lambda: ears.next_sample if heard() else None,
    )

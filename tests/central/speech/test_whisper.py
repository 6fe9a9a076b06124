"""Whisper's real code on random weights: what is decoded together is what is decoded alone."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from central.speech.lane import Lane
from central.speech.transcriber import Heard, Phrase, Transcriber
from central.speech.whisper_engine import WhisperEngine, halve
from central.speech.whisper_greedy import greedy
from central.speech.whisper_words import starts
from tests.fakes.checkpoints import random_whisper

pytestmark = pytest.mark.integration


TURBO_BYTES = 10e9
"""809 million weights of 4 bytes as they are made, written and loaded: three times at once, at most."""


def available_bytes() -> float:
    """What a process may take without anybody being pushed out."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("MemAvailable:"))
    return int(found.split()[1]) * 1024


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whisper")


@pytest.fixture(scope="module")
def mini(checkpoints: Path) -> WhisperEngine:
    return WhisperEngine(str(random_whisper(checkpoints / "mini.pt")), device="cpu")


def phrase(seed: int, *, seconds: float = 1.0, language: str = "ko", draft: bool = False) -> Phrase:
    """Noise in a band of its own, so that another phrase is another text."""
    random = np.random.default_rng(seed)
    time_s = np.arange(int(seconds * 16_000)) / 16_000
    tone = np.sin(2 * np.pi * (200 + 450 * seed) * time_s)
    pcm = 0.2 * tone + 0.02 * random.standard_normal(len(time_s))
    return Phrase(pcm.astype(np.float32), language, int(seconds * 800), draft)


def assert_batch_is_its_singles(engine: Transcriber, batch: Sequence[Phrase]) -> None:
    together = engine.transcribe(batch)
    singles = [engine.transcribe([one])[0] for one in batch]
    assert len({one.text for one in together}) > 1, "the weights do not listen"
    for one, other in zip(together, singles, strict=True):
        assert one.text == other.text
        assert one.confidence == pytest.approx(other.confidence, abs=1e-4)
        assert one.no_speech == pytest.approx(other.no_speech, abs=1e-6)
        assert [word.begin_ms for word in one.words] == [word.begin_ms for word in other.words]


def test_a_batch_of_other_lengths_is_its_singles(mini: WhisperEngine) -> None:
    assert_batch_is_its_singles(mini, [phrase(n, seconds=0.4 + n / 2) for n in range(5)])


@pytest.mark.timeout(180)
def test_a_batch_is_its_singles_in_the_shape_of_tiny(checkpoints: Path) -> None:
    engine = WhisperEngine(str(random_whisper(checkpoints / "tiny.pt", "tiny")), device="cpu")
    assert_batch_is_its_singles(engine, [phrase(n, seconds=0.3 + n / 5) for n in range(2)])


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_batch_is_its_singles_in_the_shape_of_large_v3_turbo(checkpoints: Path) -> None:
    free = available_bytes()
    if free < TURBO_BYTES:
        pytest.skip(f"{free / 1e9:.1f} GB of memory are free, {TURBO_BYTES / 1e9:.0f} are needed")
    engine = WhisperEngine(str(random_whisper(checkpoints / "turbo.pt", "turbo")), device="cpu")
    (checkpoints / "turbo.pt").unlink()  # 3.2 GB that nobody opens again
    assert_batch_is_its_singles(engine, [phrase(n, seconds=0.5 + n / 2) for n in range(3)])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_our_loop_says_what_openai_whispers_own_loop_says(
    mini: WhisperEngine, language: str
) -> None:
    import torch
    import whisper
    from whisper.decoding import DecodingOptions

    model = mini._model
    text_ends = mini._tokenizer(language).eot
    options = DecodingOptions(
        language=language,
        without_timestamps=True,
        fp16=False,
        sample_len=19,  # of 0.8 s of voice
        suppress_tokens=[-1, *range(text_ends + 1, model.dims.n_vocab)],
    )
    one = phrase(3, language=language)
    with torch.inference_mode():
        theirs: Any = whisper.decode(model, mini._mel(one), options)
    (ours,) = mini.transcribe([one])
    assert ours.text == theirs.text
    assert ours.confidence == pytest.approx(theirs.avg_logprob, abs=1e-4)
    assert ours.no_speech == pytest.approx(theirs.no_speech_prob, abs=1e-6)


def test_words_are_pieces_of_the_text_in_order_and_within_the_sound(mini: WhisperEngine) -> None:
    heard = mini.transcribe([phrase(n, seconds=2, language="en") for n in range(3)])
    for one in heard:
        assert one.words
        ends = [0, *(word.end for word in one.words)]
        for before, word in zip(ends, one.words, strict=False):
            assert before <= word.start < word.end <= len(one.text)
            assert any(c.isalnum() for c in one.text[word.start : word.end])
            assert 0 <= word.begin_ms <= word.end_ms <= 2000
            assert word.confidence is not None
            assert 0 <= word.confidence <= 1
        times = [word.begin_ms for word in one.words]
        assert times == sorted(times)


def test_a_draft_has_no_words(mini: WhisperEngine) -> None:
    (heard,) = mini.transcribe([phrase(1, draft=True)])
    assert heard.text
    assert heard.words == ()


def test_a_token_starts_where_the_decoder_begins_to_look_at_it() -> None:
    seen = np.zeros((4, 20), dtype=np.float32)
    for token, (begin, end) in enumerate([(0, 3), (3, 9), (9, 10), (10, 20)]):
        seen[token, begin:end] = 1.0
    assert starts(seen).tolist() == [0, 3, 9, 10]


def test_a_model_in_half_precision_goes_through_the_same_path(checkpoints: Path) -> None:
    """What a CUDA device computes in; a processor can, slowly."""
    engine = WhisperEngine(str(random_whisper(checkpoints / "half.pt")), device="cpu")
    halve(engine._model)
    together = engine.transcribe([phrase(n, seconds=0.5) for n in range(2)])
    assert all(one.text and one.words for one in together)
    assert all(one.confidence is not None and np.isfinite(one.confidence) for one in together)


class Watched:
    """A recogniser of which every call says which thread it came from, and whether another was in."""

    batches = True

    def __init__(self, engine: WhisperEngine) -> None:
        self._engine = engine
        self.name, self.languages = engine.name, engine.languages
        self.threads: set[int] = set()
        self.order: list[tuple[bool, int]] = []
        self._inside = threading.Lock()

    def warm_up(self) -> None:
        self._engine.warm_up()

    def transcribe(self, batch: Sequence[Phrase]) -> list[Heard]:
        assert self._inside.acquire(blocking=False), "two threads in one model"
        try:
            self.threads.add(threading.get_ident())
            self.order.append((batch[0].draft, len(batch)))
            return self._engine.transcribe(batch)
        finally:
            self._inside.release()


@pytest.fixture
def watched(mini: WhisperEngine) -> Iterator[Watched]:
    model = Watched(mini)
    yield model
    assert threading.get_ident() not in model.threads


async def test_finals_and_captions_of_many_rooms_run_the_model_from_one_thread(
    watched: Watched,
) -> None:
    lane = Lane(lambda: watched, batch_size=4)
    await lane.start()
    alone = watched._engine.transcribe([phrase(1)])[0].text
    asked: list[asyncio.Future[Heard | None]] = []
    for n in range(8):
        final: Any = lane.final(phrase(1, language="ko" if n % 2 else "en"))
        asked.append(asyncio.ensure_future(final))
        asked.append(asyncio.ensure_future(lane.caption(phrase(2, draft=True))))
    answers = await asyncio.gather(*asked)
    await lane.stop()
    assert len(watched.threads) == 1
    finals = [one for one in answers[::2] if one is not None]
    assert len(finals) == 8
    assert {one.text for one in finals[1::2]} == {alone}
    assert max(size for draft, size in watched.order if not draft) == 4


def test_what_was_looked_at_is_what_a_second_pass_over_the_text_sees(mini: WhisperEngine) -> None:
    """Of openai-whisper's own decoder, told what it said; rows that end at their caps and earlier."""
    import torch
    from whisper.model import disable_sdpa

    model: Any = mini._model
    tokenizer = mini._tokenizer("ko")
    opening = list(tokenizer.sot_sequence_including_notimestamps)
    layer = len(model.decoder.blocks) - 1
    seen: list[Any] = []
    with torch.inference_mode():
        mels = [mini._mel(phrase(n, seconds=1 + n)) for n in range(3)]
        features = model.encoder(torch.stack(mels))
        decoded = greedy(model, tokenizer, features, [3, 17, 9], listen=True)
        hook = model.decoder.blocks[layer].cross_attn.register_forward_hook(
            lambda _module, _given, made: seen.append(made[1])
        )
        for row, one in enumerate(decoded):
            with disable_sdpa():
                told = torch.tensor([[*opening, *one.tokens]])
                logits = model.decoder(told, features[row : row + 1])[0, len(opening) - 1 :]
            scores = seen[-1][0, :, len(opening) - 1 :]
            assert torch.allclose(one.looked[-scores.shape[0] :], scores, atol=1e-3)
            chances = logits[:, : tokenizer.eot].softmax(dim=-1)
            for at, (token, chance) in enumerate(zip(one.tokens, one.chances, strict=True)):
                assert chance == pytest.approx(float(chances[at, token]), rel=1e-3)
        hook.remove()
    assert [len(one.tokens) for one in decoded] == [3, 17, 9]

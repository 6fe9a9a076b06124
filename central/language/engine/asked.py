"""What was asked becomes work: text becomes tokens, and what cannot fit is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from central.errors import EngineError
from central.language.engine import pieces
from central.language.engine.embedding import Texts
from central.language.engine.filling import Form, fill, most_of
from central.language.engine.messages import (
    Answer,
    EmbedAsked,
    FillAsked,
    FormFilled,
    FormPart,
    Piece,
    Up,
    WeighAsked,
    Weighed,
)
from central.language.engine.steps import Program
from central.language.engine.templates import Segment
from central.language.engine.vocabulary import Vocabulary
from central.language.engine.weighing import single_tokens, weigh
from central.language.engine.work import Finish, Job
from central.language.model import Slot, Urgency

ENGINE = "llama.cpp"


class Asking:
    """Makes jobs for one model. `begins`, `closes`: what its vocabulary puts around every text."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        context: int,
        *,
        begins: Sequence[int] = (),
        closes: Sequence[int] = (),
        puts_spaces: bool = False,
    ) -> None:
        self._words, self._context = vocabulary, context
        self._begins, self._closes = list(begins), list(closes)
        self._lead = " " if puts_spaces else ""

    def filling(self, asked: FillAsked, tell: Callable[[Up], None], now_s: float) -> Job:
        """Raises `EngineError`: prompt and answer do not fit into the context."""
        head, prompt = self._prompt(asked.head, asked.rest)
        form = [_part(part) for part in asked.form]
        self._check(len(prompt), most_of(form, self._words))
        heard = partial(_tell, tell, asked.id) if asked.told else _ignore
        program = _filled(asked.id, len(prompt), fill(prompt, form, self._words, heard))
        return _job(asked, program, head, now_s)

    def weighing(self, asked: WeighAsked, now_s: float) -> Job:
        """Raises `EngineError`: it does not fit, or an answer is not a single token."""
        head, prompt = self._prompt(asked.head, asked.rest)
        begun, answers = single_tokens(asked.begun, asked.answers, self._words, ENGINE)
        prompt += begun
        self._check(len(prompt), 1)
        return _job(asked, _weighed(asked.id, weigh(prompt, answers)), head, now_s)

    def embedding(self, asked: EmbedAsked, now_s: float) -> Texts:
        """Texts of any length."""
        room = self._context - len(self._begins) - len(self._closes)
        return Texts(
            asked.id,
            tuple(
                tuple(
                    (*self._begins, *piece, *self._closes)
                    for piece in pieces.cut(self._words.encode(self._lead + text or " "), room)
                )
                for text in asked.texts
            ),
            now_s + asked.timeout_s,
        )

    def _prompt(
        self, head: Sequence[Segment], rest: Sequence[Segment]
    ) -> tuple[tuple[int, ...], list[int]]:
        """The tokens of the head, and of all."""
        tokens = list(self._begins)
        for number, segment in enumerate(head):
            lead = self._lead if number == 0 else ""
            tokens += self._words.encode(lead + segment.text, control=segment.control)
        first = tuple(tokens)
        for segment in rest:
            tokens += self._words.encode(segment.text, control=segment.control)
        return first, tokens

    def _check(self, prompt: int, answer: int) -> None:
        if prompt + answer > self._context:
            raise EngineError(
                ENGINE,
                f"the prompt has {prompt} tokens and its answer may take {answer}; together at most "
                f"{self._context} fit: shorten it, or raise `context` in language.models",
            )


def _filled(job_id: int, prompt_tokens: int, program: Program[Form]) -> Program[Finish]:
    form = yield from program

    def finish(reused: int) -> Answer:
        return FormFilled(job_id, form.values, form.cut, prompt_tokens, reused, form.generated)

    return finish


def _weighed(job_id: int, program: Program[tuple[float, ...]]) -> Program[Finish]:
    weights = yield from program
    return lambda _reused: Weighed(job_id, weights)


def _job(
    asked: FillAsked | WeighAsked, program: Program[Finish], head: tuple[int, ...], now_s: float
) -> Job:
    return Job(asked.id, program, head, Urgency(asked.urgency), now_s, now_s + asked.timeout_s)


def _part(part: FormPart) -> str | Slot:
    return part.slot or part.choice or part.excerpt or part.text or ""


def _tell(tell: Callable[[Up], None], job_id: int, key: str, text: str) -> None:
    tell(Piece(job_id, key, text))


def _ignore(_key: str, _text: str) -> None:
    """Nobody listens."""

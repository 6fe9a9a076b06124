"""What every template may use: words, times, numbers, assets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from babel import dates, numbers
from jinja2 import StrictUndefined, pass_context
from litestar.plugins.jinja import JinjaTemplateEngine

from central.dashboard import i18n
from central.dashboard.auth import roles
from central.dashboard.pages import (
    behaviour_words,
    calibration_words,
    channels,
    check_in,
    confirm_words,
    delivery_words,
    desk_words,
    fault_words,
    people_words,
    plan_words,
    quotes,
    sight,
    sparkline,
    speaker_words,
    words,
)
from central.language import schemes

_BUILD: Final = Path(__file__).parent.parent / "static" / "build"
Context = Mapping[str, Any]


def prepare(engine: JinjaTemplateEngine) -> None:
    """Put the functions and filters below into the engine."""
    jinja = engine.engine
    jinja.trim_blocks = True
    jinja.lstrip_blocks = True
    jinja.undefined = StrictUndefined
    jinja.globals.update(
        _=pass_context(_translate),
        language=pass_context(_language),
        stage_name=pass_context(_stage_name),
        stages=schemes.stages,
        asset=asset,
        words=words,
        behaviour_words=behaviour_words,
        calibration_words=calibration_words,
        check_in=check_in,
        sight_marks=sight.marks,
        delivery_words=delivery_words,
        desk_words=desk_words,
        people_words=people_words,
        plan_words=plan_words,
        speaker_words=speaker_words,
        confirm_words=confirm_words,
        roles=roles,
        channel=channels.named,
        spark=sparkline.spark,
        segments=quotes.segments,
        extract_of=quotes.extract,
    )
    jinja.filters.update(
        day=pass_context(_day),
        moment=pass_context(_moment),
        clock=_clock,
        number=pass_context(_number),
        span=_span,
        fault=fault_words.in_words,
        refusal=pass_context(_refusal),
        plain=_plain,
    )


@cache
def asset(name: str) -> str:
    """The address of a built file; it changes with its content."""
    path = _BUILD / name
    version = sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "none"
    return f"/static/build/{name}?v={version}"


def _language(context: Context) -> str:
    return i18n.language_of(context["request"])


def _refusal(context: Context, detail: str) -> str:
    return fault_words.refusal_in_words(detail, _language(context))


def _translate(context: Context, sentence: str, **values: object) -> str:
    return i18n.translate(_language(context), sentence, **values)


def _stage_name(context: Context, stage: int) -> str:
    """As the document of the stage's scheme has it; the number where there is none."""
    label = schemes.stages().get(stage)
    return str(stage) if label is None else str(getattr(label, _language(context)))


def _day(context: Context, when: datetime | date | None) -> str:
    """The date, in the site's own time zone."""
    if when is None:
        return ""
    local = when.astimezone() if isinstance(when, datetime) else when
    return dates.format_date(local, format="medium", locale=_language(context))


def _moment(context: Context, when: datetime | None) -> str:
    """Date and time, in the site's own time zone."""
    if when is None:
        return ""
    pattern = "M월 d일 (E) HH:mm" if _language(context) == "ko" else "EEE d MMM, HH:mm"
    local = when.astimezone()
    return dates.format_datetime(local, pattern, tzinfo=local.tzinfo, locale=_language(context))


def _clock(when: datetime | None) -> str:
    """Hours, minutes and seconds."""
    return "" if when is None else when.astimezone().strftime("%H:%M:%S")


def _number(context: Context, value: float | None, digits: int = 0) -> str:
    """A number as this language writes it."""
    if value is None:
        return ""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    rounded = round(value, digits) + 0.0  # no minus before a zero
    text = numbers.format_decimal(rounded, pattern, locale=_language(context))
    return str(text).replace("-", "\N{MINUS SIGN}")


def _span(seconds: float | None) -> str:
    """A length of time as minutes and seconds."""
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _plain(value: Any) -> str:
    """A value of a JSON document in a line."""
    match value:
        case dict():
            return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
        case list() | tuple():
            return ", ".join(_plain(one) for one in value)
        case _:
            return str(value)

"""`central speech evaluate`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from central.config import Config


def add(command: argparse.ArgumentParser, settings: Any) -> None:
    """Add what can be done beside running the role. `settings` reads `--config` or `--data`."""
    group = command.add_subparsers(metavar="command", required=False)
    about = "how well the recogniser reads recordings of yours: errors and refusals"
    evaluate = group.add_parser("evaluate", help=about, description=about)
    where = evaluate.add_mutually_exclusive_group()
    where.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    where.add_argument("--data", type=Path, metavar="DIR", help="data folder of `central up`")
    evaluate.add_argument("--audio", type=Path, required=True, metavar="DIR", help="recordings")
    evaluate.add_argument(
        "--text", type=Path, required=True, metavar="DIR", help="NAME.txt for NAME.wav and so on"
    )
    evaluate.add_argument("--lang", required=True, choices=("ko", "en"), help="what is spoken")
    evaluate.add_argument("--model", default="", help="in place of speech.whisper_model")
    evaluate.add_argument("--device", default="", help="in place of speech.device")
    evaluate.add_argument("--json", action="store_true", help="one JSON document, with every text")
    evaluate.set_defaults(act=lambda arguments: _evaluate(arguments, settings))


def _evaluate(arguments: argparse.Namespace, settings: Any) -> None:
    from central.speech import engine
    from central.speech.evaluate import Read, evaluate

    named = arguments.config is not None or arguments.data is not None
    config: Config = settings(arguments) if named else Config(data_dir=Path.cwd())
    given = {"whisper_model": arguments.model, "device": arguments.device}
    chosen = {name: value for name, value in given.items() if value}
    if arguments.model:
        chosen["whisper_sha256"] = ""
    config = msgspec.structs.replace(
        config, speech=msgspec.structs.replace(config.speech, **chosen)
    )
    model = engine.load(config)
    model.warm_up()

    def tell(one: Read) -> None:
        if not arguments.json:
            rate = one.characters.rate
            print(f"{_percent(rate):>8}  {one.name}  {one.text}", file=sys.stderr, flush=True)

    found = evaluate(
        model,
        arguments.audio,
        arguments.text,
        arguments.lang,
        batch_size=config.speech.batch_size if model.batches else 1,
        tell=tell,
    )
    summary = found.summary()
    if arguments.json:
        files = [
            {
                "name": one.name,
                "said": one.said,
                "text": one.text,
                "cer": one.characters.rate,
                "wer": one.words.rate,
                "refused": one.refused,
            }
            for one in found.files
        ]
        whole = {**summary, "per_file": files, "unread_files": found.unread}
        print(json.dumps(whole, ensure_ascii=False))
        return
    for name, problem in found.unread.items():
        print(f"{name}: {problem}", file=sys.stderr)
    print(f"engine            {found.engine}")
    print(f"recordings        {summary['files']} ({summary['characters']} characters)")
    for name, key in (
        ("CER", "cer"), ("WER", "wer"),
        ("CER without gate", "cer_without_gate"), ("WER without gate", "wer_without_gate"),
    ):  # fmt: skip
        print(f"{name:<17} {_percent(summary[key])}")
    print(f"refused phrases   {summary['refused_phrases']}")
    reasons = summary["refused"]
    assert isinstance(reasons, dict)
    for reason, count in reasons.items():
        print(f"  {count:>5}  {reason}")


def _percent(rate: object) -> str:
    return f"{rate * 100:.1f} %" if isinstance(rate, float) else "-"

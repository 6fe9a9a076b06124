"""Profiles as files: `<name>.toml` with version, title, reason (Korean and English) and `[channels]`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from central.errors import ConfigError, Refused
from central.interview.policy import Channels, Days, Policy, Words, problem

SHIPPED: Final = Path(__file__).parent / "profiles"
NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
MOST_BYTES: Final = 65_536
_KEPT: Final = Policy.__struct_fields__[1:]
"""What an interview keeps of a profile: all but its title and reason, and its name with it."""


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document. `reason` says what its choices rest on."""

    version: str
    title: Words
    reason: Words
    channels: Channels
    pause_in_answer: bool = True
    confirm_transcript: bool = False
    kept: Words | None = None
    ask: Words | None = None
    kept_days: Days | None = None
    check_devices: bool = True
    practice: bool = True


class Policies:
    """All profiles of a site, and the one that holds where an interview names none."""

    def __init__(self, profiles: Mapping[str, Profile], default: str) -> None:
        """Raises `ConfigError` where `default` is none of them."""
        if default not in profiles:
            raise ConfigError("policy.profile", f"{default!r} is none of {', '.join(profiles)}")
        self.profiles = dict(profiles)
        self.default = default

    def named(self, name: str | None) -> Policy:
        """The policy of a profile; None: the site's. Raises `Refused` (policy_unknown)."""
        wanted = name or self.default
        profile = self.profiles.get(wanted)
        if profile is None:
            known = ", ".join(self.profiles)
            raise Refused(
                "policy_unknown", 422, f"There is no policy profile of this name: {known}."
            )
        fields = msgspec.structs.asdict(profile)
        return Policy(wanted, **{name: fields[name] for name in _KEPT})


def load(default: str, folder: Path | None = None) -> Policies:
    """The shipped profiles and those in `folder`. Raises `ConfigError` naming the file."""
    profiles = _read(SHIPPED)
    for name, profile in _read(folder).items() if folder is not None else ():
        if name in profiles:
            raise ConfigError(
                f"{folder}/{name}.toml", "ships with central: give your own another name"
            )
        profiles[name] = profile
    return Policies(profiles, default)


def _read(folder: Path) -> dict[str, Profile]:
    try:
        paths = sorted(folder.glob("*.toml"))
        if not folder.is_dir():
            raise ConfigError(str(folder), "is no folder of policy profiles")
        return {_name(path): _profile(path) for path in paths}
    except OSError as error:
        raise ConfigError(str(folder), f"cannot be read: {error.strerror}") from error


def _name(path: Path) -> str:
    if NAME.fullmatch(path.stem) is None:
        raise ConfigError(str(path), "a profile's name is small letters, digits and hyphens")
    return path.stem


def _profile(path: Path) -> Profile:
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES:
            raise ConfigError(str(path), "is too large for a policy profile")
        profile = msgspec.convert(tomllib.loads(data.decode()), Profile)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(str(path), str(error)) from error
    if (why := problem(profile.channels)) is not None:
        raise ConfigError(str(path), why)
    if not profile.version:
        raise ConfigError(str(path), "version: say which one this is")
    return profile

"""What the pages of accounts say, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

PASSWORDS: Final = {
    "own": "Signs in with their own password",
    "initial": "Has not chosen a password yet",
    "none": "Signs in nowhere",
}
STATE: Final = {"on": "Active", "off": "Switched off"}
STATE_ICONS: Final = {"on": "circle-check", "off": "ban"}
DONE: Final = {
    "role": "The role was changed.",
    "off": "The account is switched off, and everybody who was signed in to it is signed out.",
    "on": "The account is active again.",
    "ended": "Everybody who was signed in to this account has to sign in again.",
}

"""What may be measured: the plan's policy, the candidate's consent and the room's switches together."""

from __future__ import annotations

from dataclasses import fields

from edge_agent.flow import (
    ALL_BUT_EMOTION,
    Channels,
    Consent,
    InterviewPlan,
    Permission,
)

EMOTION_NOTICE = "emotion-2026-11"
"""Version of the text that asks for it (`kiosk/ui/messages.ts`): a new text is a new version."""


def allowed(plan: InterviewPlan | None, consent: Consent | None, able: Channels) -> Channels:
    """What may be measured once the candidate decided; None: before that, or before any interview."""
    policy = plan.policy if plan else None
    if policy is None:
        return _both(ALL_BUT_EMOTION, able)
    scored = consent is not None and consent.ai_scoring
    asked = scored and consent is not None and consent.emotion is True
    given = {
        Permission.OFF: False,
        Permission.ON: True,
        Permission.WITH_SCORING: scored,
        Permission.WITH_CONSENT: asked,
    }
    wanted = {one.name: given[getattr(policy, one.name)] for one in fields(Channels)}
    # Nobody is classed without having been asked, whatever a plan says.
    return _both(Channels(**{**wanted, "emotion": wanted["emotion"] and asked}), able)


def asks_emotion(plan: InterviewPlan, able: Channels) -> bool:
    """Whether the candidate is asked apart: where the policy allows it, and this room could do it."""
    policy = plan.policy
    if policy is None or policy.emotion is not Permission.WITH_CONSENT:
        return False
    return able.emotion and plan.calibrate and policy.gaze is not Permission.OFF


def _both(one: Channels, other: Channels) -> Channels:
    names = [field.name for field in fields(Channels)]
    return Channels(**{name: getattr(one, name) and getattr(other, name) for name in names})

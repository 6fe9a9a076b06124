"""Codes of central and the English sentences that the catalogues translate.

Every value in here is a key of `locales/*/LC_MESSAGES/pages.po`; a test proves that none is missing.
"""

from __future__ import annotations

from typing import Final

from central.dashboard.pages.room_refusals import REFUSALS

ROLES: Final = {
    "candidate": "Candidate",
    "interviewer": "Interviewer",
    "recruiter": "Recruiter",
    "admin": "Administrator",
    "it": "IT",
}
STATUS: Final = {
    "scheduled": "Scheduled",
    "live": "Live",
    "completed": "Completed",
    "cancelled": "Cancelled",
}
STATUS_ICONS: Final = {
    "scheduled": "clock",
    "live": "circle-dot",
    "completed": "circle-check",
    "cancelled": "circle-x",
}
ROOM: Final = {
    "help": "Asks for a person",
    "locked": "Check-in locked",
    "fault": "Fault",
    "live": "Live",
    "starting": "Starting",
    "not_ready": "Not ready",
    "ready": "Ready",
    "offline": "Offline",
}
ROOM_ICONS: Final = {
    "help": "hand",
    "locked": "lock",
    "fault": "octagon-alert",
    "live": "circle-dot",
    "starting": "clock",
    "not_ready": "triangle-alert",
    "ready": "circle-check",
    "offline": "circle-dashed",
}
PHASES: Final = {
    "idle": "Idle",
    "waiting": "Waiting for the candidate",
    "consenting": "Notice and consent",
    "calibrating": "Calibration",
    "checking": "Trying camera and sound",
    "practising": "Practice question",
    "asking": "Asking",
    "thinking": "Thinking time",
    "answering": "Answering",
    "closing": "Between questions",
    "finished": "Finished",
    "paused": "Paused by the candidate",
    "offering": "May answer again",
    "confirming": "Reading the transcript",
}
QUESTION: Final = {
    "planned": "Planned",
    "asking": "Being asked now",
    "answered": "Answered",
    "skipped": "Skipped",
    "does_not_know": "Said that they do not know",
    "held": "Ready if the answer leaves it out",
    "unasked": "Not needed",
}
QUESTION_ICONS: Final = {
    "planned": "circle",
    "asking": "circle-dot",
    "answered": "circle-check",
    "skipped": "skip-forward",
    "does_not_know": "circle-help",
    "disturbed": "triangle-alert",
    "held": "circle-dashed",
    "unasked": "minus",
}
ENDS: Final = {
    "skipped": "Skipped",
    "does_not_know": "Said that they do not know",
    "disturbed": "Disturbed; answered again",
}
"""What the transcript says under a question whose answer ended so; icons as of the question."""
SPANS: Final = {
    "pause": "Paused by the candidate; nothing was recorded.",
    "disturbance": "Disturbed, and left out of the measurements.",
}
SPAN_ICONS: Final = {"pause": "circle-pause", "disturbance": "triangle-alert"}
CAUSES: Final = {
    "noise": "noise",
    "device": "a device of the room",
    "the room's agent was restarted": "the room was restarted",
}
CATEGORIES: Final = {
    "technical": "Technical",
    "behavioral": "Behavioural",
    "situational": "Situational",
    "cultural_fit": "Cultural fit",
}
DIFFICULTIES: Final = {"easy": "Easy", "medium": "Medium", "hard": "Hard"}
DIMENSIONS: Final = {
    "technical": "Technical",
    "communication": "Communication",
    "cultural_fit": "Cultural fit",
    "cultural": "Cultural fit",
    "depth": "Depth",
}
SPEAKERS: Final = {"AI": "AI", "User": "Candidate", "Interviewer": "Interviewer"}
COMMANDS: Final = {
    "start_interview": "Start",
    "push_question": "Push a question",
    "hold_follow_up": "Follow-up",
    "skip_question": "Skip",
    "end_interview": "End",
    "calibrate_gaze": "Gaze calibration",
    "configure": "Settings",
    "check_room": "Room check",
    "mark_disturbed": "Disturbed by noise",
    "answer_help": "Word that somebody is coming",
    "admit_candidate": "Let the candidate in",
}
COMMAND_STATES: Final = {
    "open": "on its way",
    "done": "done",
    "expired": "expired",
    "refused": "refused",
    "unknown": "not understood by the room",
}
REASONS: Final = {
    "policy": "The interview's policy does not allow it.",
    "before_policies": "The interview was held before policies were kept.",
    "emotion_declined": "The candidate declined it.",
    "not_asked": "The candidate was not asked.",
    "not_calibrated": "Gaze was not calibrated: angles are relative to the camera.",
    "scoring_declined": "The candidate declined AI scoring.",
    "no_evidence": "No answer could be marked for it.",
    "not_measured": "Not measured in this answer.",
    "never_scored": "Never part of a score here.",
    "no_words": "No words were recognised.",
    "no_rubric": "This question has no rubric, so it is not marked.",
    "marked_with_main": "Marked together with the answer that it follows.",
    "not_yet": "Not there yet.",
    "awaits_words": "Marked once the candidate has read the transcript, or the interview is over.",
    "abstained": "The evidence did not suffice.",
    "sealed": "Sealed until you have locked your own ratings.",
    "does_not_know": "The candidate said that they do not know.",
    "disturbed": "Noise or a fault spoiled this answer, and the candidate answered again.",
    "interrupted": "The room broke down in this answer and asked the question again.",
}
ABSTAINED: Final = {
    "no_answer": "no answer was recognised",
    "too_short": "the answer is too short to mark",
    "no_evidence": "none of its words were recognised in the answer",
    "nothing_found": "no evidence for it was found in the answer",
    "only_suspects": "its only evidence may be addressed to the grader",
    "levels_alike": "the model could not tell the levels apart",
}
"""Sentences that an evaluator stores with a mark that it does not give."""
NEEDS_PERSON: Final = {
    "orders_disagree": "Reading the levels upwards and downwards gave marks more than one apart.",
    "addressed_grader": "Something in the answer asks for marks. It was left out.",
    "stuffed_words": "Words of the rubric stand in a row with nothing said about them."
    " They were left out.",
    "suspicious_words": "Sentences that may speak to the grader change the level. The one without them"
    " stands.",
    "low_recognition": "The recogniser was not sure of these words. That took nothing from the level.",
    "no_evidence": "No evidence was found in the answer. Please listen to it.",
    "levels_alike": "The model could not tell the levels apart. Please listen to the answer.",
    "answer_cut": "The answer was too long to be read to its end.",
    "far_above_words": "The level is far above what the words that were found would give.",
    "versions_differ": "Other answers of this interview or posting were marked by another model, prompt"
    " or scheme.",
    "follow_up_unread": "What followed the answer could not be marked: the level rests on what was said"
    " before.",
    "corrected_words": "The level rests on words that the candidate corrected. Please listen to them.",
    "misheard": "The candidate says that something in the answer was misheard. Please listen to it.",
    "rewritten": "The candidate changed more than a correction does. What was recognised was marked.",
    "scheme_differs": "Other interviews of this posting were totalled by another scheme.",
    "stage": "At this stage no total stands before a person has reviewed it.",
}
"""Why a person has to look: codes of `central.language.evaluation.reasons`, and of a scheme."""
MISSING: Final = {
    "emotions": "Emotions",
    "gaze": "Gaze",
    "voice": "Voice",
    "expression": "Expression",
    "posture": "Posture",
    "marks": "Marks",
    "technical": "Technical",
    "communication": "Communication",
    "cultural": "Cultural fit",
    "depth": "Depth",
    "channels": "Measurements",
    "answer": "Answer",
}
DEVICES: Final = {
    "camera": "Camera",
    "microphone": "Microphone",
    "speaker": "Speaker",
    "vision": "Picture analysis",
    "disk": "Disk",
    "certificate": "Certificate",
}
"""What a room's fault begins with; the rest of its sentence is the room's own, in English."""
SOURCES: Final = {
    "bank": "bank",
    "typed": "typed by a person",
    "generated": "generated",
    "template": "reviewed follow-up",
}
DONE: Final = {
    "started": "The room has been told to begin.",
    "pushed": "The question is on its way to the room.",
    "admitted": "The room has been told to let the candidate in.",
    "skipped": "The room has been told to skip this question.",
    "ended": "The room has been told to end the interview.",
    "calibrate": "The room has been told about the calibration.",
    "disturbed": "The answer so far is marked as disturbed; the candidate may answer again.",
    "coming": "The candidate is told that somebody is coming.",
    "told": "The candidate sees your message now.",
    "scheduled": "The interview is scheduled.",
    "cancelled": "The interview is cancelled.",
    "posted": "The posting is there; schedule its interviews.",
    "closed": "The posting is closed.",
    "renewed": "Renewed: the next answer that is marked decides what counts from now on.",
    "replaced": "The question was replaced.",
    "removed": "The question was removed.",
    "staged": "The interview's stage was changed.",
}
LIVE: Final = {
    "not_measured": "not measured",
    "measured_share": "measured {share}%",
    "question_of": "Question {position} of {count}",
    "over": "The interview is over. The transcript stays here until you leave the page.",
    "typed": "written by the candidate",
    "help_called": "{room} asks for a person.",
    "locked": "{room}: too many wrong codes. Let the candidate in.",
    "command_failed": "The room did not do it: {detail}",
}
"""What the live script says by itself; see `live`."""

TYPED: Final = "typed"
"""In the place of an engine's label, of an answer in writing."""
LAST_RESORT: Final = "last resort"
"""Part of the label of an engine that is there only so that something is."""


def live() -> dict[str, str]:
    """Key to English sentence, for the script of the live pages."""
    phases = {f"phase_{phase}": text for phase, text in PHASES.items()}
    speakers = {f"speaker_{who.lower()}": text for who, text in SPEAKERS.items()}
    refusals = {sentence: sentence for sentence in REFUSALS}
    return {**LIVE, **phases, **speakers, **refusals}

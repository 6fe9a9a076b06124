"""What the pages of postings and plans say, in English sentences that the catalogues translate."""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    "intro": "Introduction",
    "job": "The job",
    "behavioral": "What was done",
    "situational": "What would be done",
    "culture": "How people work",
}
COMPETENCIES: Final = {
    "problem_solving": "Problem solving",
    "technical_depth": "Technical depth",
    "trade_offs": "Judgement and trade-offs",
    "quality": "Quality and verification",
    "structure": "Structure of the answer",
    "evidence": "Concrete results",
    "ownership": "Ownership",
    "collaboration": "Collaboration",
    "learning": "Learning",
    "integrity": "Integrity",
    "customer_focus": "Customer focus",
    "prioritising": "Priorities and response",
}
FROM: Final = {
    "resume": "Résumé",
    "company": "Company",
    "posting": "Posting",
    "bank": "Question bank",
    "answer": "Answer",
}
ABOUT: Final = {
    "own_action": "what they did themselves",
    "result": "how it ended",
    "metric": "how much it changed",
    "situation": "the situation",
    "learning": "what was learnt",
}
WHY: Final = {
    "gates": "What the model wrote did not pass the checks.",
    "model": "The model did not answer.",
    "reviewed": "The model kept the reviewed question.",
    "chosen": "A person chose it.",
    "at_once": "Held at once, before any model answers.",
}
GATES: Final = {
    "empty": "nothing was written",
    "length": "too short or too long",
    "marks": "not one question mark",
    "markup": "holds what nobody says aloud",
    "language": "in another language",
    "polite": "does not end politely",
    "single": "asks several things",
    "open": "yes or no answers it",
    "neutral": "judges the candidate",
    "leak": "says what to answer",
    "span": "quotes what nobody wrote",
    "repeated": "asked already",
    "reviewed": "the reviewed question itself",
    "prohibited": "asks what nobody may ask",
    "model": "the model did not answer in time",
}

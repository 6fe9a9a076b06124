"""What nobody may ask a candidate, whoever asks: an interviewer, a model, a follow-up, the bank.

In: a question in Korean, English or both. Out: what is asked about, the words that ask it and the law
that forbids it, or nothing. Pure, and without a setting: no policy and no role can switch a topic off.

`text.py` undoes disguises, `korean/` and `english/` are the rules, `topics.py` names topics and laws.
"""

from central.language.screen.screening import Finding, find, first, mentioned
from central.language.screen.topics import TOPICS, Topic

__all__ = ["TOPICS", "Finding", "Topic", "find", "first", "mentioned"]

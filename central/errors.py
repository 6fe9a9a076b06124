"""Every error that central can report, as one tree. Messages say what to do.

CentralError
├── ConfigError        a setting is wrong (names the key)
├── StartError         a role cannot start (names what is missing)
├── IdentityError      a certificate is not a room's
├── RecordError        a room's record cannot be believed (goes to quarantine)
├── EngineError        a model failed on one input (the job is tried again)
├── VaultError         a sealed file is missing, damaged or no longer has a key
├── ResumeError        a résumé cannot be read (has a code)
├── LeaseLost          another worker has the job now; this result is thrown away
└── Refused            a person asked for what cannot be (has an HTTP status and a code)
    └── Prohibited     a question that no candidate may be asked (names the topic)
"""

from __future__ import annotations


class CentralError(Exception):
    """Something a person has to know about; `str(error)` is one line that says what to do."""


class ConfigError(CentralError):
    """A setting is wrong."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


class StartError(CentralError):
    """A role cannot start."""

    def __init__(self, role: str, problem: str) -> None:
        super().__init__(f"{role}: {problem}")
        self.role = role
        self.problem = problem


class IdentityError(CentralError):
    """A peer's certificate does not make it a room's agent."""


class RecordError(CentralError):
    """A record cannot be believed. `reason` is a `daedam.v1.RejectReason` number."""

    def __init__(self, seq: int, reason: int, detail: str) -> None:
        super().__init__(f"record {seq}: {detail}")
        self.seq = seq
        self.reason = reason
        self.detail = detail


class EngineError(CentralError):
    """A model failed on one input."""

    def __init__(self, engine: str, problem: str) -> None:
        super().__init__(f"{engine}: {problem}")
        self.engine = engine
        self.problem = problem


class VaultError(CentralError):
    """What was sealed cannot be read. `name` is the file in the media store."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"sealed file {name}: {problem}")
        self.name = name
        self.problem = problem


class ResumeError(CentralError):
    """A résumé cannot be read. `code`: a key of `central.resumes.findings.REFUSED`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the résumé cannot be read: {code}")
        self.code = code


class LeaseLost(CentralError):
    """The job was given to another worker meanwhile."""

    def __init__(self, job_id: int, attempt: int) -> None:
        super().__init__(f"job {job_id}: attempt {attempt} is no longer the current one")
        self.job_id = job_id
        self.attempt = attempt


class Refused(CentralError):
    """A person asked for what cannot be. `code` is stable; `status` is the HTTP status."""

    def __init__(self, code: str, status: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class Prohibited(Refused):
    """A question that the law keeps from candidates. `topic` is a key of `language.screen.TOPICS`,
    `words` what asks about it, `question` what was to be asked; `korean` says it all in Korean.
    """

    def __init__(self, topic: str, words: str, question: str, *, english: str, korean: str) -> None:
        super().__init__("question_prohibited", 422, english)
        self.topic = topic
        self.words = words
        self.question = question
        self.korean = korean

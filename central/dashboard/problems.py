"""Errors as people and programs get them: RFC 9457 problem documents, or a page. Codes are stable."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, TemplateNotFoundException, ValidationException
from litestar.response import Redirect, Template
from litestar.types import ExceptionHandlersMap

from central.dashboard import i18n
from central.dashboard.korean import KOREAN
from central.errors import Prohibited, Refused

PROBLEM: Final = "application/problem+json"
_CODES: Final = {
    400: "bad_request",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "media_type",
    429: "too_many_attempts",
}
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong. `detail` is a sentence that says what to do."""

    code: str
    status: int
    detail: str
    errors: tuple[dict[str, Any], ...] = ()
    korean: str = ""
    """Where the sentence says more than its code does; else `KOREAN` has it."""


def of(error: Exception) -> Problem:
    """The problem that an exception is. What is not meant for people becomes "internal", logged."""
    if isinstance(error, Prohibited):
        why = ({"key": "topic", "message": error.topic}, {"key": "words", "message": error.words})
        return Problem(error.code, error.status, str(error), why, error.korean)
    if isinstance(error, Refused):
        return Problem(error.code, error.status, str(error))
    if isinstance(error, ValidationException):
        return Problem("invalid", 400, "The request is not as the API asks.", _errors(error))
    if isinstance(error, HTTPException) and error.status_code < 500:
        code = "csrf" if "CSRF" in error.detail else _CODES.get(error.status_code, "http_error")
        return Problem(code, error.status_code, error.detail)
    # As text: the values of local variables (passwords, tokens) have no place in a log.
    _log.error("a request failed", trace="".join(traceback.format_exception(error)))
    return Problem("internal", 500, "Something failed here; it has been logged.")


def localised(problem: Problem, language: str) -> str:
    """The sentence in "ko" or "en"; what has no Korean sentence yet stays English."""
    if language != "ko":
        return problem.detail
    return problem.korean or KOREAN.get(problem.code, problem.detail)


def language_for_programs(request: Request[Any, Any, Any]) -> str:
    """The account's language, else the first that the browser asks for, else English."""
    account = request.scope.get("user")
    if account is not None:
        return str(account.language)
    asked = request.headers.get("accept-language", "").strip().lower()
    return "ko" if asked.startswith("ko") else "en"


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The response to an exception: a problem document for programs, a page for people."""
    problem = of(error)
    if request.scope["path"].startswith(("/api/", "/desk/")):
        return document(request, problem)
    return _page(request, problem)


def document(request: Request[Any, Any, Any], problem: Problem) -> Response[dict[str, Any]]:
    """`application/problem+json`; the language is the one that the client prefers."""
    detail = localised(problem, language_for_programs(request))
    body: dict[str, Any] = {
        "type": f"urn:daedam:problem:{problem.code}",
        "title": problem.code.replace("_", " "),
        "status": problem.status,
        "detail": detail,
        "code": problem.code,
        "instance": request.scope["path"],
    }
    if problem.errors:
        body["errors"] = problem.errors
    headers = {"www-authenticate": "Bearer"} if problem.status == 401 else {}
    return Response(body, status_code=problem.status, media_type=PROBLEM, headers=headers)


HANDLERS: Final[ExceptionHandlersMap] = {Exception: answer, HTTPException: answer, Refused: answer}


def _page(request: Request[Any, Any, Any], problem: Problem) -> Response[Any]:
    if problem.status == 401 and request.scope["path"] != "/login":
        return _to_login(request)
    message = localised(problem, i18n.language_of(request))
    context = {
        "status": problem.status,
        "code": problem.code,
        "message": message,
        "account": request.scope.get("user"),
    }
    if not _has_page(request):
        return Response(message, status_code=problem.status, media_type=MediaType.TEXT)
    return Template("error.html", context=context, status_code=problem.status)


def _has_page(request: Request[Any, Any, Any]) -> bool:
    engine = request.app.template_engine
    if engine is None:
        return False
    try:
        engine.get_template("error.html")
    except TemplateNotFoundException:
        return False
    return True


def _to_login(request: Request[Any, Any, Any]) -> Response[Any]:
    if request.headers.get("hx-request") == "true":
        return Response("", status_code=401, headers={"hx-redirect": "/login"})
    if request.method != "GET":
        return Redirect("/login", status_code=303)
    return Redirect(f"/login?next={quote(request.scope['path'])}", status_code=303)


def _errors(error: ValidationException) -> tuple[dict[str, Any], ...]:
    extra = error.extra if isinstance(error.extra, list) else []
    return tuple(
        {"message": str(entry.get("message", "")), "key": str(entry.get("key", ""))}
        for entry in extra
        if isinstance(entry, dict)
    )

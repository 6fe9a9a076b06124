"""The API under `/api/v1`: the seeds' endpoints, described by OpenAPI at `/api/v1/schema`.

In: JSON with a bearer token (`POST /token`). Out: JSON; errors are problem documents with a stable
`code`. Ids are opaque strings. Everything a person can do here is a function of `..actions`, the same
that the pages call.
"""

from litestar import Router

from central.dashboard.api import (
    accounts,
    auditing,
    calibrations,
    erasing,
    fleet,
    holding,
    identities,
    interviews,
    markers,
    panels,
    people,
    pins,
    plans,
    policies,
    postings,
    questions,
    ratings,
    refusals,
    reports,
    resumes,
    room_checks,
    rooms,
    sounds,
    steering,
    surveys,
    videos,
)

__all__ = ["desk", "router"]


def router(token_key: bytes, *, minutes: int) -> Router:
    """All of it. `token_key` signs access tokens that last `minutes`."""
    return Router(
        "/api/v1",
        route_handlers=[
            *people.handlers(token_key, minutes),
            *accounts.HANDLERS,
            *interviews.HANDLERS,
            *erasing.HANDLERS,
            *holding.HANDLERS,
            *auditing.HANDLERS,
            *questions.HANDLERS,
            *pins.HANDLERS,
            *policies.HANDLERS,
            *postings.HANDLERS,
            *plans.HANDLERS,
            *steering.HANDLERS,
            *refusals.HANDLERS,
            *reports.HANDLERS,
            *ratings.HANDLERS,
            *panels.HANDLERS,
            *markers.HANDLERS,
            *rooms.HANDLERS,
            *calibrations.HANDLERS,
            *sounds.HANDLERS,
            *identities.HANDLERS,
            *fleet.HANDLERS,
            *room_checks.HANDLERS,
            *videos.HANDLERS,
            *resumes.HANDLERS,
            *surveys.HANDLERS,
        ],
        security=[{"bearer": []}],
    )


def desk() -> Router:
    """What the pages' own script saves as people click and type, and asks before it plays a sentence:
    the API's handlers, under the browser's session and its protection against forged requests.
    """
    handlers = [*ratings.HANDLERS, *markers.HANDLERS, *sounds.SENTENCES]
    return Router("/desk", route_handlers=handlers, include_in_schema=False)

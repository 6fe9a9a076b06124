"""The dashboard's API as the story uses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.story.processes import ProcessEnded


class Api:
    """Signed in as one person. Every answer that is no success raises `ProcessEnded`."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str, **query: str) -> Any:
        """The JSON of a GET."""
        return self._checked(await self._client.get(f"/api/v1{path}", params=query))

    async def find(self, path: str) -> Any | None:
        """The JSON of a GET, None where there is no such thing yet."""
        answer = await self._client.get(f"/api/v1{path}")
        return None if answer.status_code == httpx.codes.NOT_FOUND else self._checked(answer)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON of a POST."""
        return self._checked(await self._client.post(f"/api/v1{path}", json=body))

    async def send(self, path: str, content: bytes, **query: str) -> Any:
        """The JSON of a POST whose body is a file."""
        return self._checked(
            await self._client.post(f"/api/v1{path}", content=content, params=query)
        )

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON of a PUT."""
        return self._checked(await self._client.put(f"/api/v1{path}", json=body))

    @staticmethod
    def _checked(answer: httpx.Response) -> Any:
        if not answer.is_success:
            raise ProcessEnded(f"{answer.request.method} {answer.url}: {answer.text[:500]}")
        return answer.json() if answer.content else None


@asynccontextmanager
async def signed_in(address: str, username: str, password: str) -> AsyncIterator[Api]:
    """The API at `host:port`, as `username`."""
    async with httpx.AsyncClient(base_url=f"http://{address}", timeout=20) as client:
        form = {"username": username, "password": password, "grant_type": "password"}
        answer = await client.post("/api/v1/token", data=form)
        if not answer.is_success:
            raise ProcessEnded(f"cannot sign in as {username}: {answer.text[:300]}")
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield Api(client)


async def until(seconds: float, what: str, found: Any) -> Any:
    """Call `found` until it gives something. Raises `ProcessEnded` after `seconds`."""
    async with asyncio.timeout(seconds) as limit:
        try:
            while True:
                value = await found()
                if value:
                    return value
                await asyncio.sleep(0.2)
        except TimeoutError as error:
            if limit.expired():
                raise ProcessEnded(f"waited {seconds:.0f} s for {what}") from error
            raise

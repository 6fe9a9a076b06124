"""What a room sent, as a file that nothing opens by itself."""

from __future__ import annotations

from litestar import Response


def attachment(record_id: int, payload: bytes) -> Response[bytes]:
    """A download that no browser guesses a type for."""
    name = f'attachment; filename="quarantine-{record_id}.bin"'
    return Response(
        payload,
        media_type="application/octet-stream",
        headers={"content-disposition": name, "cache-control": "no-store"},
    )

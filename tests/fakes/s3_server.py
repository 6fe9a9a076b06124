"""A store that speaks S3, over real HTTP and in memory: as much of it as a media store asks for.

Requests must be signed by its one key (the credential is looked at, not the signature), and a body whose
SHA-256 was announced must have it. `slow_s` makes every answer late; `broken` answers 500.
"""

from __future__ import annotations

import hashlib
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

ACCESS, SECRET, BUCKET = "AKIDTEST", "very-secret-indeed", "media"


class S3:
    """What lies in the bucket, and what is being uploaded."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, dict[int, bytes]] = {}
        self.slow_s = 0.0
        self.broken = False
        self.address = ""


@contextmanager
def s3_server() -> Iterator[S3]:
    """A store on a free port of loopback."""
    store = S3()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": store}))
    server.daemon_threads = True
    store.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    store: S3
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def _begin(self) -> tuple[str, dict[str, list[str]], bytes] | None:
        time.sleep(self.store.slow_s)
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        key = unquote(parts.path).removeprefix(f"/{BUCKET}").removeprefix("/")
        said = self.headers.get("x-amz-content-sha256", "")
        signed = self.headers.get("authorization", "")
        if f"Credential={ACCESS}/" not in signed or not signed.startswith("AWS4-HMAC-SHA256"):
            self._answer(403, b"<Error><Code>InvalidAccessKeyId</Code></Error>")
        elif len(said) == 64 and hashlib.sha256(body).hexdigest() != said:
            self._answer(400, b"<Error><Code>XAmzContentSHA256Mismatch</Code></Error>")
        elif self.store.broken:
            self._answer(500, b"<Error><Code>InternalError</Code></Error>")
        else:
            return key, parse_qs(parts.query, keep_blank_values=True), body
        return None

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self) -> None:
        if (asked := self._begin()) is None:
            return
        key, query, body = asked
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        if "partNumber" in query:
            parts = self.store.uploads.get(query["uploadId"][0])
            if parts is None:
                self._answer(404, b"<Error><Code>NoSuchUpload</Code></Error>")
                return
            parts[int(query["partNumber"][0])] = body
        else:
            self.store.objects[key] = body
        self._answer(200, etag=tag)

    def do_POST(self) -> None:
        if (asked := self._begin()) is None:
            return
        key, query, body = asked
        if "uploads" in query:
            number = uuid.uuid4().hex
            self.store.uploads[number] = {}
            told = f"<UploadId>{number}</UploadId><Bucket>{BUCKET}</Bucket><Key>{key}</Key>"
            self._xml("InitiateMultipartUploadResult", told)
        elif "uploadId" in query:
            parts = self.store.uploads.pop(query["uploadId"][0])
            self.store.objects[key] = b"".join(parts[n] for n in sorted(parts))
            self._xml("CompleteMultipartUploadResult", f'<Key>{key}</Key><ETag>"x"</ETag>')
        elif "delete" in query:
            keys = [chunk.split("</Key>")[0] for chunk in body.decode().split("<Key>")[1:]]
            for one in keys:
                self.store.objects.pop(one, None)
            gone = "".join(f"<Deleted><Key>{escape(one)}</Key></Deleted>" for one in keys)
            self._xml("DeleteResult", gone)

    def do_GET(self) -> None:
        if (asked := self._begin()) is None:
            return
        key, query, _ = asked
        if "list-type" in query:
            prefix = query.get("prefix", [""])[0]
            found = "".join(
                f"<Contents><Key>{escape(name)}</Key><Size>{len(data)}</Size><ETag>x</ETag>"
                "<LastModified>2026-11-28T00:00:00.000Z</LastModified></Contents>"
                for name, data in sorted(self.store.objects.items())
                if name.startswith(prefix)
            )
            self._xml("ListBucketResult", f"<IsTruncated>false</IsTruncated>{found}")
            return
        self._object(key)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_DELETE(self) -> None:
        if (asked := self._begin()) is None:
            return
        key, query, _ = asked
        if "uploadId" in query:
            self.store.uploads.pop(query["uploadId"][0], None)
        else:
            self.store.objects.pop(key, None)
        self._answer(204)

    def _object(self, key: str) -> None:
        data = self.store.objects.get(key)
        if data is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        common = {"etag": '"x"', "last_modified": "Sat, 28 Nov 2026 00:00:00 GMT"}
        span = self.headers.get("range", "")
        if not span:
            self._answer(200, data, **common)
            return
        first, last = (int(one) for one in span.removeprefix("bytes=").split("-"))
        part = data[first : last + 1]
        placed = f"bytes {first}-{first + len(part) - 1}/{len(data)}"
        self._answer(206, part, content_range=placed, **common)

    def _xml(self, name: str, inner: str) -> None:
        space = "http://s3.amazonaws.com/doc/2006-03-01/"
        text = f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{space}">{inner}</{name}>'
        self._answer(200, text.encode(), content_type="application/xml")

"""The one address of the embedded AWS: a threaded HTTP/1.1 server on loopback, one thread a connection.

``start`` and ``stop`` may be repeated. After ``stop`` no thread and no socket is left, so the process can fork, and
each child can start it again on the same port: the kill runner plays one child a position.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from rehearsal.aws.door import NOT_EMULATED, Door, DroppedError, Mount, Wsgi, status_outcome
from rehearsal.aws.environ import environ as wsgi_environ
from rehearsal.aws.faults import Refuse
from rehearsal.aws.wire import Response
from rehearsal.aws.world import World

_running: _Server | None = None


def door(world: World) -> Door:
    """The world's door; it outlives ``stop``."""
    if world.door is None:
        world.door = Door(world)
    return world.door


def mount(
    world: World,
    prefix: str,
    app: Wsgi,
    describe: Callable[[dict[str, Any], bytes], tuple[str, dict[str, Any]]],
    refuse: Callable[[Refuse], Response],
    outcome: Callable[[Response], str] = status_outcome,
) -> None:
    """Puts another service under a path of the same address, see ``Mount``."""
    door(world).mount(Mount(prefix, app, describe, refuse, outcome))


def start(world: World, port: int = 0) -> None:
    """Sets ``world.url``. Port 0: the port that this world had before, or a free one."""
    global _running
    if _running is not None:
        raise RuntimeError("the server runs already")
    if port == 0 and world.url:
        port = urlsplit(world.url).port or 0
    _running = _Server(("127.0.0.1", port), door(world))
    world.url = f"http://127.0.0.1:{_running.server_address[1]}"
    _running.begin()


def stop() -> None:
    """Closes every socket and waits for every thread."""
    global _running
    if _running is not None:
        _running.end()
        _running = None


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], door: Door) -> None:
        super().__init__(address, _Connection)
        self.door = door
        self._lock = threading.Lock()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._loop = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True, name="aws-door")

    def begin(self) -> None:
        self._loop.start()

    def end(self) -> None:
        self.shutdown()
        self._loop.join()
        self.server_close()
        with self._lock:
            waiting = list(self._open.items())
        for connection, thread in waiting:
            with contextlib.suppress(OSError):  # the client was faster
                connection.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for the next request
            thread.join()

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._lock:
            self._open[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.pop(request, None)
        lingering, seconds = struct.unpack("ii", request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
        if lingering and seconds == 0:
            self.close_request(request)  # an orderly end would come before the reset
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news: a killed sandbox does just that."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline:
            self.close_connection = True
            return
        if not self.parse_request():
            return
        body = self._body()
        try:
            environ = wsgi_environ(self.command, self.path, self.headers.items(), body, self.server.server_address[1])
            self._send(self.server.door.answer(environ, body))
        except DroppedError:
            # Linger 0: closing sends a reset instead of an orderly end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
        except Exception as broken:
            self.server.door.broken(f"{self.command} {self.path}", broken)
            self._send(Response(NOT_EMULATED, [], f"the embedded AWS broke: {broken!r}".encode()))

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            chunks = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                chunks.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(chunks)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _send(self, response: Response) -> None:
        self.send_response_only(response.status)
        has_body = self.command != "HEAD" and response.status not in (204, 304)
        for key, value in response.headers:
            if key.lower() not in ("content-length", "connection", "date", "transfer-encoding"):
                self.send_header(key, value)
        self.send_header("Date", self.date_time_string())
        length = response.header("content-length") if self.command == "HEAD" else None
        if response.status != 204:
            self.send_header("Content-Length", length or str(len(response.body) if has_body else 0))
        self.end_headers()
        if has_body:
            self.wfile.write(response.body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Calls are evidence in ``world.calls``; nothing goes to the terminal."""

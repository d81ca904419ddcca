"""The Lambda Runtime API on loopback, for one sandbox: what the runtime client in the JVM asks and says.

No thread of its own: the sandbox's loop selects on ``sockets()`` and calls ``read`` for one that is ready, so what the
runtime said before is always seen before what it said after.

Source: Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".
"""

from __future__ import annotations

import http.client
import re
import socket
from dataclasses import dataclass
from io import BufferedReader

PATH = re.compile(r"^/2018-06-01/runtime/(?:invocation/(?P<id>[^/]+)/(?P<end>response|error)|(?P<other>.+))$")


@dataclass(frozen=True)
class Said:
    """One request of the runtime: ``next`` (ready for an event), ``response``, ``error`` or ``init/error``."""

    what: str
    request_id: str = ""
    body: bytes = b""


class RuntimeApi:
    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: dict[socket.socket, BufferedReader] = {}
        self._waiting: socket.socket | None = None  # the connection that asked for the next event
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def sockets(self) -> list[socket.socket]:
        return [self._listener, *self._connections]

    def read(self, ready: socket.socket) -> Said | None:
        """What was said; None when somebody only connected or hung up."""
        if ready is self._listener:
            connection, _ = self._listener.accept()
            connection.settimeout(10)  # real seconds, for the rest of a request that has begun
            self._connections[connection] = connection.makefile("rb")
            return None
        try:
            line = self._connections[ready].readline().decode("ascii")
            if not line:
                self._hang_up(ready)
                return None
            headers = http.client.parse_headers(self._connections[ready])
            body = self._connections[ready].read(int(headers.get("content-length") or 0))
        except ConnectionError:  # the JVM was killed in the middle of a request
            self._hang_up(ready)
            return None
        return self._understand(ready, line.split()[1], body)

    def hand_out(self, payload: bytes, headers: dict[str, str]) -> None:
        """Answers the pending ``next`` with an event."""
        if self._waiting is None:
            raise RuntimeError("the runtime has not asked for an event")
        self._answer(self._waiting, "200 OK", payload, headers)
        self._waiting = None

    def close(self) -> None:
        for connection in list(self._connections):
            self._hang_up(connection)
        self._listener.close()

    def _understand(self, connection: socket.socket, path: str, body: bytes) -> Said:
        match = PATH.match(path)
        if match and match["other"] == "invocation/next":
            self._waiting = connection
            return Said("next")
        if match and (match["end"] or match["other"] == "init/error"):
            self._answer(connection, "202 Accepted", b'{"status":"OK"}', {})
            return Said(match["end"] or "init/error", match["id"] or "", body)
        raise NotImplementedError(f"Lambda Runtime API: {path}")

    def _answer(self, connection: socket.socket, status: str, body: bytes, headers: dict[str, str]) -> None:
        every = {**headers, "Content-Type": "application/json", "Content-Length": str(len(body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in every.items())
        try:
            connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("ascii") + body)
        except ConnectionError:
            self._hang_up(connection)

    def _hang_up(self, connection: socket.socket) -> None:
        self._connections.pop(connection).close()
        connection.close()

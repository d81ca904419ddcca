"""What every call goes through: it becomes evidence, may be made to fail, is authorised, and is then executed.

The door knows nothing of sockets (server.py does). A fault that ends the connection is the exception ``DroppedError``.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from rehearsal.aws import cbor, iam, sessions, wire
from rehearsal.aws.faults import DropAfter, DropBefore, Fault, Kill, Refuse, executes
from rehearsal.aws.wire import Request, Response
from rehearsal.aws.world import Call, World

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
NOT_EMULATED = 501  # not 500: the SDKs would retry that


class DroppedError(ConnectionError):
    """The connection has to be reset; no answer is sent."""


def status_outcome(response: Response) -> str:
    return "ok" if response.status < 400 else f"HTTP {response.status}"


@dataclass(frozen=True)
class Mount:
    """Another service on the same address, such as Slack.

    ``describe(environ, body)`` names the call before it is executed: ('slack:chat.postMessage', {...}).
    ``refuse(fault)`` writes an error as that service would. ``outcome(answer)`` is how the evidence calls an answer.
    """

    prefix: str
    app: Wsgi
    describe: Callable[[dict[str, Any], bytes], tuple[str, dict[str, Any]]]
    refuse: Callable[[Refuse], Response]
    outcome: Callable[[Response], str] = status_outcome


class Door:
    def __init__(self, world: World) -> None:
        self._world = world
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._mounts: list[Mount] = []

    def mount(self, mount: Mount) -> None:
        self._mounts.append(mount)

    def answer(self, environ: dict[str, Any], body: bytes) -> Response:
        """One request of a function or of the person who deploys."""
        path = environ.get("PATH_INFO", "/")
        for mount in self._mounts:
            if path == mount.prefix or path.startswith(mount.prefix + "/"):
                return self._mounted(mount, environ, body)
        request = wire.parse(environ, body)
        if request is None:
            return Response(403, [("Content-Type", "text/plain")], f"no AWS signature, and nothing at {path}".encode())
        session = sessions.of_key(self._world, request.access_key)
        who = session.who if session else sessions.DEPLOYER
        call = self._world.begin_call(who, request.name, request.shown_params, session and session.invocation)

        def refuse(fault: Refuse) -> Response:
            return wire.error(request, fault.code, fault.message, fault.status, _request_id(call))

        def execute() -> Response:
            try:
                denial = iam.authorize(self._world, session, request) if session and self._world.enforce_iam else None
            except iam.UnknownError as unknown:
                return self._not_emulated(request, call, str(unknown))
            if denial is not None:
                call.outcome = "denied"
                return refuse(denial)
            return self.execute(request, call)

        return self._through_gates(call, execute, refuse)

    def _mounted(self, mount: Mount, environ: dict[str, Any], body: bytes) -> Response:
        action, params = mount.describe(environ, body)
        running = self._world.running
        who = running.who if running else sessions.DEPLOYER
        call = self._world.begin_call(who, action, params, running and running.invocation)
        inner = {
            **environ,
            "SCRIPT_NAME": mount.prefix,
            "PATH_INFO": environ["PATH_INFO"][len(mount.prefix) :] or "/",
            "wsgi.input": BytesIO(body),
        }

        def execute() -> Response:
            try:
                response = run(mount.app, inner)
            except DroppedError:
                call.outcome = "fault: the answer is lost"
                raise
            call.outcome = mount.outcome(response)
            return response

        return self._through_gates(call, execute, mount.refuse)

    def _through_gates(
        self, call: Call, execute: Callable[[], Response], refuse: Callable[[Refuse], Response]
    ) -> Response:
        fault = _first(gate.before(call) for gate in self._world.on_call)
        if fault is not None and not executes(fault):
            return self._apply(fault, call, refuse)
        response = execute()
        fault = fault or _first(gate.after(call) for gate in self._world.on_call)
        return response if fault is None else self._apply(fault, call, refuse)

    def _apply(self, fault: Fault, call: Call, refuse: Callable[[Refuse], Response]) -> Response:
        call.outcome = f"fault: {type(fault).__name__}"
        match fault:
            case Refuse():
                call.outcome = f"fault: {fault.code}"
                return refuse(fault)
            case DropBefore() | DropAfter():
                raise DroppedError(call.outcome)
            case Kill():
                if self._world.kill is None:
                    raise RuntimeError("a kill was asked for, but nobody has set world.kill")
                self._world.kill()
                raise DroppedError(call.outcome)

    def execute(self, request: Request, call: Call | None = None) -> Response:
        """moto's answer, without gates and authorisation; what moto can't do is named, loudly."""
        if request.prefix == "cloudformation":
            return self._not_emulated(request, call, "stacks are made by stack.py; moto's would skip what it can't do")
        environ = {**request.environ, "wsgi.input": BytesIO(request.body)}
        request_id = _request_id(call)
        try:
            response = run(self._moto, environ)
        except NotImplementedError as reason:
            return self._not_emulated(request, call, str(reason) or "not implemented")
        except Exception as broken:
            return self._not_emulated(request, call, "".join(traceback.format_exception(broken)))
        if request.protocol == "cbor":
            shape = request.operation.output_shape if request.operation else None
            headers = [("Content-Type", "application/cbor"), ("smithy-protocol", "rpc-v2-cbor")]
            body = cbor.from_json_answer(response.body, response.status, shape)
            response = Response(response.status, [*headers, ("x-amzn-RequestId", request_id)], body)
        if call is not None and response.status >= 400:
            call.outcome = wire.error_code(response)
        return response

    def broken(self, what: str, error: Exception) -> None:
        """A fault of the embedded AWS itself. The player ends the run when it finds such a record."""
        trace = "".join(traceback.format_exception(error))
        self._world.record("not-emulated", action=what, reason=repr(error), trace=trace)

    def _not_emulated(self, request: Request, call: Call | None, reason: str) -> Response:
        message = f"the embedded AWS can't do {request.name}: {reason.strip().splitlines()[-1]}"
        self._world.record("not-emulated", action=request.name, reason=reason)
        if call is not None:
            call.outcome = "NotEmulated"
        return wire.error(request, "NotEmulated", message, NOT_EMULATED, _request_id(call))


def run(app: Wsgi, environ: dict[str, Any]) -> Response:
    """Calls a WSGI application and gathers its answer."""
    started: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
        if exc_info:
            raise exc_info[1]
        started[:] = [int(status.split()[0]), headers]
        return lambda _: None

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    return Response(started[0], started[1], body)


def _first(answers: Iterable[Fault | None]) -> Fault | None:
    return next((fault for fault in answers if fault is not None), None)


def _request_id(call: Call | None) -> str:
    return f"00000000-0000-4000-8000-{call.number if call else 0:012d}"

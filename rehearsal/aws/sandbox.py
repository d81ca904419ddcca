"""One Lambda execution environment: a real JVM under the real runtime client, from the unzipped function zip.

Layout and flags are those of the managed Java runtime as far as they are known (a java17 environment dumped by users;
AWS publishes none): the runtime client alone on the class path, the function in its own class loader, whose root is the
working directory, serial collector, C1 only, 85 % of the memory for the heap.

One loop in the caller's thread watches the Runtime API, the log pipe and the process. An invocation ends when the
runtime asks for the next event: by then every line that the handler printed has been written to the pipe, because one
thread does both, so emptying the pipe at that moment gives the complete log without waiting.

Sources: Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle", "Defined runtime
environment variables", "Troubleshoot invocation issues in Lambda".
"""

from __future__ import annotations

import functools
import json
import os
import platform
import select
import signal
import subprocess
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import time_machine

from rehearsal.aws.runtime_api import RuntimeApi, Said

REPOSITORY = Path(__file__).resolve().parents[2]
JVM = REPOSITORY / "rehearsal/jvm/target"
RUNTIME_CLIENT = "com.amazonaws.services.lambda.runtime.api.client"
INIT_LIMIT_S = 60  # Lambda gives 10 s, and starts again at the first event; a loaded laptop needs more


@dataclass(frozen=True)
class Program:
    """What runs in a sandbox."""

    arn: str  # as invoked: with the version or alias
    handler: str
    task_root: Path  # the unzipped function zip
    memory_mb: int
    timeout_s: float
    environment: dict[str, str]  # the function's own and the AWS_* of the environment


@dataclass
class Outcome:
    """How one invocation ended. ``error`` is None or the error type; ``payload`` then holds Lambda's error JSON."""

    payload: bytes
    error: str | None
    cold: bool
    seconds: float  # real ones, without the start
    log: list[str] = field(default_factory=list)


@functools.cache
def java_home() -> str:
    return subprocess.run([REPOSITORY / "tools/jdk25"], capture_output=True, text=True, check=True).stdout.strip()


class Launcher:
    """What all sandboxes of a world share: the JDK, the runtime client, the clock agent."""

    def __init__(self, clock_file: Path, directory: Path, options: tuple[str, ...] = ()) -> None:
        self._agent = JVM / "clock-agent.jar"
        self._jars = sorted((JVM / "ric").glob("*.jar"))
        if not self._agent.exists() or not self._jars:
            raise FileNotFoundError(f"{JVM} is not built: run ./mvnw package")
        self._clock_file = clock_file
        self._options = options
        self._library = _native_library(self._jars, directory)
        self._java = f"{java_home()}/bin/java"

    def command(self, program: Program) -> list[str]:
        return [
            self._java,
            f"-XX:MaxRAM={program.memory_mb}m",
            f"-XX:MaxHeapSize={int(program.memory_mb * 1024 * 0.85)}k",
            *("-XX:+UseSerialGC", "-XX:+TieredCompilation", "-XX:TieredStopAtLevel=1"),
            *("-Xshare:auto", "-XX:+ErrorFileToStderr", "-XX:-UsePerfData"),
            *("--add-opens=java.base/java.io=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"),
            *self._options,
            f"-D{RUNTIME_CLIENT}.runtimeapi.NativeClient.JNI={self._library}",
            f"-javaagent:{self._agent}={self._clock_file}",
            *("-classpath", os.pathsep.join(map(str, self._jars))),
            *(f"{RUNTIME_CLIENT}.AWSLambda", program.handler),
        ]


class Sandbox:
    """Serves one event at a time; starts its JVM at the first one, and a fresh one after a crash or a timeout."""

    def __init__(self, program: Program, launcher: Launcher) -> None:
        self._program = program
        self._launcher = launcher
        self._process: subprocess.Popen[bytes] | None = None
        self._exited = -1  # a file descriptor that becomes readable when the process is gone
        self._api: RuntimeApi | None = None
        self._log = bytearray()

    def invoke(self, request_id: str, payload: bytes) -> Outcome:
        cold = self._process is None
        if cold:
            self._start()
            said = self._hear(INIT_LIMIT_S)
            if said.what != "next":
                self.close()
                return self._finish(said, request_id, cold, 0.0)
        began = time.monotonic()
        said = self._serve(request_id, payload)
        return self._finish(said, request_id, cold, time.monotonic() - began)

    def kill(self) -> None:
        """SIGKILL, from any thread; the running invocation then ends as Lambda ends it, with Runtime.ExitError."""
        process = self._process
        if process is not None:
            process.send_signal(signal.SIGKILL)

    def close(self) -> None:
        if self._process is None or self._api is None or self._process.stdout is None:
            return
        self._process.kill()
        self._process.wait()
        self._drain()
        self._process.stdout.close()
        os.close(self._exited)
        self._api.close()
        self._process = self._api = None

    def _start(self) -> None:
        self._api = RuntimeApi()
        self._process = subprocess.Popen(
            self._launcher.command(self._program),
            env={**self._program.environment, "AWS_LAMBDA_RUNTIME_API": self._api.address},
            cwd=self._program.task_root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        self._exited = os.pidfd_open(self._process.pid)

    def _serve(self, request_id: str, payload: bytes) -> Said:
        assert self._api is not None
        real_now = time_machine.escape_hatch.time.time()  # the runtime client compares it with the machine's clock
        headers = {
            "Lambda-Runtime-Aws-Request-Id": request_id,
            "Lambda-Runtime-Deadline-Ms": str(int((real_now + self._program.timeout_s) * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": self._program.arn,
            "Lambda-Runtime-Trace-Id": f"Root=1-{int(real_now):08x}-{request_id.replace('-', '')[:24]}",
        }
        self._api.hand_out(payload, headers)
        answer = self._hear(self._program.timeout_s)
        if answer.what in ("response", "error"):
            after = self._hear(self._program.timeout_s)
            if after.what == "next":
                return answer
        self.close()
        return answer

    def _hear(self, seconds: float) -> Said:
        """The next thing that the runtime says, or ``exit``, or ``timeout``."""
        assert self._process is not None and self._api is not None
        deadline = time.monotonic() + seconds
        while True:
            watched = [self._process.stdout, self._exited, *self._api.sockets()]
            ready, _, _ = select.select(watched, [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return Said("timeout")
            for one in self._api.sockets():
                said = self._api.read(one) if one in ready else None
                if said is not None:
                    self._drain()
                    return said
            self._drain()
            if self._exited in ready and not set(ready) & set(self._api.sockets()):
                return Said("exit", body=_how_it_ended(self._process.wait()).encode())

    def _drain(self) -> None:
        """Takes what is in the log pipe, without waiting for more."""
        assert self._process is not None and self._process.stdout is not None
        try:
            while chunk := os.read(self._process.stdout.fileno(), 1 << 16):
                self._log += chunk
        except BlockingIOError:
            pass

    def _finish(self, said: Said, request_id: str, cold: bool, seconds: float) -> Outcome:
        log = self._log.decode("utf-8", "replace").splitlines()
        self._log.clear()
        match said.what:
            case "response":
                return Outcome(said.body, None, cold, seconds, log)
            case "error" | "init/error":
                return Outcome(said.body, _error_type(said.body), cold, seconds, log)
            case "timeout":
                error, message = "Sandbox.Timedout", f"Task timed out after {self._program.timeout_s:.2f} seconds"
            case _:
                error, message = "Runtime.ExitError", said.body.decode()
        text = {"errorType": error, "errorMessage": f"RequestId: {request_id} Error: {message}"}
        return Outcome(json.dumps(text).encode(), error, cold, seconds, log)


def _how_it_ended(code: int) -> str:
    if code < 0:
        return "Runtime exited with error: signal: " + signal.strsignal(-code).lower()
    return f"Runtime exited with error: exit status {code}" if code else "Runtime exited without providing a reason"


def _error_type(body: bytes) -> str:
    return str(json.loads(body).get("errorType") or "Unhandled")


def _native_library(jars: list[Path], directory: Path) -> Path:
    """The runtime client's own HTTP client. Left alone it unpacks it to one fixed place in /tmp for all processes."""
    libc = "linux" if platform.libc_ver()[0] == "glibc" else "linux_musl"
    name = f"libaws-lambda-jni.{libc}-{platform.machine().replace('aarch64', 'aarch_64')}.so"
    target = directory / name
    if not target.exists():
        (jar,) = [jar for jar in jars if "runtime-interface-client" in jar.name]
        with zipfile.ZipFile(jar) as opened:
            target.write_bytes(opened.read(f"jni/{name}"))
    return target.resolve()

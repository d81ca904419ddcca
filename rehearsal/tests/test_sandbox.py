"""One execution environment, with the real runtime client and a real JVM."""

from __future__ import annotations

import json
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearsal.aws.sandbox import Launcher, Program, Sandbox
from rehearsal.tests import probe


@pytest.fixture
def program(tmp_path: Path) -> Program:
    with zipfile.ZipFile(probe.zipped()) as opened:
        opened.extractall(tmp_path / "task")
    environment = {
        "AWS_LAMBDA_FUNCTION_NAME": "probe",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/probe",
        "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
    }
    return Program("arn:aws:lambda:probe:live", probe.HANDLER, tmp_path / "task", 512, 30, environment)


@pytest.fixture
def sandbox(world, program, tmp_path):
    made = Sandbox(program, Launcher(world.clock.shared_file, tmp_path))
    yield made
    made.close()


def test_serves_events_in_virtual_time_and_stays_warm(world, sandbox):
    first = sandbox.invoke("r-1", b'{"do": "echo"}')
    world.clock.run_for(timedelta(hours=2))
    second = sandbox.invoke("r-2", b"{}")
    assert (first.error, first.cold, second.cold) == (None, True, False)
    assert first.log == ['{"message": "started"}'] and second.log == []
    answer = json.loads(first.payload)
    assert answer["time"] == "2026-12-26T09:00:00Z" and json.loads(second.payload)["time"] == "2026-12-26T11:00:00Z"
    assert answer["event"] == {"do": "echo"} and answer["arn"] == "arn:aws:lambda:probe:live"
    assert 25_000 < answer["left"] <= 30_000  # the deadline is in real time
    assert second.seconds < 0.5


def test_the_log_is_complete_even_beyond_the_pipe(sandbox):
    outcome = sandbox.invoke("r-1", b'{"do": "print"}')
    lines = [json.loads(line) for line in outcome.log[1:]]
    assert [line["line"] for line in lines] == list(range(5000))
    assert lines[0]["text"] == "在庫"


def test_an_exception_is_the_runtime_clients_error_and_the_jvm_goes_on(sandbox):
    failed = sandbox.invoke("r-1", b'{"do": "fail"}')
    assert failed.error == "java.lang.IllegalArgumentException"
    assert json.loads(failed.payload)["errorMessage"] == "asked to fail"
    assert any("at dev.yakin.probe.Probe.handleRequest" in line for line in failed.log)
    assert not sandbox.invoke("r-2", b"{}").cold


def test_an_exit_ends_the_invocation_and_the_next_one_starts_afresh(sandbox):
    left = sandbox.invoke("r-1", b'{"do": "exit"}')
    assert json.loads(left.payload) == {
        "errorType": "Runtime.ExitError",
        "errorMessage": "RequestId: r-1 Error: Runtime exited with error: exit status 3",
    }
    again = sandbox.invoke("r-2", b"{}")
    assert again.cold and json.loads(again.payload)["served"] == 1


def test_a_kill_from_another_thread_ends_the_invocation(sandbox):
    sandbox.invoke("r-1", b"{}")
    threading.Timer(0.2, sandbox.kill).start()
    killed = sandbox.invoke("r-2", b'{"do": "sleep"}')
    assert json.loads(killed.payload)["errorMessage"].endswith("Runtime exited with error: signal: killed")
    assert sandbox.invoke("r-3", b"{}").cold


def test_a_timeout_kills_the_jvm(world, program, tmp_path):
    short = Sandbox(replace(program, timeout_s=0.5), Launcher(world.clock.shared_file, tmp_path))
    late = short.invoke("r-1", b'{"do": "sleep"}')
    assert late.error == "Sandbox.Timedout"
    assert json.loads(late.payload)["errorMessage"] == "RequestId: r-1 Error: Task timed out after 0.50 seconds"


def test_a_failing_start_is_reported_and_tried_again(world, program, tmp_path):
    environment = {**program.environment, "FAIL_AT_START": "yes"}
    broken = Sandbox(replace(program, environment=environment), Launcher(world.clock.shared_file, tmp_path))
    for number in (1, 2):
        outcome = broken.invoke(f"r-{number}", b"{}")
        assert outcome.cold and outcome.error == "java.lang.ExceptionInInitializerError"
        assert any("environment variable CLUSTER is missing" in line for line in outcome.log)

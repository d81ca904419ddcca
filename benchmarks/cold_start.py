"""``python -m benchmarks.cold_start [rounds]``: slack-alert's first alarm after a start, beside boto3 doing the same.

Both begin with nothing running, read the Slack secret, keep a ledger in DynamoDB and post one message: slack-alert
from its real zip in a JVM with the flags of the managed runtime, the other as a plain Python process with boto3 that
makes the same kinds of calls as often (it decides nothing, so it is a floor and no rival). They take turns in one run,
against the embedded AWS over HTTP without TLS. CPU seconds say more than the clock on a busy machine.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rehearsal.aws import lambda_
from rehearsal.faults.scenarios import rest
from rehearsal.stage import ROOT, Stage, stage

START = datetime(2026, 11, 25, 11, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
TICKS = os.sysconf("SC_CLK_TCK")
PEER = """
import json, os, sys, urllib.request, boto3
todo, table, secret, url = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
slack = json.loads(boto3.client("secretsmanager").get_secret_value(SecretId=secret)["SecretString"])
ledger = boto3.client("dynamodb")
for number in range(todo.get("dynamodb:GetItem", 0)):
    ledger.get_item(TableName=table, Key={"kind": {"S": "peer"}, "key": {"S": str(number)}}, ConsistentRead=True)
for number in range(todo.get("dynamodb:PutItem", 0)):
    item = {"kind": {"S": "peer"}, "key": {"S": str(number)}, "content": {"S": "x" * 3000}}
    ledger.put_item(TableName=table, Item=item)
body = json.dumps({"channel": slack["channel"], "text": "errors"}).encode()
headers = {"Authorization": "Bearer " + slack["botToken"], "Content-Type": "application/json"}
urllib.request.urlopen(urllib.request.Request(url + "/chat.postMessage", body, headers)).read()
"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    ours, peers = [], []
    with stage(START) as on:
        rest(on, lambda schedule: True)
        calls: Counter[str] = Counter()
        for number in range(rounds):
            on.world.clock.run_for(timedelta(minutes=1))
            first = len(on.world.calls)
            ours.append(_ours(on, number))
            calls = Counter(call.action for call in on.world.calls[first:] if call.who == "SlackAlertFunction")
            on.world.clock.run_for(timedelta(minutes=1))
            peers.append(_peer(on, calls))
    print("calls of one alarm: " + ", ".join(f"{number} {name}" for name, number in sorted(calls.items())))
    for what, place in (("from nothing to posted, s", 0), ("CPU, s", 1)):
        mine, other = ([one[place] for one in all_] for all_ in (ours, peers))
        ratio = statistics.median(mine) / statistics.median(other)
        print(f"{what}: slack-alert {_spread(mine)}, boto3 {_spread(other)}, ratio {ratio:.2f}")


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}..{max(values):.2f})"


def _ours(on: Stage, number: int) -> tuple[float, float]:
    lambda_.stop()
    event = (ROOT / "events/slack-alert-alarm.json").read_text(encoding="utf-8")
    for old, new in (("alb-errors-critical", "errors"), ("9531985d", "9531{:04}"), ("AlbLo-EXAMPLE", "{}")):
        event = event.replace(old, new.format(number))
    began = time.monotonic()
    answer = on.client("lambda").invoke(FunctionName=on.id_of("SlackAlertFunction"), Payload=event.encode())
    took = time.monotonic() - began
    failures = json.loads(answer["Payload"].read())["batchItemFailures"]
    if "FunctionError" in answer or failures:
        raise RuntimeError(f"the alarm was not posted: {failures}")
    return took, _cpu_of_the_jvm()


def _cpu_of_the_jvm() -> float:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid() and "slackalert" in (status.parent / "cmdline").read_text():
                return (int(fields[11]) + int(fields[12])) / TICKS
        except OSError:
            continue
    raise RuntimeError("the function's JVM is gone")


def _peer(on: Stage, calls: Counter[str]) -> tuple[float, float]:
    environment = on.environment("SlackAlertFunction")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    arguments = (environment["LEDGER_TABLE"], environment["SLACK_SECRET_ARN"], environment["SLACK_API_URL"])
    keys = {"AWS_ACCESS_KEY_ID": "peer", "AWS_SECRET_ACCESS_KEY": "peer", "AWS_DEFAULT_REGION": "ap-northeast-1"}
    subprocess.run(
        [sys.executable, "-c", PEER, json.dumps(calls), *map(str, arguments)],
        env={**os.environ, **keys, "AWS_ENDPOINT_URL": on.world.url},
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, cpu


if __name__ == "__main__":
    main()

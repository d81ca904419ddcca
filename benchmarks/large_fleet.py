"""``python -m benchmarks.large_fleet``: one look of sale-scaling at fifty services and two hundred sales.

Measured on this machine against the embedded AWS: real seconds of an invocation, cold and warm, peak memory of the JVM,
and the calls that it made: how many, of which kind, and how many reads of ECS fell into one real second. A busy machine
is slower, so it is no test. The limits of the design are 10 s, 256 MB, and what ECS allows (20 reads a second for long,
ten services a call); ``CallsTest`` holds the numbers of calls in ``make check``.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rehearsal.aws import lambda_
from rehearsal.aws.world import Call
from rehearsal.faults.scenarios import rest
from rehearsal.stage import Stage, stage

SERVICES = 50
SALES = 200
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 12, 1, 12, tzinfo=TOKYO)
FUNCTION = "SaleScalingFunction"
READ = re.compile(r"ecs:(Describe|List)\w+")
MOMENTS = (
    ("an ordinary day", timedelta()),
    ("a day before a sale: the pre-flight of fifty services", timedelta(hours=8)),
    ("the warm-up of a sale for all: every service is raised", timedelta(days=1, hours=7)),
    ("the next look: all tasks are judged", timedelta(days=1, hours=7, minutes=5)),
    ("half an hour later", timedelta(days=1, hours=7, minutes=35)),
)


def main() -> None:
    with stage(NOW) as on:
        _grow(on)
        text = _calendar()
        on.client("ssm").put_parameter(
            Name=on.id_of("SalesParameter"), Value=text, Overwrite=True, Tier="Intelligent-Tiering"
        )
        print(f"{SERVICES} services, {SALES} sales in {len(text.encode())} bytes\n")
        print("| Look | Cold | Again | Peak memory | Calls of the cold one | ECS reads in its busiest second | Kinds |")
        print("|---|---|---|---|---|---|---|")
        rest(on, lambda schedule: True)  # each look is measured, and nothing else takes the processor
        on.world.clock.run_until(NOW + timedelta(minutes=50))
        _invoke(on, on.id_of(FUNCTION))  # accepts the calendar
        for name, offset in MOMENTS:
            on.world.clock.run_until(NOW + timedelta(hours=1) + offset)
            _measure(on, name)


def _grow(on: Stage) -> None:
    """Copies of the shop's service, without a load balancer; the template knows one."""
    ecs, scaling = on.client("ecs"), on.client("application-autoscaling")
    first = ecs.describe_services(cluster=on.cluster, services=[on.service])["services"][0]
    names = [f"app={on.service}"]
    for number in range(1, SERVICES):
        name = f"service-{number}"
        ecs.create_service(
            cluster=on.cluster,
            serviceName=name,
            taskDefinition=first["taskDefinition"],
            desiredCount=2,
            networkConfiguration=first["networkConfiguration"],
            capacityProviderStrategy=first["capacityProviderStrategy"],
        )
        scaling.register_scalable_target(
            ServiceNamespace="ecs",
            ResourceId=f"service/{on.cluster}/{name}",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=2,
            MaxCapacity=10,
        )
        names.append(name)
    environment = {**on.environment(FUNCTION), "SERVICES": ",".join(names)}
    text = {key: str(value) for key, value in environment.items()}
    on.client("lambda").update_function_configuration(FunctionName=on.id_of(FUNCTION), Environment={"Variables": text})
    # The role knows the services of the template only; here it is the load that counts, not the permissions.
    on.client("iam").put_role_policy(
        RoleName=on.id_of("SaleScalingRole"),
        PolicyName="more-services",
        PolicyDocument=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": ["ecs:DescribeServices", "ecs:UpdateService"], "Resource": "*"}
                ],
            }
        ),
    )


def _calendar() -> str:
    """A sale on every second evening; the first is tomorrow, and each is for all services."""
    first = NOW.replace(tzinfo=None, hour=21) + timedelta(days=1)
    times = [f"{first + timedelta(days=2 * number):%Y-%m-%dT%H:%M}/23:00" for number in range(SALES)]
    return json.dumps({"sales": [{"name": "flash", "times": times}]}, separators=(",", ":"))


class Watch:
    """A gate that lets every call pass, and knows when it came."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, str]] = []

    def before(self, call: Call) -> None:
        if call.who == FUNCTION:
            self.seen.append((time.monotonic(), call.action))

    def after(self, call: Call) -> None:
        del call

    def kinds(self) -> str:
        return ", ".join(
            f"{action} {count}" for action, count in Counter(action for _, action in self.seen).most_common()
        )

    def busiest_second(self) -> int:
        """Reads of ECS; a window that begins with each of them."""
        reads = [at for at, action in self.seen if READ.fullmatch(action)]
        return max((sum(begin <= at < begin + 1 for at in reads) for begin in reads), default=0)


def _measure(on: Stage, name: str) -> None:
    function = on.id_of(FUNCTION)
    lambda_.stop()
    watch = Watch()
    on.world.on_call.append(watch)
    cold = _invoke(on, function)
    on.world.on_call.remove(watch)
    warm = _invoke(on, function)
    print(
        f"| {name} | {cold:.2f} s | {warm:.2f} s | {_peak_mb()} MB | {len(watch.seen)} "
        f"| {watch.busiest_second()} | {watch.kinds()} |",
        flush=True,
    )


def _invoke(on: Stage, function: str) -> float:
    begin = time.monotonic()
    answer = on.client("lambda").invoke(FunctionName=function, Payload=b"{}")
    took = time.monotonic() - begin
    if "FunctionError" in answer:
        print("  ", answer["Payload"].read().decode()[:300])
    return took


def _peak_mb() -> int:
    """Of the function's JVM; Linux keeps the high-water mark."""
    marks = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_text()
            if "salescaling" in command and str(Path("rehearsal")) in command:
                found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
                marks.append(int(found.split()[1]) // 1024)
        except (OSError, StopIteration):
            continue
    return max(marks, default=0)


if __name__ == "__main__":
    main()

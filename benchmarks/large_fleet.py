"""``python -m benchmarks.large_fleet``: one look of sale-scaling at fifty services and the longest calendar.

Measured on this machine against the embedded AWS: real seconds of an invocation, cold and warm, peak memory of the JVM,
and the calls that it made. It is no test: a busy machine is slower. The limits of the design are 10 s and 256 MB.

A calendar of 200 sales has some 13,000 bytes, and Parameter Store takes 4,096 (CalendarRules): so the longest one that
people can save is played here, and 200 sales in the pure code by ``LargeCalendarTest``.
"""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rehearsal.aws import lambda_
from rehearsal.stage import Stage, stage

SERVICES = 50
BYTES = 4_096
TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 12, 1, 12, tzinfo=TOKYO)
MOMENTS = (
    ("an ordinary day", timedelta()),
    ("the warm-up of a sale for all: every service is raised", timedelta(days=1, hours=7)),
    ("the next look: all tasks are judged", timedelta(days=1, hours=7, minutes=5)),
    ("half an hour later", timedelta(days=1, hours=7, minutes=35)),
)


def main() -> None:
    with stage(NOW) as on:
        _grow(on)
        text = _calendar()
        on.edit_calendar(text)
        print(f"{SERVICES} services, {len(json.loads(text)['sales'])} sales in {len(text.encode())} bytes")
        on.world.clock.run_until(NOW + timedelta(minutes=50))
        for name, offset in MOMENTS:
            on.world.clock.run_until(NOW + timedelta(hours=1) + offset - timedelta(seconds=1))
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
    environment = {**on.environment("SaleScalingFunction"), "SERVICES": ",".join(names)}
    text = {key: str(value) for key, value in environment.items()}
    on.client("lambda").update_function_configuration(
        FunctionName=on.id_of("SaleScalingFunction"), Environment={"Variables": text}
    )
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
    """As many sales as a parameter holds; the first is tomorrow and for all services."""
    sales: list[dict[str, Any]] = []
    while True:
        opens = NOW.replace(tzinfo=None, hour=21) + timedelta(days=1 + 2 * len(sales))
        closes = opens + timedelta(hours=2)
        sale = {"name": f"s{len(sales)}", "opens": f"{opens:%Y-%m-%dT%H:%M}", "closes": f"{closes:%Y-%m-%dT%H:%M}"}
        text = json.dumps({"sales": [*sales, sale]}, separators=(",", ":"))
        if len(text.encode()) > BYTES:
            return json.dumps({"sales": sales}, separators=(",", ":"))
        sales.append(sale)


def _measure(on: Stage, name: str) -> None:
    function = on.id_of("SaleScalingFunction")
    lambda_.stop()
    before = len(on.world.calls)
    cold = _invoke(on, function)
    calls = len(on.world.calls) - before
    warm = _invoke(on, function)
    print(f"{name}: cold {cold:.2f} s, again {warm:.2f} s, {calls} calls, peak memory {_peak_mb()} MB")


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

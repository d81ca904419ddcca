from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.aws import ecs, elb
from rehearsal.aws import load as load_module
from rehearsal.aws.load import HOURS, Load, sale_day
from rehearsal.tests.fleet import START, Shop, shop

OPENS = datetime(2026, 12, 26, 11, 0, tzinfo=UTC)  # 20:00 in Tokyo, a busy hour
CLOSES = datetime(2026, 12, 26, 15, 0, tzinfo=UTC)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as built:
        built.create_service(2)
        built.run(minutes=5)
        yield built


def statistics(web: Shop, namespace: str, name: str, statistic: str, **dimensions: str) -> float:
    """Over everything so far; 0 without a datapoint."""
    now = web.world.clock.now()
    answer = web.client("cloudwatch").get_metric_statistics(
        Namespace=namespace,
        MetricName=name,
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
        StartTime=START,
        EndTime=now + timedelta(minutes=1),
        Period=86400,
        Statistics=[statistic],
    )
    return sum(point[statistic] for point in answer["Datapoints"])


@pytest.mark.parametrize(
    ("time_of_day", "times"),
    [
        ("2026-12-26T10:29", 1.0),
        ("2026-12-26T11:00", 1.3),
        ("2026-12-26T11:03", 3.0),
        ("2026-12-26T14:59", 3.0),
        ("2026-12-26T15:15", 2.0),
        ("2026-12-26T15:30", 1.0),
    ],
)
def test_a_sale_brings_three_times_the_traffic(time_of_day: str, times: float) -> None:
    at = datetime.fromisoformat(time_of_day).replace(tzinfo=UTC)
    never = datetime(2000, 1, 1, tzinfo=UTC)
    ordinary = sale_day(never, never, 1000)(at)
    assert sale_day(OPENS, CLOSES, 1000)(at) / ordinary == pytest.approx(times)


def test_the_busiest_hour_is_the_peak() -> None:
    requests = sale_day(datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 1, tzinfo=UTC), 1000)
    day = [requests(START + timedelta(minutes=minute)) for minute in range(1440)]
    assert max(day) == pytest.approx(1000)
    assert min(day) == pytest.approx(10 * min(HOURS))


@pytest.mark.parametrize(
    ("requests", "cpu", "fails"),
    [(0, 3, False), (1200, 53, False), (2000, 86, False), (4800, 100, True)],
)
def test_requests_become_cpu_and_what_is_too_much_fails(web: Shop, requests: int, cpu: int, fails: bool) -> None:
    load = Load(lambda _: requests).start()
    web.run(minutes=20)
    average = sum(minute.cpu for minute in load.history) / len(load.history)
    assert average == pytest.approx(cpu, abs=4)
    assert any(minute.failed for minute in load.history) == fails
    names = {"ClusterName": "shop", "ServiceName": "web"}
    assert statistics(web, "AWS/ECS", "CPUUtilization", "Average", **names) == pytest.approx(average)
    balancer = elb.metric_dimensions(web.group)["LoadBalancer"]
    total = statistics(web, "AWS/ApplicationELB", "RequestCount", "Sum", LoadBalancer=balancer)
    assert total == sum(minute.requests for minute in load.history)
    failed = sum(
        statistics(web, "AWS/ApplicationELB", name, "Sum", LoadBalancer=balancer)
        for name in ("HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count")
    )
    assert failed == sum(minute.failed for minute in load.history)
    assert statistics(web, "AWS/ApplicationELB", "HealthyHostCount", "Minimum", **elb.metric_dimensions(web.group)) == 2


@pytest.mark.parametrize(("requests", "milliseconds"), [(1, 80), (1200, 160), (2160, 800), (5000, 2400)])
def test_the_response_time_grows_as_in_a_queue(
    web: Shop, monkeypatch: pytest.MonkeyPatch, requests: int, milliseconds: int
) -> None:
    monkeypatch.setattr(load_module, "NOISE", 0.0)
    load = Load(lambda _: requests).start()
    web.run(minutes=2)
    assert load.history[-1].response_time * 1000 == pytest.approx(milliseconds, rel=0.01)


def test_without_a_healthy_task_the_load_balancer_answers_503(web: Shop) -> None:
    ecs.fail("web", "pull")
    ecs.kill("shop", "web", "exit", count=2)
    web.run(minutes=1)
    load = Load(lambda _: 600).start()
    web.run(minutes=1)
    assert load.history[0].failed == load.history[0].requests > 0
    balancer = elb.metric_dimensions(web.group)["LoadBalancer"]
    assert statistics(web, "AWS/ApplicationELB", "RequestCount", "Sum", LoadBalancer=balancer) == 0
    failed = statistics(web, "AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", "Sum", LoadBalancer=balancer)
    assert failed == load.history[0].failed


def test_an_outage_of_less_than_a_minute_is_seen(web: Shop) -> None:
    load = Load(lambda _: 600).start()
    ecs.kill("shop", "web", "exit", count=2)  # back after 35 + 20 seconds
    web.run(minutes=1)
    assert load.history[0].failed / load.history[0].requests == pytest.approx(54 / 60, abs=0.03)


def test_chance_follows_the_seed_and_the_minute_only(tmp_path: Path) -> None:
    def play(seed: int, kill: bool) -> list[int]:
        with shop(tmp_path, seed=seed) as web:
            web.create_service(2)
            load = Load(lambda _: 600).start()
            if kill:
                web.run(minutes=3)
                ecs.kill("shop", "web", "oom")
            web.run(minutes=13 if not kill else 10)
            return [minute.requests for minute in load.history]

    assert play(1, False) == play(1, True)
    assert play(1, False) != play(2, False)


class TestScaling:
    """Customers, metrics, alarms, target tracking and tasks together: the policy of the template."""

    @pytest.fixture
    def tracked(self, web: Shop) -> Shop:
        web.register_target(2, 10)
        web.client("application-autoscaling").put_scaling_policy(
            ServiceNamespace="ecs",
            ResourceId="service/shop/web",
            ScalableDimension="ecs:service:DesiredCount",
            PolicyName="cpu",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "TargetValue": 70.0,
                "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
                "ScaleOutCooldown": 60,
                "ScaleInCooldown": 300,
            },
        )
        return web

    def test_ordinary_load_moves_nothing(self, tracked: Shop) -> None:
        Load(lambda _: 1300).start()
        tracked.run(hours=2)
        assert [r.facts["cause"] for r in tracked.world.of_kind("desired")] == ["CreateService"]

    def test_three_minutes_of_too_much_scale_out(self, tracked: Shop) -> None:
        Load(lambda _: 2100).start()
        begin = tracked.world.clock.now()
        tracked.run(minutes=10)
        first = tracked.world.of_kind("desired")[1]
        assert timedelta(minutes=3) <= first.at - begin <= timedelta(minutes=4)
        assert first.facts["cause"].endswith("in state ALARM triggered policy cpu")
        assert first.facts["desired"] == 3

    def test_a_sale_without_warm_up_hurts_and_the_fleet_follows_and_comes_back(self, tracked: Shop) -> None:
        opens = START + timedelta(hours=2)
        load = Load(lambda at: 5000 if opens <= at < opens + timedelta(hours=1) else 900).start()
        tracked.run(hours=6)
        wanted = [record.facts["desired"] for record in tracked.world.of_kind("desired")]
        assert max(wanted) >= 6
        assert wanted[-1] == 2
        failed = [minute for minute in load.history if minute.failed]
        assert failed
        assert failed[-1].at < opens + timedelta(minutes=15)

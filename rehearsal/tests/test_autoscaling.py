from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import autoscaling_tracking, ecs
from rehearsal.tests.fleet import RESOURCE, Shop, shop

NAMES = {"ServiceNamespace": "ecs", "ResourceId": RESOURCE, "ScalableDimension": "ecs:service:DesiredCount"}


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as built:
        built.create_service(2)
        built.run(minutes=5)
        yield built


def activities(web: Shop) -> list[tuple[str, str]]:
    found = web.client("application-autoscaling").describe_scaling_activities(**NAMES)["ScalingActivities"]
    assert {activity["StatusCode"] for activity in found} <= {"Successful"}
    return [(activity["Description"], activity["Cause"]) for activity in reversed(found)]


@pytest.mark.parametrize(
    ("least", "most", "desired", "cause"),
    [
        (2, 10, 2, None),
        (6, 20, 6, "minimum capacity was set to 6"),
        (1, 1, 1, "maximum capacity was set to 1"),
        (0, 0, 0, "maximum capacity was set to 0"),
    ],
)
def test_bounds_move_the_desired_count_shortly_after(
    web: Shop, least: int, most: int, desired: int, cause: str | None
) -> None:
    web.register_target(least, most)
    assert web.counts()[0] == 2  # not in the same instant
    web.run(minutes=5)
    assert web.counts() == (desired, desired, desired)
    assert activities(web) == ([(f"Setting desired count to {desired}.", cause)] if cause else [])
    assert [record.facts for record in web.world.of_kind("bounds")] == [
        {"service": "web", "min": least, "max": most, "who": "deployer"}
    ]


def test_a_missing_bound_keeps_its_value(web: Shop) -> None:
    web.register_target(2, 10)
    web.client("application-autoscaling").register_scalable_target(**NAMES, MinCapacity=4)
    target = web.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
    assert [(t["MinCapacity"], t["MaxCapacity"]) for t in target["ScalableTargets"]] == [(4, 10)]


def test_a_desired_count_set_by_hand_below_the_minimum_stays_until_the_next_activity(web: Shop) -> None:
    web.register_target(2, 10)
    web.run(minutes=1)
    web.client("ecs").update_service(cluster="shop", service="web", desiredCount=0)
    web.run(hours=3)
    assert web.counts() == (0, 0, 0)
    web.register_target(2, 10)
    web.run(minutes=5)
    assert web.counts() == (2, 2, 2)


@pytest.mark.parametrize(
    ("least", "most", "message"),
    [(5, 4, "Maximum capacity cannot be less"), (-1, 4, "greater than or equal to 0")],
)
def test_bounds_that_aws_refuses(web: Shop, least: int, most: int, message: str) -> None:
    with pytest.raises(ClientError, match=message):
        web.register_target(least, most)


def test_suspension_is_kept_and_merged(web: Shop) -> None:
    web.register_target(2, 10, SuspendedState={"ScheduledScalingSuspended": True})
    web.register_target(2, 12)
    web.register_target(2, 12, SuspendedState={"DynamicScalingInSuspended": True})
    target = web.client("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs")
    state = target["ScalableTargets"][0]["SuspendedState"]
    assert state["ScheduledScalingSuspended"] and state["DynamicScalingInSuspended"]


def put_action(web: Shop, name: str, schedule: str, least: int, most: int, **options: Any) -> None:
    web.client("application-autoscaling").put_scheduled_action(
        **NAMES,
        ScheduledActionName=name,
        Schedule=schedule,
        ScalableTargetAction={"MinCapacity": least, "MaxCapacity": most},
        **options,
    )


def test_scheduled_actions_follow_their_time_zone(web: Shop) -> None:
    web.register_target(2, 10)
    put_action(web, "business", "cron(0 10 ? * * *)", 5, 20, Timezone="Asia/Tokyo")  # 01:00 UTC
    put_action(web, "night", "cron(0 22 * * ? *)", 2, 5, Timezone="Asia/Tokyo")
    put_action(web, "once", "at(2026-12-01T12:00:00)", 7, 20, Timezone="Asia/Tokyo")
    seen = []
    for _ in range(4):
        web.run(minutes=65)
        seen.append(web.counts()[0])
    assert seen == [5, 5, 7, 7]
    web.run(hours=10)
    assert web.counts()[0] == 5  # the night's maximum
    web.run(hours=24)
    assert [(r.facts["min"], r.facts["max"], r.facts["who"]) for r in web.world.of_kind("bounds")][1:] == [
        (5, 20, "scheduled action business"),
        (7, 20, "scheduled action once"),
        (2, 5, "scheduled action night"),
        (5, 20, "scheduled action business"),
        (2, 5, "scheduled action night"),
    ]
    assert activities(web)[0] == (
        "Setting min capacity to 5 and max capacity to 20",
        "scheduled action name business was triggered",
    )


def test_suspended_scheduled_actions_do_not_run(web: Shop) -> None:
    web.register_target(2, 10, SuspendedState={"ScheduledScalingSuspended": True})
    put_action(web, "up", "rate(1 hour)", 5, 20)
    web.run(hours=3)
    assert web.counts()[0] == 2
    web.register_target(2, 10, SuspendedState={"ScheduledScalingSuspended": False})
    web.run(hours=1, minutes=1)
    assert web.counts()[0] == 5


def test_a_deregistered_target_takes_its_actions_along(web: Shop) -> None:
    web.register_target(2, 10)
    put_action(web, "up", "rate(1 hour)", 5, 20)
    web.client("application-autoscaling").deregister_scalable_target(**NAMES)
    web.run(hours=2)
    assert web.counts()[0] == 2


@pytest.mark.parametrize(
    ("schedule", "options"),
    [("cron(0 22 * * * *)", {}), ("rate(1 hour)", {"Timezone": "Mars/X"}), ("at(now)", {})],
)
def test_schedules_that_aws_refuses(web: Shop, schedule: str, options: dict[str, str]) -> None:
    web.register_target(2, 10)
    with pytest.raises(ClientError, match="ValidationException"):
        put_action(web, "bad", schedule, 5, 20, **options)


class Tracking:
    """The policy of the template, and its alarms as CloudWatch would fire them, once a minute."""

    def __init__(self, web: Shop, least: int = 2, most: int = 10, **configuration: Any) -> None:
        self.web = web
        web.register_target(least, most)
        web.run(minutes=1)
        answer = web.client("application-autoscaling").put_scaling_policy(
            **NAMES,
            PolicyName="cpu",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "TargetValue": 70.0,
                "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
                "ScaleOutCooldown": 60,
                "ScaleInCooldown": 300,
                **configuration,
            },
        )
        self.arn = answer["PolicyARN"]
        self.names = [alarm["AlarmName"] for alarm in answer["Alarms"]]
        found = web.client("cloudwatch").describe_alarms(AlarmNames=self.names)["MetricAlarms"]
        self.described = [(a["ComparisonOperator"], a["Threshold"], a["EvaluationPeriods"], a["Period"]) for a in found]

    def fire(self, side: str, metric: float) -> int:
        name = next(name for name in self.names if f"-Alarm{side}-" in name)
        autoscaling_tracking.on_alarm(self.arn, name, metric)
        return self.web.counts()[0]


def test_the_two_alarms_of_target_tracking(web: Shop) -> None:
    assert Tracking(web).described == [("GreaterThanThreshold", 70.0, 3, 60), ("LessThanThreshold", 63.0, 15, 60)]


def test_scale_out_is_proportional_and_rounds_up(web: Shop) -> None:
    tracking = Tracking(web)
    assert tracking.fire("High", 71) == 3  # 2 x 71 / 70 = 2.03
    assert activities(web)[-1][1].endswith("in state ALARM triggered policy cpu")


def test_within_the_cooldown_only_a_larger_step_counts(web: Shop) -> None:
    tracking = Tracking(web)
    assert tracking.fire("High", 140) == 4
    web.run(seconds=30)
    assert tracking.fire("High", 140) == 4  # the four are on their way
    assert tracking.fire("High", 200) == 6  # ceil(2 x 200 / 70)
    web.run(seconds=61)
    assert tracking.fire("High", 140) == 10  # ceil(6 x 2) = 12, but max is 10


def test_scale_in_waits_for_its_cooldown_and_stops_at_the_minimum(web: Shop) -> None:
    tracking = Tracking(web)
    tracking.fire("High", 300)
    web.run(minutes=5)
    assert tracking.fire("Low", 35) == 5
    assert tracking.fire("Low", 35) == 5
    web.run(seconds=300)
    assert tracking.fire("Low", 10) == 2


def test_a_scale_out_ends_the_scale_in_cooldown(web: Shop) -> None:
    tracking = Tracking(web)
    tracking.fire("High", 300)
    web.run(minutes=5)
    tracking.fire("Low", 35)
    tracking.fire("High", 140)
    web.run(minutes=3)
    assert tracking.fire("Low", 35) == 5


def test_no_scale_in_during_a_deployment(web: Shop) -> None:
    tracking = Tracking(web)
    tracking.fire("High", 140)
    web.run(minutes=5)
    web.client("ecs").update_service(cluster="shop", service="web", forceNewDeployment=True)
    assert tracking.fire("Low", 10) == 4
    assert tracking.fire("High", 140) == 8  # scaling out goes on
    web.run(minutes=10)
    assert tracking.fire("Low", 10) == 2


def test_no_scale_in_when_it_is_disabled(web: Shop) -> None:
    tracking = Tracking(web, DisableScaleIn=True)
    assert [operator for operator, *_ in tracking.described] == ["GreaterThanThreshold"]


@pytest.mark.parametrize(("side", "suspended"), [("High", "Out"), ("Low", "In")])
def test_suspended_dynamic_scaling(web: Shop, side: str, suspended: str) -> None:
    tracking = Tracking(web)
    web.client("ecs").update_service(cluster="shop", service="web", desiredCount=4)
    web.run(minutes=5)
    web.register_target(2, 10, SuspendedState={f"DynamicScaling{suspended}Suspended": True})
    assert tracking.fire(side, 140 if side == "High" else 10) == 4


def test_below_the_minimum_only_a_scale_out_corrects(web: Shop) -> None:
    tracking = Tracking(web, least=4)
    web.run(minutes=5)
    ecs.set_desired("shop", "web", 1, "by hand")
    web.run(minutes=5)
    assert tracking.fire("Low", 10) == 1
    assert tracking.fire("High", 71) == 4

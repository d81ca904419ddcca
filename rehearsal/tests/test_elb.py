from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.aws import elb
from rehearsal.tests.fleet import Shop, shop

ADDRESS = "10.0.11.200"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as built:
        yield built


@pytest.mark.parametrize(("second", "state"), [(0, "initial"), (19, "initial"), (20, "healthy")])
def test_a_new_target_needs_its_checks(web: Shop, second: int, state: str) -> None:
    elb.register(web.group, ADDRESS)
    web.run(seconds=second)
    assert elb.health(web.group) == {ADDRESS: state}


@pytest.mark.parametrize(("second", "state"), [(29, "healthy"), (30, "unhealthy")])
def test_a_failing_target_becomes_unhealthy(web: Shop, second: int, state: str) -> None:
    elb.register(web.group, ADDRESS)
    web.run(minutes=1)
    elb.fail(web.group, ADDRESS)
    web.run(seconds=second)
    assert elb.health(web.group) == {ADDRESS: state}


def test_a_healed_target_becomes_healthy(web: Shop) -> None:
    elb.register(web.group, ADDRESS)
    elb.fail(web.group, ADDRESS)
    web.run(minutes=1)
    elb.heal(web.group, ADDRESS)
    web.run(seconds=20)
    assert elb.health(web.group) == {ADDRESS: "healthy"}


def test_a_deregistered_target_drains_and_is_gone(web: Shop) -> None:
    elb.register(web.group, ADDRESS)
    web.run(minutes=1)
    elb.deregister(web.group, ADDRESS)
    described = web.client("elbv2").describe_target_health(TargetGroupArn=web.group)["TargetHealthDescriptions"]
    assert described[0]["TargetHealth"]["Reason"] == "Target.DeregistrationInProgress"
    web.run(seconds=30)
    assert elb.health(web.group) == {}
    asked = web.client("elbv2").describe_target_health(TargetGroupArn=web.group, Targets=[{"Id": ADDRESS}])
    assert asked["TargetHealthDescriptions"][0]["TargetHealth"]["State"] == "unused"


def test_a_target_may_come_back_while_it_drains(web: Shop) -> None:
    elb.register(web.group, ADDRESS)
    web.run(minutes=1)
    elb.deregister(web.group, ADDRESS)
    elb.register(web.group, ADDRESS)
    web.run(minutes=1)
    assert elb.health(web.group) == {ADDRESS: "healthy"}


def test_a_group_that_no_listener_knows_is_unused(web: Shop) -> None:
    vpc = web.client("ec2").describe_subnets(SubnetIds=web.subnets)["Subnets"][0]["VpcId"]
    made = web.client("elbv2").create_target_group(Name="idle", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    group = made["TargetGroups"][0]["TargetGroupArn"]
    elb.register(group, ADDRESS)
    web.run(minutes=5)
    assert elb.health(group) == {ADDRESS: "unused"}

from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import ecs, elb
from rehearsal.tests.fleet import Shop, shop


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as built:
        yield built


@pytest.mark.parametrize(
    ("second", "counts", "status"),
    [
        (0, (2, 0, 0), "PROVISIONING"),
        (10, (2, 0, 0), "PENDING"),
        (34, (2, 0, 0), "PENDING"),
        (35, (2, 2, 0), "RUNNING"),
        (54, (2, 2, 0), "RUNNING"),
        (55, (2, 2, 2), "RUNNING"),  # two checks, ten seconds apart
    ],
)
def test_a_task_starts_step_by_step(web: Shop, second: int, counts: tuple[int, int, int], status: str) -> None:
    web.create_service(2)
    web.run(seconds=second)
    arns = web.client("ecs").list_tasks(cluster="shop", serviceName="web")["taskArns"]
    tasks = web.client("ecs").describe_tasks(cluster="shop", tasks=arns)["tasks"]
    assert web.counts() == counts
    assert [task["lastStatus"] for task in tasks] == [status, status]


def test_a_new_service_tells_its_story(web: Shop) -> None:
    web.settled()
    assert web.messages() == [
        "has started 2 tasks",
        "registered 1 targets in",
        "registered 1 targets in",
        "deployment completed.",
        "has reached a steady state.",
    ]
    assert [event["eventName"] for event in web.events("ECS Deployment State Change")] == [
        "SERVICE_DEPLOYMENT_IN_PROGRESS",
        "SERVICE_DEPLOYMENT_COMPLETED",
    ]
    assert "SERVICE_STEADY_STATE" in [event["eventName"] for event in web.events("ECS Service Action")]


def test_tasks_lie_in_both_zones_with_addresses_of_the_subnets(web: Shop) -> None:
    web.settled(4)
    health = web.client("elbv2").describe_target_health(TargetGroupArn=web.group)["TargetHealthDescriptions"]
    addresses = [target["Target"]["Id"] for target in health]
    assert sorted(address.rsplit(".", 1)[0] for address in addresses) == ["10.0.11"] * 2 + ["10.0.12"] * 2
    assert {target["TargetHealth"]["State"] for target in health} == {"healthy"}
    free = web.client("ec2").describe_subnets(SubnetIds=web.subnets)["Subnets"]
    assert all(subnet["AvailableIpAddressCount"] == 249 for subnet in free)  # 251 without the load balancer's


def test_scaling_in_drains_before_it_stops(web: Shop) -> None:
    web.settled(3)
    web.client("ecs").update_service(cluster="shop", service="web", desiredCount=2)
    health = web.client("elbv2").describe_target_health(TargetGroupArn=web.group)["TargetHealthDescriptions"]
    assert sorted(target["TargetHealth"]["State"] for target in health) == ["draining", "healthy", "healthy"]
    web.run(seconds=29)
    leaving = web.client("ecs").list_tasks(cluster="shop", desiredStatus="STOPPED")["taskArns"]
    tasks = web.client("ecs").describe_tasks(cluster="shop", tasks=leaving)["tasks"]
    assert [task["lastStatus"] for task in tasks] == ["DEACTIVATING"]
    web.run(seconds=16)
    stopped = web.client("ecs").list_tasks(cluster="shop", desiredStatus="STOPPED")["taskArns"]
    task = web.client("ecs").describe_tasks(cluster="shop", tasks=stopped)["tasks"][0]
    assert (task["lastStatus"], task["stopCode"]) == ("STOPPED", "ServiceSchedulerInitiated")
    assert web.messages()[-1] == "has reached a steady state."
    assert "has begun draining connections on 1 tasks." in web.messages()
    records = [(r.facts["desired"], r.facts["cause"]) for r in web.world.of_kind("desired")]
    assert records == [(3, "CreateService"), (2, "UpdateService by deployer")]


def test_a_killed_task_is_replaced_and_says_why(web: Shop) -> None:
    web.settled()
    ecs.kill("shop", "web", "oom")
    assert web.counts() == (2, 1, 1)
    web.run(minutes=3)
    assert web.counts() == (2, 2, 2)
    stopped = [event for event in web.events("ECS Task State Change") if event["lastStatus"] == "STOPPED"]
    container = stopped[0]["containers"][0]
    assert (stopped[0]["stopCode"], container["exitCode"]) == ("EssentialContainerExited", 137)
    assert container["reason"].startswith("OutOfMemoryError")


def test_a_task_that_fails_its_health_checks_is_replaced_after_the_grace_period(web: Shop) -> None:
    ecs.fail("web", "unhealthy", times=1)
    web.create_service(1, healthCheckGracePeriodSeconds=60)
    web.run(seconds=35 + 59)
    assert web.counts() == (1, 1, 0)
    web.run(minutes=3)
    assert web.counts() == (1, 1, 1)
    assert any("is unhealthy in" in event["message"] for event in web.service()["events"])


def test_an_unhealthy_task_is_replaced_before_it_is_stopped(web: Shop) -> None:
    web.settled()
    before = len(web.world.of_kind("tasks"))
    elb.fail(web.group, ecs.find("shop", "web").running()[0].ip or "")
    web.run(minutes=4)
    assert web.counts() == (2, 2, 2)
    assert max(record.facts["running"] for record in web.world.of_kind("tasks")[before:]) == 3
    stopped = [event for event in web.events("ECS Task State Change") if event["lastStatus"] == "STOPPED"]
    assert [event["stoppedReason"].split(" (")[0] for event in stopped] == ["Task failed ELB health checks in"]


def test_a_task_that_recovers_stays(web: Shop) -> None:
    web.settled()
    task = ecs.find("shop", "web").running()[0]
    elb.fail(web.group, task.ip or "")
    web.run(seconds=31)
    elb.heal(web.group, task.ip or "")
    web.run(minutes=5)
    assert web.counts() == (2, 2, 2)
    assert task in ecs.find("shop", "web").running()


def test_when_all_tasks_fail_they_are_replaced_within_the_maximum(web: Shop) -> None:
    web.settled()
    ecs.fail("web", "unhealthy", times=2)
    for task in ecs.find("shop", "web").running():
        elb.fail(web.group, task.ip or "")
    web.run(minutes=15)
    assert web.counts() == (2, 2, 2)
    assert max(record.facts["running"] for record in web.world.of_kind("tasks")) == 4


def test_a_capacity_provider_strategy_fills_its_base_and_then_its_weights(web: Shop) -> None:
    strategy = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 4},
    ]
    web.settled(7, capacityProviderStrategy=strategy)
    arns = web.client("ecs").list_tasks(cluster="shop", serviceName="web")["taskArns"]
    tasks = web.client("ecs").describe_tasks(cluster="shop", tasks=arns)["tasks"]
    assert [task["capacityProviderName"] for task in tasks].count("FARGATE") == 3
    ecs.kill("shop", "web", "spot")
    web.run(minutes=3)
    assert web.counts() == (7, 7, 7)


def test_options_are_kept_as_given_and_only_some_redeploy(web: Shop) -> None:
    web.settled(enableExecuteCommand=True, healthCheckGracePeriodSeconds=60)
    configuration = {"minimumHealthyPercent": 50, "maximumPercent": 150}
    web.client("ecs").update_service(cluster="shop", service="web", deploymentConfiguration=configuration)
    service = web.service()
    assert len(service["deployments"]) == 1
    assert service["enableExecuteCommand"] and service["healthCheckGracePeriodSeconds"] == 60
    assert configuration.items() <= service["deploymentConfiguration"].items()
    assert service["networkConfiguration"]["awsvpcConfiguration"]["subnets"] == web.subnets
    network = {"awsvpcConfiguration": {"subnets": web.subnets[:1]}}
    web.client("ecs").update_service(cluster="shop", service="web", networkConfiguration=network)
    assert len(web.service()["deployments"]) == 2


def test_subnets_may_be_full(tmp_path: Path) -> None:
    with shop(tmp_path, subnet="10.0.1{}.0/28") as web:  # 16 addresses, 5 of AWS, 1 of the load balancer
        web.create_service(30)
        web.run(minutes=5)
        running = web.counts()[1]
        assert 15 <= running <= 22
        assert "was unable to place a task" in str(web.service()["events"])
        assert "SERVICE_TASK_PLACEMENT_FAILURE" in str(web.events("ECS Service Action"))


@pytest.mark.parametrize(
    ("call", "parameters", "code"),
    [
        ("describe_services", {"cluster": "shop", "services": [f"s{n}" for n in range(11)]}, "InvalidParameter"),
        ("describe_services", {"cluster": "shop", "services": []}, "InvalidParameter"),
        ("describe_tasks", {"cluster": "shop", "tasks": []}, "InvalidParameter"),
        ("update_service", {"cluster": "shop", "service": "none", "desiredCount": 1}, "ServiceNotFound"),
        ("update_service", {"cluster": "none", "service": "web", "desiredCount": 1}, "ClusterNotFound"),
    ],
)
def test_what_ecs_refuses(web: Shop, call: str, parameters: dict[str, object], code: str) -> None:
    web.settled()
    with pytest.raises(ClientError, match=code):
        getattr(web.client("ecs"), call)(**parameters)


def test_services_come_in_pages_of_ten(web: Shop) -> None:
    for number in range(12):
        web.create_service(0, serviceName=f"web-{number:02}", loadBalancers=[])
    pages = list(web.client("ecs").get_paginator("list_services").paginate(cluster="shop"))
    assert [len(page["serviceArns"]) for page in pages] == [10, 2]


def test_a_deleted_service_drains_first(web: Shop) -> None:
    web.settled()
    web.client("ecs").delete_service(cluster="shop", service="web", force=True)
    assert web.service()["status"] == "DRAINING"
    web.run(minutes=2)
    assert web.service()["status"] == "INACTIVE"


def test_the_same_seed_gives_the_same_records(tmp_path: Path) -> None:
    def play(seed: int) -> list[object]:
        with shop(tmp_path, seed=seed) as web:
            web.settled()
            ecs.kill("shop", "web", "oom")
            web.run(minutes=3)
            tasks = [event["taskArn"] for event in web.events("ECS Task State Change")]
            return [(record.at, record.kind) for record in web.world.records] + tasks

    assert play(7) == play(7)
    assert play(7) != play(8)

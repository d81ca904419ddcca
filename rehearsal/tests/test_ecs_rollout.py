from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.aws import ecs, ecs_rollout
from rehearsal.tests.fleet import Shop, shop


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Shop]:
    with shop(tmp_path) as built:
        yield built


def test_a_rollout_never_falls_below_the_minimum(web: Shop) -> None:
    web.settled()
    before = len(web.world.of_kind("tasks"))
    web.client("ecs").update_service(cluster="shop", service="web", forceNewDeployment=True)
    assert [deployment["status"] for deployment in web.service()["deployments"]] == ["PRIMARY", "ACTIVE"]
    web.run(minutes=5)
    service = web.service()
    assert [deployment["rolloutState"] for deployment in service["deployments"]] == ["COMPLETED"]
    during = [record.facts for record in web.world.of_kind("tasks")[before:]]
    assert min(facts["healthy"] for facts in during) == 2
    assert max(facts["running"] for facts in during) == 4


def test_the_circuit_breaker_rolls_back_after_three_failures(web: Shop) -> None:
    web.settled()
    web.register_task_definition("example/shop:broken")
    ecs.fail("web:2", "pull")
    web.client("ecs").update_service(cluster="shop", service="web", taskDefinition="web:2")
    web.run(minutes=10)
    service = web.service()
    assert service["taskDefinition"].endswith("web:1")
    assert [deployment["rolloutState"] for deployment in service["deployments"]] == ["COMPLETED"]
    assert "rolling back" in service["deployments"][0]["rolloutStateReason"]
    assert web.counts() == (2, 2, 2)
    changes = web.events("ECS Deployment State Change")
    failed = [event for event in changes if event["eventName"] == "SERVICE_DEPLOYMENT_FAILED"]
    assert [event["reason"] for event in failed] == ["ECS deployment circuit breaker: tasks failed to start."]
    stopped = [event for event in web.events("ECS Task State Change") if event["lastStatus"] == "STOPPED"]
    assert [event["stopCode"] for event in stopped].count("TaskFailedToStart") >= 3
    assert stopped[0]["stoppedReason"].startswith("CannotPullContainerError: ")


@pytest.mark.parametrize(
    ("desired", "rule", "failures"),
    [
        (1, None, 3),
        (6, None, 3),
        (7, None, 4),  # rounded up
        (20, None, 10),
        (1000, None, 200),
        (20, {"type": "COUNT", "value": 2}, 2),
        (20, {"type": "UNBOUNDED_PERCENT", "value": 10}, 2),
        (20, {"type": "BOUNDED_PERCENT", "value": 10}, 3),
    ],
)
def test_the_threshold_of_the_circuit_breaker(web: Shop, desired: int, rule: object, failures: int) -> None:
    breaker = {"enable": True, "rollback": True, **({"thresholdConfiguration": rule} if rule else {})}
    web.create_service(0, deploymentConfiguration={"deploymentCircuitBreaker": breaker})
    service = ecs.find("shop", "web")
    service.api.desired_count = desired
    assert ecs_rollout.threshold(service) == failures


def test_without_rollback_the_old_tasks_serve_on(web: Shop) -> None:
    web.settled(deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": False}})
    web.register_task_definition("example/shop:broken")
    ecs.fail("web:2", "exit")
    web.client("ecs").update_service(cluster="shop", service="web", taskDefinition="web:2")
    web.run(minutes=30)
    assert [d["rolloutState"] for d in web.service()["deployments"]] == ["FAILED", "COMPLETED"]
    assert web.counts() == (2, 2, 2)


def test_without_a_breaker_launches_are_throttled(web: Shop) -> None:
    ecs.fail("web", "pull")
    web.create_service(2, deploymentConfiguration={"minimumHealthyPercent": 100, "maximumPercent": 200})
    web.run(hours=2)
    failures = [event for event in web.events("ECS Task State Change") if event["lastStatus"] == "STOPPED"]
    assert 8 <= len(failures) <= 30
    assert "is unable to consistently start tasks successfully. For more information, see the Troubleshooting" in str(
        web.service()["events"]
    )
    ecs.heal("web")
    web.run(hours=1)
    assert web.counts() == (2, 2, 2)


def test_tasks_that_ran_and_fail_their_health_checks_are_replaced_at_once_however_often(web: Shop) -> None:
    ecs.fail("web", "exit")  # it runs, and ends by itself
    web.create_service(2, deploymentConfiguration={"minimumHealthyPercent": 100, "maximumPercent": 200})
    web.run(hours=1)
    assert "is unable to consistently start tasks successfully" not in str(web.service()["events"])
    ecs.heal("web")
    web.run(minutes=4)
    assert web.counts() == (2, 2, 2)

"""A small shop for the tests of the fleet: two subnets, a load balancer with one target group, a cluster, a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rehearsal.aws import api, autoscaling, cloudwatch, ecs, elb, events, scheduler
from rehearsal.aws.world import REGION, World

START = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)  # 9:00 in Tokyo
RESOURCE = "service/shop/web"


@dataclass
class Shop:
    world: World
    group: str = ""
    subnets: list[str] = field(default_factory=list)

    def client(self, service: str) -> Any:
        return api.client(service)

    def run(self, **duration: float) -> None:
        self.world.clock.run_for(timedelta(**duration))

    def create_service(self, count: int = 2, **options: Any) -> dict[str, Any]:
        defaults: dict[str, Any] = {
            "cluster": "shop",
            "serviceName": "web",
            "taskDefinition": "web:1",
            "desiredCount": count,
            "loadBalancers": [{"targetGroupArn": self.group, "containerName": "web", "containerPort": 8080}],
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": self.subnets}},
            "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
        }
        return self.client("ecs").create_service(**{**defaults, **options})["service"]

    def settled(self, count: int = 2, **options: Any) -> None:
        self.create_service(count, **options)
        self.run(minutes=5)
        assert self.counts() == (count, count, count)

    def service(self) -> dict[str, Any]:
        return self.client("ecs").describe_services(cluster="shop", services=["web"])["services"][0]

    def counts(self) -> tuple[int, int, int]:
        """Wanted, running, healthy."""
        known = ecs.find("shop", "web")
        return known.desired, len(known.running()), len(known.healthy())

    def messages(self) -> list[str]:
        """The service's event log, oldest first, without its prefix and without identifiers."""
        texts = [event["message"].removeprefix("(service web) ") for event in reversed(self.service()["events"])]
        return [re.sub(r"^\(deployment \S+\) ", "", text).split(" (")[0].rstrip(":") for text in texts]

    def events(self, detail_type: str) -> list[dict[str, Any]]:
        return [
            record.facts["detail"]
            for record in self.world.of_kind("event")
            if record.facts["detail_type"] == detail_type
        ]

    def register_target(self, least: int, most: int, **options: Any) -> None:
        self.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs",
            ResourceId=RESOURCE,
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=least,
            MaxCapacity=most,
            **options,
        )

    def register_task_definition(self, image: str = "example/shop:1.0.0") -> None:
        self.client("ecs").register_task_definition(
            family="web",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="512",
            memory="1024",
            containerDefinitions=[{"name": "web", "image": image, "portMappings": [{"containerPort": 8080}]}],
        )


@contextmanager
def shop(directory: Path, start: datetime = START, seed: int = 1, subnet: str = "10.0.1{}.0/24") -> Iterator[Shop]:
    """A world in virtual time, with everything the fleet needs and no service yet."""
    world = World.create(start, directory, seed)
    world.clock.start()
    try:
        for part in (cloudwatch, elb, ecs, autoscaling, scheduler, events):
            part.install(world)
        yield _build(Shop(world), subnet)
    finally:
        world.clock.stop()


def _build(built: Shop, subnet: str) -> Shop:
    ec2, balancing = built.client("ec2"), built.client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    for number, zone in ((1, "a"), (2, "c")):
        made = ec2.create_subnet(VpcId=vpc, CidrBlock=subnet.format(number), AvailabilityZone=f"{REGION}{zone}")
        built.subnets.append(made["Subnet"]["SubnetId"])
    balancer = balancing.create_load_balancer(Name="shop", Subnets=built.subnets)["LoadBalancers"][0]
    built.group = balancing.create_target_group(
        Name="web",
        Protocol="HTTP",
        Port=8080,
        VpcId=vpc,
        TargetType="ip",
        HealthCheckIntervalSeconds=10,
        HealthCheckTimeoutSeconds=5,
        HealthyThresholdCount=2,
        UnhealthyThresholdCount=3,
    )["TargetGroups"][0]["TargetGroupArn"]
    balancing.modify_target_group_attributes(
        TargetGroupArn=built.group, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}]
    )
    balancing.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": built.group}],
    )
    built.client("ecs").create_cluster(clusterName="shop")
    built.register_task_definition()
    return built

"""EventBridge rules and EventBridge Scheduler."""

from __future__ import annotations

from typing import Any

from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call


@creates("AWS::Events::Rule", update="again")
def rule(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("Name", resource.name(64))
    targets = p.pop("Targets", [])
    made = call("events", "put_rule", p)["RuleArn"]
    bus = {"EventBusName": p["EventBusName"]} if "EventBusName" in p else {}
    if targets:
        call("events", "put_targets", {"Rule": name, **bus, "Targets": targets})
    return name, {"Arn": made}


@creates("AWS::Events::EventBus")
def event_bus(resource: Resource, p: dict[str, Any]) -> Made:
    made = call("events", "create_event_bus", p)["EventBusArn"]
    return p["Name"], {"Arn": made, "Name": p["Name"]}


@creates("AWS::Scheduler::ScheduleGroup")
def schedule_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("Name", resource.name(64))
    return name, {"Arn": call("scheduler", "create_schedule_group", p)["ScheduleGroupArn"]}


def _update_schedule(resource: Resource, p: dict[str, Any]) -> Made:
    p["Name"] = resource.physical_id
    return resource.physical_id, {"Arn": call("scheduler", "update_schedule", p)["ScheduleArn"]}


@creates("AWS::Scheduler::Schedule", update=_update_schedule)
def schedule(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("Name", resource.name(64))
    return name, {"Arn": call("scheduler", "create_schedule", p)["ScheduleArn"]}

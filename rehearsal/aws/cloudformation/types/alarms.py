"""CloudWatch alarms and dashboards, logs, budgets."""

from __future__ import annotations

from typing import Any

from rehearsal.aws.cloudformation.registry import Made, Resource, creates
from rehearsal.aws.cloudformation.shapes import call, check, text
from rehearsal.aws.world import ACCOUNT, REGION


def _alarm_arn(name: str) -> str:
    return f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}"


@creates("AWS::CloudWatch::Alarm", update="again")
def alarm(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("AlarmName", resource.name(255))
    call("cloudwatch", "put_metric_alarm", p)
    return name, {"Arn": _alarm_arn(name)}


@creates("AWS::CloudWatch::CompositeAlarm", update="again")
def composite_alarm(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("AlarmName", resource.name(255))
    call("cloudwatch", "put_composite_alarm", p)
    return name, {"Arn": _alarm_arn(name)}


@creates("AWS::CloudWatch::Dashboard", update="again")
def dashboard(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("DashboardName", resource.name(255))
    call("cloudwatch", "put_dashboard", p)
    return name, {}


def _update_log_group(resource: Resource, p: dict[str, Any]) -> None:
    if "RetentionInDays" in p:
        wanted = {"logGroupName": resource.physical_id, "retentionInDays": p["RetentionInDays"]}
        call("logs", "put_retention_policy", wanted)


@creates("AWS::Logs::LogGroup", update=_update_log_group)
def log_group(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("LogGroupName", resource.name(512))
    days = p.pop("RetentionInDays", None)
    call("logs", "create_log_group", p)
    if days is not None:
        call("logs", "put_retention_policy", {"logGroupName": name, "retentionInDays": days})
    return name, {"Arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{name}:*"}


@creates("AWS::Logs::MetricFilter", update="again")
def metric_filter(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("FilterName", resource.name(512))
    call("logs", "put_metric_filter", p)
    return name, {}


@creates("AWS::Logs::SubscriptionFilter", update="again")
def subscription_filter(resource: Resource, p: dict[str, Any]) -> Made:
    name = p.setdefault("FilterName", resource.name(512))
    call("logs", "put_subscription_filter", p)
    return name, {}


@creates("AWS::Logs::QueryDefinition", update="again")
def query_definition(resource: Resource, p: dict[str, Any]) -> Made:
    # moto keeps no saved queries and nothing here runs one; its properties are still held to the API's model.
    check("logs", "put_query_definition", p)
    return resource.name(), {"QueryDefinitionId": resource.name()}


@creates("AWS::Logs::ResourcePolicy", update="again")
def resource_policy(resource: Resource, p: dict[str, Any]) -> Made:
    call("logs", "put_resource_policy", p)
    return p["PolicyName"], {}


@creates("AWS::Budgets::Budget")
def budget(resource: Resource, p: dict[str, Any]) -> Made:
    name = p["Budget"].setdefault("BudgetName", resource.name(100))
    limit = p["Budget"].get("BudgetLimit")
    if limit:
        p["Budget"]["BudgetLimit"] = {key: text(value) for key, value in limit.items()}
    call("budgets", "create_budget", {"AccountId": ACCOUNT, **p})
    return name, {}

"""The sample events: one or more for each trigger, real in shape, and such as the template would deliver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checks.template.functions import functions, module
from checks.template.model import ROOT, Template
from checks.template.sets import ALL, PROD

EVENTS = sorted((ROOT / "events").glob("*"))

# Which file shows which rule's trigger.
MATCHES = {
    "slack-alert-deployment-failed": "EcsDeploymentRule",
    "slack-alert-task-failed": "EcsTaskFailedRule",
    "slack-alert-task-unhealthy": "EcsTaskUnhealthyRule",
    "slack-alert-database-failover": "DatabaseEventRule",
    "slack-alert-health": "AwsHealthRule",
    "slack-alert-guardduty": "GuardDutyRule",
    "slack-alert-security-hub": "SecurityHubRule",
    "slack-alert-image-scan": "ImageFindingRule",
    "slack-alert-backup-failed": "BackupFailedRule",
    "slack-alert-pipeline-failed": "PipelineRule",
    "slack-alert-stack-failed": "StackFailedRule",
    "slack-alert-rotation-failed": "RotationFailedRule",
    "sale-scaling-calendar-change": "SaleScalingFunctionCalendarChange",
    "secret-rotation-label-moved": "SecretAdoptionFunctionLabelMoved",
}
REGIONAL = "ap-northeast-1:123456789012"
# What the samples have where an evaluated rule names a resource.
SAMPLES_OF = {
    "<EcsService>": f"arn:aws:ecs:{REGIONAL}:service/shop-prod-EcsCluster-EXAMPLE/shop-prod-EcsService-EXAMPLE",
    "<EcsCluster.Arn>": f"arn:aws:ecs:{REGIONAL}:cluster/shop-prod-EcsCluster-EXAMPLE",
    "<DatabaseInstance.DBInstanceArn>": f"arn:aws:rds:{REGIONAL}:db:shop-prod-databaseinstance-example",
    "<SalesParameter>": "/yakin/shop-prod/sales",
    "<DatabaseAppSecret>": f"arn:aws:secretsmanager:{REGIONAL}:secret:shop/prod/database-app-user-AbCdEf",
    "<SecretParameters.DatabaseAppUserName>": "/shop/prod/database-app-user",
    "<DatabaseInstance.MasterUserSecret.SecretArn>": f"arn:aws:secretsmanager:{REGIONAL}:secret:rds!db-EXAMPLE-AbCdEf",
}


def sample(name: str) -> Any:
    return json.loads((ROOT / "events" / f"{name}.json").read_text(encoding="utf-8"))


def body(name: str) -> Any:
    """The EventBridge event of a sample: itself, or the first message of its batch."""
    event = sample(name)
    return json.loads(event["Records"][0]["body"]) if "Records" in event else event


def matches(pattern: Any, event: Any) -> bool:
    """EventBridge's rule for the patterns that the template has: values, prefixes, numbers from, and what is there."""
    if isinstance(pattern, dict) and isinstance(event, list):
        return any(matches(pattern, item) for item in event)
    if isinstance(pattern, dict):
        return isinstance(event, dict) and all(matches(pattern[key], event.get(key)) for key in pattern)
    values = event if isinstance(event, list) else [event]
    return any(_fits(wanted, value) for wanted in pattern for value in values)


def _fits(wanted: Any, value: Any) -> bool:
    match wanted:
        case {"prefix": start}:
            return str(value).startswith(start)
        case {"numeric": [">=", least]}:
            return isinstance(value, int | float) and value >= least
        case {"exists": True}:
            return value is not None
    return SAMPLES_OF.get(wanted, wanted) == value


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.real()


@pytest.mark.parametrize("file", EVENTS, ids=lambda file: file.name)
def test_file_is_json_and_belongs_to_a_function(file: Path, template: Template) -> None:
    assert file.suffix == ".json"
    json.loads(file.read_text(encoding="utf-8"))
    assert [name for name in map(module, functions(template)) if file.stem.startswith(f"{name}-")]


def test_every_trigger_has_a_sample(template: Template) -> None:
    names = {file.stem for file in EVENTS}
    rules = {rule.id for rule in template.stack(PROD).of_type("AWS::Events::Rule")}
    assert rules == set(MATCHES.values())
    assert set(MATCHES) <= names
    assert {
        "sale-scaling-schedule",
        "snapshot-check-schedule",
        "restore-drill-schedule",
        "slack-alert-alarm",
        "slack-alert-notice",
        "slack-alert-unknown",
    } <= names


@pytest.mark.parametrize("name", MATCHES)
def test_event_matches_its_rule_and_no_other(name: str, template: Template) -> None:
    stack = template.stack(PROD)
    matching = [rule for rule in MATCHES.values() if matches(stack[rule]["EventPattern"], body(name))]
    assert matching == [MATCHES[name]]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("slack-alert-task-failed", {"stopCode": "ServiceSchedulerInitiated", "stoppedReason": "Scaling activity"}),
        ("slack-alert-task-failed", {"lastStatus": "RUNNING"}),
        ("slack-alert-task-failed", {"clusterArn": "arn:aws:ecs:ap-northeast-1:123456789012:cluster/other"}),
        ("slack-alert-guardduty", {"severity": 2}),
        ("slack-alert-backup-failed", {"state": "COMPLETED"}),
        ("slack-alert-image-scan", {"finding-severity-counts": {"LOW": 3}}),
        ("slack-alert-database-failover", {"EventCategories": ["backup"]}),
        ("sale-scaling-calendar-change", {"operation": "LabelParameterVersion"}),
        ("sale-scaling-calendar-change", {"name": "/yakin/other/sales"}),
    ],
)
def test_what_is_no_news_matches_no_rule(name: str, change: dict[str, Any], template: Template) -> None:
    event = body(name)
    event["detail"] |= change
    stack = template.stack(PROD)
    assert not [rule for rule in MATCHES.values() if matches(stack[rule]["EventPattern"], event)]


def test_alarm_samples_are_of_alarms_that_exist(template: Template) -> None:
    named = {
        alarm.properties["AlarmName"].removeprefix("shop-"): alarm.properties
        for alarm in template.stack(PROD).of_type("AWS::CloudWatch::Alarm")
    }
    for name in ("slack-alert-alarm", "slack-alert-alarm-over"):
        message = json.loads(body(name)["Message"])
        alarm = named[message["AlarmName"].removeprefix("shop-prod-")]
        assert message["AlarmDescription"] == alarm["AlarmDescription"]
        assert message["Trigger"]["Threshold"] == float(alarm["Threshold"])
        assert message["Trigger"]["EvaluationPeriods"] == alarm["EvaluationPeriods"]


@pytest.mark.parametrize(
    ("change", "is_news"),
    [
        ({}, True),
        ({"operation": "LabelParameterVersion"}, False),
        ({"name": "/shop/prod/database-app-user/pending/8", "operation": "Create"}, False),
        ({"name": "/shop/prod/jwt-secret"}, False),
    ],
)
def test_a_changed_parameter_is_adopted_but_not_what_is_pending(
    change: dict[str, str], is_news: bool, template: Template
) -> None:
    event = body("secret-rotation-parameter-changed")
    event["detail"] |= change
    pattern = template.stack(ALL["prod with secrets in ssm"])["SecretAdoptionParameterRule"]["EventPattern"]
    assert matches(pattern, event) == is_news

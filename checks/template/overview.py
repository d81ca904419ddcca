"""The dashboard, the saved query and the budget."""

from __future__ import annotations

import json
from collections.abc import Iterator

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD

# AWS documentation: "CloudWatch metrics for your Application Load Balancer", "Amazon ECS CloudWatch metrics",
# "Amazon CloudWatch metrics for Amazon RDS".
METRICS = {
    "AWS/ApplicationELB": {
        "RequestCount",
        "HTTPCode_Target_5XX_Count",
        "HTTPCode_ELB_5XX_Count",
        "TargetResponseTime",
    },
    "AWS/ECS": {"CPUUtilization", "MemoryUtilization"},
    "AWS/RDS": {"CPUUtilization", "DatabaseConnections"},
}
DIMENSIONS = {
    "AWS/ApplicationELB": {"LoadBalancer": "<AlbLoadBalancer.LoadBalancerFullName>"},
    "AWS/ECS": {"ClusterName": "<EcsCluster>", "ServiceName": "<EcsService.Name>"},
    "AWS/RDS": {"DBInstanceIdentifier": "<DatabaseInstance>"},
}


@rule
def dashboard_shows_only_metrics_that_exist(template: Template) -> Iterator[Finding]:
    widgets = json.loads(template.stack(PROD)["OverviewDashboard"]["DashboardBody"])["widgets"]
    seen = set()
    for widget in widgets:
        for namespace, metric, *rest in widget["properties"]["metrics"]:
            names = [part for part in rest if isinstance(part, str)]
            seen.add(namespace)
            if metric not in METRICS.get(namespace, set()):
                yield f"the dashboard shows {namespace} {metric}, which is no metric we know"
            found = dict(zip(names[::2], names[1::2], strict=True))
            yield from differences(DIMENSIONS.get(namespace, {}), found, f"dashboard {metric}")
    yield from (f"the dashboard shows nothing of {namespace}" for namespace in METRICS.keys() - seen)
    places = [(widget["x"], widget["y"]) for widget in widgets]
    if len(set(places)) != len(places):
        yield "two graphs lie on each other"


@rule
def saved_query_finds_the_newest_errors(template: Template) -> Iterator[Finding]:
    query = template.stack(PROD)["EcsErrorQuery"]
    yield from differences({"LogGroupNames": ["<EcsLogGroup>"]}, query, "EcsErrorQuery")
    for part in ("fields @timestamp, @message", "like /ERROR", "sort @timestamp desc", "limit 100"):
        if part not in query.get("QueryString", ""):
            yield f"EcsErrorQuery does not say: {part}"


@rule
def budget_tells_at_80_and_100_percent_and_ahead(template: Template) -> Iterator[Finding]:
    for parameters, amount in ((PROD, "1000"), (DEV, "150"), (ALL["prod blue green with a shell"], "2000")):
        budget = template.stack(parameters)["OverviewBudget"]
        wanted = {"BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": amount, "Unit": "USD"}}
        yield from differences(wanted, budget["Budget"], "OverviewBudget")
        told = set()
        for entry in budget["NotificationsWithSubscribers"]:
            when = entry["Notification"]
            told.add((when["NotificationType"], int(when["Threshold"]), when["ThresholdType"]))
            if entry["Subscribers"] != [{"SubscriptionType": "SNS", "Address": "<WarningAlertsTopic>"}]:
                yield f"the budget tells {entry['Subscribers']}"
        if told != {("ACTUAL", 80, "PERCENTAGE"), ("ACTUAL", 100, "PERCENTAGE"), ("FORECASTED", 100, "PERCENTAGE")}:
            yield f"the budget tells at {sorted(told)}"


@rule
def topic_policy_lets_in_budget_and_alarms(template: Template) -> Iterator[Finding]:
    """A policy of its own replaces the topic's first one, which let the alarms in."""
    statements = template.stack(PROD)["OverviewBudgetTopicPolicy"]["PolicyDocument"]["Statement"]
    wanted = {
        "Principal": {"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"]},
        "Action": "sns:Publish",
        "Resource": "<WarningAlertsTopic>",
        "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}},
    }
    yield from differences(wanted, statements[0], "OverviewBudgetTopicPolicy")
    if len(statements) != 1:
        yield "OverviewBudgetTopicPolicy lets others in"

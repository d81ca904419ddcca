"""What a change of an alarm's state sets off: the EventBridge event, the notification, the call of a function.

CloudWatch User Guide: "Alarm events and EventBridge", "Notifying users on alarm changes", "Invoke a Lambda function
from an alarm"; the notification's fields are those of messages that CloudWatch sends today. SNS Developer Guide,
"Amazon SNS key management": alarms can't publish to a topic encrypted with the AWS managed key.
"""

from __future__ import annotations

import functools
import json
import uuid
from typing import Any

import botocore.session
from botocore.exceptions import ClientError
from moto.sns.models import sns_backends

from rehearsal.aws import api
from rehearsal.aws.cloudwatch_state import Alarm, State, stamp
from rehearsal.aws.world import ACCOUNT, REGION, current

SUBJECT_LENGTH = 100  # SNS API Reference, Publish
# Kinds of actions, by the ARN's service: "arn:aws:sns:", "arn:aws:autoscaling:".
KNOWN_ACTIONS = ("sns", "lambda", "autoscaling")
NO_KEY = "CloudWatch Alarms does not have authorization to access the SNS topic encryption key."


def set_off(alarm: Alarm, old: State, new: State, children: tuple[Alarm, ...] = ()) -> None:
    """The event, then the actions of the new state, unless they are disabled. ``children`` made it change."""
    detail = {
        "alarmName": alarm.name,
        "configuration": _configuration(alarm),
        "previousState": _for_event(old),
        "state": _for_event(new),
    }
    if alarm.region == REGION:
        from rehearsal.aws import events

        events.emit("aws.cloudwatch", "CloudWatch Alarm State Change", detail, [alarm.arn])
    if not alarm.kept.actions_enabled:
        return
    for arn in alarm.actions(new.value):
        if ":autoscaling:" in arn:
            continue  # repeated each minute, see scale()
        if ":lambda:" in arn:
            message, problem = _call(alarm, detail, arn), None
        else:
            message = json.dumps(notification(alarm, old, new, children))
            problem = _publish(arn, message, subject(alarm, new))
            outcome = f"failed: {problem}" if problem else "ok"
            current().record("delivery", via=f"alarm {alarm.name}", target=arn, outcome=outcome)
        _remember(alarm, new, arn, message, problem)


def scale(alarm: Alarm, latest: float) -> None:
    """An Auto Scaling action is invoked once a minute as long as the state lasts ("Alarm actions")."""
    if alarm.kept.actions_enabled:
        for arn in alarm.actions(alarm.state.value):
            if ":autoscaling:" in arn:
                from rehearsal.aws import autoscaling_tracking

                autoscaling_tracking.on_alarm(arn, alarm.name, latest)


def notification(alarm: Alarm, old: State, new: State, children: tuple[Alarm, ...] = ()) -> dict[str, Any]:
    """The message to a topic."""
    about = {
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": ACCOUNT,
        "AlarmConfigurationUpdatedTimestamp": stamp(alarm.configured),
        "NewStateValue": new.value,
        "NewStateReason": new.reason,
        "StateChangeTime": stamp(new.at),
        "Region": region_name(alarm.region),
        "AlarmArn": alarm.arn,
        "OldStateValue": old.value,
        "OKActions": alarm.actions("OK"),
        "AlarmActions": alarm.actions("ALARM"),
        "InsufficientDataActions": alarm.actions("INSUFFICIENT_DATA"),
    }
    if alarm.alarm_rule is None:
        return {**about, "Trigger": _trigger(alarm.params)}
    states = [
        {"Arn": child.arn, "State": {"Value": child.state.value, "Timestamp": stamp(child.state.at)}}
        for child in children
    ]
    return {**about, "AlarmRule": alarm.params["AlarmRule"], "TriggeringChildren": states}


def subject(alarm: Alarm, new: State) -> str:
    text = f'{new.value}: "{alarm.name}" in {region_name(alarm.region)}'
    return text if len(text) <= SUBJECT_LENGTH else text[: SUBJECT_LENGTH - 3] + "..."


@functools.cache
def region_name(region: str) -> str:
    """'Asia Pacific (Tokyo)', as botocore's endpoints name it."""
    for partition in botocore.session.get_session().get_data("endpoints")["partitions"]:
        if region in partition["regions"]:
            return str(partition["regions"][region]["description"])
    return region


def _trigger(params: dict[str, Any]) -> dict[str, Any]:
    needed = params.get("DatapointsToAlarm")
    common = {
        "Period": params.get("Period"),
        "EvaluationPeriods": params["EvaluationPeriods"],
        **({"DatapointsToAlarm": needed} if needed else {}),
        "ComparisonOperator": params["ComparisonOperator"],
        "Threshold": float(params["Threshold"]),
        "TreatMissingData": params.get("TreatMissingData") or "missing",
        "EvaluateLowSampleCountPercentile": params.get("EvaluateLowSampleCountPercentile") or "",
    }
    if queries := params.get("Metrics"):
        period = next(query["MetricStat"]["Period"] for query in queries if "MetricStat" in query)
        return {**common, "Period": period, "Metrics": [_query(query) for query in queries]}
    extended = params.get("ExtendedStatistic")
    return {
        "MetricName": params["MetricName"],
        "Namespace": params["Namespace"],
        "StatisticType": "ExtendedStatistic" if extended else "Statistic",
        **({"ExtendedStatistic": extended} if extended else {"Statistic": _upper(params["Statistic"])}),
        "Unit": params.get("Unit"),
        "Dimensions": _dimensions(params),
        **common,
    }


def _upper(statistic: str) -> str:
    return "SAMPLE_COUNT" if statistic == "SampleCount" else statistic.upper()


def _query(query: dict[str, Any]) -> dict[str, Any]:
    shown: dict[str, Any] = {"Id": query["Id"], "ReturnData": query.get("ReturnData") is not False}
    if query.get("Label"):
        shown["Label"] = query["Label"]
    if "Expression" in query:
        shown["Expression"] = query["Expression"]
    else:
        stat = query["MetricStat"]
        name, namespace = stat["Metric"]["MetricName"], stat["Metric"]["Namespace"]
        metric = {"Dimensions": _dimensions(stat["Metric"]), "MetricName": name, "Namespace": namespace}
        shown["MetricStat"] = {"Metric": metric, "Period": stat["Period"], "Stat": stat["Stat"]}
    return dict(sorted(shown.items()))


def _dimensions(metric: dict[str, Any]) -> list[dict[str, str]]:
    return [{"value": member["Value"], "name": member["Name"]} for member in metric.get("Dimensions") or ()]


def _configuration(alarm: Alarm) -> dict[str, Any]:
    description = {"description": alarm.description} if alarm.description else {}
    if alarm.alarm_rule is not None:
        return {**description, "alarmRule": alarm.params["AlarmRule"]}
    return {**description, "metrics": [_event_query(alarm, query) for query in alarm.metrics()]}


def _event_query(alarm: Alarm, query: dict[str, Any]) -> dict[str, Any]:
    plain = "Metrics" not in alarm.params
    # A plain alarm's query has an id that CloudWatch makes up; here it follows from the alarm.
    shown: dict[str, Any] = {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, alarm.arn)) if plain else query["Id"]}
    if "Expression" in query:
        shown["expression"] = query["Expression"]
    else:
        stat = query["MetricStat"]
        shown["metricStat"] = {
            "metric": {
                "namespace": stat["Metric"]["Namespace"],
                "name": stat["Metric"]["MetricName"],
                "dimensions": {member["Name"]: member["Value"] for member in stat["Metric"].get("Dimensions") or ()},
            },
            "period": stat["Period"],
            "stat": stat["Stat"],
        }
    if query.get("Label"):
        shown["label"] = query["Label"]
    return {**shown, "returnData": query.get("ReturnData") is not False}


def _for_event(state: State) -> dict[str, Any]:
    data = {"reasonData": state.data} if state.data else {}
    return {"value": state.value, "reason": state.reason, **data, "timestamp": stamp(state.at)}


def _call(alarm: Alarm, detail: dict[str, Any], arn: str) -> str:
    from rehearsal.aws import targets

    payload = json.dumps(
        {
            "source": "aws.cloudwatch",
            "alarmArn": alarm.arn,
            "accountId": ACCOUNT,
            "time": detail["state"]["timestamp"],
            "region": alarm.region,
            "alarmData": {key: detail[key] for key in ("alarmName", "state", "previousState", "configuration")},
        }
    )
    targets.deliver(arn, payload, f"alarm {alarm.name}")
    return payload


def _publish(arn: str, message: str, subject: str) -> str | None:
    """Answers why it failed."""
    region = arn.split(":")[3]
    topic = sns_backends[ACCOUNT][region].topics.get(arn)
    if topic is not None and topic.kms_master_key_id and not _may_use(topic.kms_master_key_id, region):
        return NO_KEY
    try:
        api.client("sns", region).publish(TopicArn=arn, Message=message, Subject=subject)
    except ClientError as problem:
        return str(problem.response["Error"].get("Message") or problem)
    return None


def _may_use(key: str, region: str) -> bool:
    """The policy of the AWS managed key can't be changed and does not name CloudWatch; that of another key has to."""
    if "alias/aws/sns" in key:
        return False
    policy = api.client("kms", region).get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    return "cloudwatch.amazonaws.com" in policy


def _remember(alarm: Alarm, new: State, arn: str, message: str, problem: str | None) -> None:
    happened = f"Successfully executed action {arn}"
    if problem:
        happened = f'Failed to execute action {arn}. Received error: "{problem}"'
    data = {
        "actionState": "Failed" if problem else "Succeeded",
        "stateUpdateTimestamp": int(new.at.timestamp() * 1000),
        "notificationResource": arn,
        "publishedMessage": message,
        "error": problem,
    }
    alarm.remember(current().clock.now(), "Action", happened, data)

"""Alarms in virtual time: when they change their state, and what they tell whom."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from moto.sns.models import sns_backends

from rehearsal.aws import api, autoscaling_tracking, cloudwatch, events, lambda_, sqs
from rehearsal.aws.world import ACCOUNT, REGION
from rehearsal.tests.conftest import START
from rehearsal.tests.functions import create_queue, messages_of

MINUTE = timedelta(minutes=1)
ALARM = {
    "AlarmName": "shop-cpu", "Namespace": "AWS/ECS", "MetricName": "CPUUtilization", "Statistic": "Average",
    "Dimensions": [{"Name": "ServiceName", "Value": "shop"}], "Period": 60, "EvaluationPeriods": 1,
    "ComparisonOperator": "GreaterThanThreshold", "Threshold": 80.0,
}  # fmt: skip
ARN = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:shop-cpu"


@pytest.fixture
def alarms(served, wire):
    cloudwatch.install(served)
    events.install(served)
    return wire("cloudwatch")


@pytest.fixture
def topic(alarms):
    return api.client("sns").create_topic(Name="alerts")["TopicArn"]


def put(value, name="CPUUtilization", service="shop", namespace="AWS/ECS"):
    cloudwatch.put(namespace, name, {"ServiceName": service}, value)


def minutes(world, values):
    """One value a minute; None is a minute without data."""
    for value in values:
        if value is not None:
            put(value)
        world.clock.run_for(MINUTE)


def changes(world):
    """(minutes since the start, state) of each change of an alarm."""
    return [((record.at - START) // MINUTE, record.facts["new"]) for record in world.of_kind("alarm")]


def messages(topic):
    """(subject, message) of everything that was published."""
    sent = sns_backends[ACCOUNT][REGION].topics[topic].sent_notifications
    return [(subject, json.loads(message)) for _, message, subject, *_ in sent]


def state_of(client, name="shop-cpu"):
    return client.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"]


def test_a_new_alarm_has_insufficient_data(alarms, served):
    alarms.put_metric_alarm(**ALARM)
    described = alarms.describe_alarms()["MetricAlarms"][0]
    assert (described["StateValue"], described["StateReason"]) == (
        "INSUFFICIENT_DATA", "Unchecked: Initial alarm creation",
    )  # fmt: skip
    assert described["Dimensions"] == ALARM["Dimensions"]
    assert described["AlarmConfigurationUpdatedTimestamp"] == START
    minutes(served, [10])
    assert changes(served) == [(1, "OK")]


@pytest.mark.parametrize(
    ("settings", "values", "expected"),
    [
        ({}, [10, 90, 90, 10], [(1, "OK"), (2, "ALARM"), (4, "OK")]),
        ({"EvaluationPeriods": 3}, [10, 10, 10, 90, 90, 90, 10], [(1, "OK"), (6, "ALARM"), (7, "OK")]),
        (
            {"EvaluationPeriods": 3, "DatapointsToAlarm": 2}, [10, 10, 10, 90, 10, 90, 10, 10],
            [(1, "OK"), (6, "ALARM"), (7, "OK")],
        ),
        ({"Period": 300}, [90] * 3 + [0] * 9, [(1, "ALARM"), (4, "OK")]),  # a window of five minutes that slides
        (
            {"Period": 120, "Statistic": "Sum", "Threshold": 150}, [80, 60, 80, 80, 0],
            [(1, "OK"), (4, "ALARM"), (5, "OK")],
        ),
        ({"Statistic": "Maximum", "Threshold": 89}, [[1, 90]], [(1, "ALARM")]),
        ({"Statistic": None, "ExtendedStatistic": "p95"}, [[10] * 9 + [99]], [(1, "OK")]),
        ({"Statistic": None, "ExtendedStatistic": "p95"}, [[10] * 8 + [99] * 2], [(1, "ALARM")]),
        # Three periods are looked at for one; only then data is missing.
        ({"TreatMissingData": "missing"}, [90] + [None] * 4, [(1, "ALARM"), (4, "INSUFFICIENT_DATA")]),
        ({"TreatMissingData": "ignore"}, [90] + [None] * 4, [(1, "ALARM")]),
        ({"TreatMissingData": "breaching"}, [10] + [None] * 4, [(1, "OK"), (4, "ALARM")]),
        ({"TreatMissingData": "notBreaching"}, [None, 90] + [None] * 4, [(1, "OK"), (2, "ALARM"), (5, "OK")]),
        (
            {"ComparisonOperator": "LessThanThreshold", "Threshold": 1}, [2, 0.5, 1],
            [(1, "OK"), (2, "ALARM"), (3, "OK")],
        ),
    ],
)  # fmt: skip
def test_the_state_follows_the_data(alarms, served, settings, values, expected):
    alarms.put_metric_alarm(**{name: value for name, value in {**ALARM, **settings}.items() if value is not None})
    minutes(served, values)
    assert changes(served) == expected


def test_a_heartbeat_that_stops_rings_and_its_return_is_seen(alarms, served):
    heartbeat = {
        "Namespace": "Yakin", "MetricName": "Heartbeat", "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 3,
        "ComparisonOperator": "LessThanThreshold", "Threshold": 1, "TreatMissingData": "breaching",
    }  # fmt: skip
    alarms.put_metric_alarm(**{**ALARM, **heartbeat})

    def beat():
        put(1, "Heartbeat", namespace="Yakin")
        served.clock.run_for(5 * MINUTE)

    for _ in range(6):
        beat()
    served.clock.run_for(timedelta(days=2))
    beat()
    # The last beat is 25 minutes old, five periods, when the first look finds none.
    assert changes(served) == [(1, "OK"), (25 + 26, "ALARM"), (2 * 1440 + 31, "OK")]
    assert served.of_kind("alarm")[1].facts["reason"] == (
        "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as "
        "[Breaching]."
    )


def rate_alarm(**changes):
    def metric(key, name):
        stat = {"Namespace": "AWS/ApplicationELB", "MetricName": name, "Dimensions": ALARM["Dimensions"]}
        return {"Id": key, "ReturnData": False, "MetricStat": {"Metric": stat, "Stat": "Sum", "Period": 60}}

    rate = "IF(all > 0, 100 * (FILL(target, 0) + FILL(elb, 0)) / all, 0)"
    return {
        "AlarmName": "shop-errors", "ComparisonOperator": "GreaterThanThreshold", "Threshold": 5,
        "EvaluationPeriods": 3, "TreatMissingData": "notBreaching",
        "Metrics": [
            {"Id": "rate", "Label": "5xx rate", "Expression": rate},
            {"Id": "all", "Expression": "FILL(requests, 0) + FILL(elb, 0)", "ReturnData": False},
            metric("requests", "RequestCount"),
            metric("target", "HTTPCode_Target_5XX_Count"),
            metric("elb", "HTTPCode_ELB_5XX_Count"),
        ],
        **changes,
    }  # fmt: skip


def test_an_error_rate_by_metric_math(alarms, served, topic):
    alarms.put_metric_alarm(**rate_alarm(AlarmActions=[topic]))
    table = [(None, None), (100, None), (100, 5), (100, 6), (100, 6), (0, None), (100, 6), (100, 6), (100, 7), (100, 5)]
    for requests, errors in table:
        for name, value in (("RequestCount", requests), ("HTTPCode_Target_5XX_Count", errors)):
            if value is not None:
                put(value, name, namespace="AWS/ApplicationELB")
        served.clock.run_for(MINUTE)
    served.clock.run_for(timedelta())
    assert changes(served) == [(1, "OK"), (9, "ALARM"), (10, "OK")]
    [(_, message)] = messages(topic)
    assert message["NewStateReason"] == (
        "Threshold Crossed: 3 datapoints [7.0 (26/12/26 09:08:00), 6.0 (26/12/26 09:07:00), 6.0 (26/12/26 09:06:00)] "
        "were greater than the threshold (5.0)."
    )
    trigger = message["Trigger"]
    assert list(trigger) == [
        "Period", "EvaluationPeriods", "ComparisonOperator", "Threshold", "TreatMissingData",
        "EvaluateLowSampleCountPercentile", "Metrics",
    ]  # fmt: skip
    assert trigger["Metrics"][0] == {
        "Expression": rate_alarm()["Metrics"][0]["Expression"], "Id": "rate", "Label": "5xx rate", "ReturnData": True,
    }  # fmt: skip
    assert trigger["Metrics"][2] == {
        "Id": "requests",
        "MetricStat": {
            "Metric": {
                "Dimensions": [{"value": "shop", "name": "ServiceName"}],
                "MetricName": "RequestCount",
                "Namespace": "AWS/ApplicationELB",
            },
            "Period": 60,
            "Stat": "Sum",
        },
        "ReturnData": False,
    }


def test_the_notification_is_what_cloudwatch_sends(alarms, served, topic):
    actions = {"AlarmActions": [topic], "OKActions": [topic]}
    alarms.put_metric_alarm(**{**ALARM, **actions, "AlarmDescription": "CPU is short", "DatapointsToAlarm": 1})
    minutes(served, [10, 90, 10])
    assert [subject for subject, _ in messages(topic)] == [
        f'{state}: "shop-cpu" in Asia Pacific (Tokyo)' for state in ("OK", "ALARM", "OK")
    ]
    assert messages(topic)[1][1] == {
        "AlarmName": "shop-cpu",
        "AlarmDescription": "CPU is short",
        "AWSAccountId": ACCOUNT,
        "AlarmConfigurationUpdatedTimestamp": "2026-12-26T09:00:00.000+0000",
        "NewStateValue": "ALARM",
        "NewStateReason": "Threshold Crossed: 1 out of the last 1 datapoints [90.0 (26/12/26 09:01:00)] was greater "
        "than the threshold (80.0) (minimum 1 datapoint for OK -> ALARM transition).",
        "StateChangeTime": "2026-12-26T09:02:00.000+0000",
        "Region": "Asia Pacific (Tokyo)",
        "AlarmArn": ARN,
        "OldStateValue": "OK",
        "OKActions": [topic],
        "AlarmActions": [topic],
        "InsufficientDataActions": [],
        "Trigger": {
            "MetricName": "CPUUtilization",
            "Namespace": "AWS/ECS",
            "StatisticType": "Statistic",
            "Statistic": "AVERAGE",
            "Unit": None,
            "Dimensions": [{"value": "shop", "name": "ServiceName"}],
            "Period": 60,
            "EvaluationPeriods": 1,
            "DatapointsToAlarm": 1,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": 80.0,
            "TreatMissingData": "missing",
            "EvaluateLowSampleCountPercentile": "",
        },
    }


def test_the_event_on_the_bus(alarms, served):
    alarms.put_metric_alarm(**ALARM)
    minutes(served, [10, 90])
    event = served.of_kind("event")[1].facts
    detail = event["detail"]
    assert (event["source"], event["detail_type"]) == ("aws.cloudwatch", "CloudWatch Alarm State Change")
    assert (detail["alarmName"], detail["state"]["value"], detail["previousState"]["value"]) == (
        "shop-cpu",
        "ALARM",
        "OK",
    )
    assert detail["state"]["timestamp"] == "2026-12-26T09:02:00.000+0000"
    assert json.loads(detail["state"]["reasonData"]) == {
        "version": "1.0", "queryDate": "2026-12-26T09:02:00.000+0000", "startDate": "2026-12-26T09:01:00.000+0000",
        "statistic": "Average", "period": 60, "recentDatapoints": [90.0], "threshold": 80.0,
        "evaluatedDatapoints": [{"timestamp": "2026-12-26T09:01:00.000+0000", "sampleCount": 1.0, "value": 90.0}],
    }  # fmt: skip
    [metric] = detail["configuration"]["metrics"]
    assert metric["metricStat"]["metric"] == {
        "namespace": "AWS/ECS", "name": "CPUUtilization", "dimensions": {"ServiceName": "shop"},
    }  # fmt: skip


def test_actions_that_are_disabled_do_nothing(alarms, served, topic):
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [topic], "OKActions": [topic]})
    alarms.disable_alarm_actions(AlarmNames=["shop-cpu"])
    assert alarms.describe_alarms()["MetricAlarms"][0]["ActionsEnabled"] is False
    minutes(served, [10, 90])
    assert messages(topic) == []
    alarms.enable_alarm_actions(AlarmNames=["shop-cpu"])
    minutes(served, [90, 10])
    assert [subject[:3] for subject, _ in messages(topic)] == ["OK:"]


def test_a_state_set_by_hand_holds_until_the_next_look(alarms, served, topic):
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [topic], "OKActions": [topic]})
    minutes(served, [10])
    alarms.set_alarm_state(AlarmName="shop-cpu", StateValue="ALARM", StateReason="a drill")
    assert state_of(alarms) == "ALARM"
    minutes(served, [10])
    assert changes(served) == [(1, "OK"), (1, "ALARM"), (2, "OK")]
    assert messages(topic)[1][1]["NewStateReason"] == "a drill"
    with pytest.raises(ClientError, match="ResourceNotFound"):
        alarms.set_alarm_state(AlarmName="nobody", StateValue="OK", StateReason="")
    with pytest.raises(ClientError, match="failed to satisfy constraint"):
        alarms.set_alarm_state(AlarmName="shop-cpu", StateValue="RED", StateReason="")


def test_a_function_as_the_action(alarms, served, monkeypatch):
    calls = []
    monkeypatch.setattr(
        lambda_, "invoke_async", lambda arn, payload, via: calls.append((arn, json.loads(payload), via))
    )
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:wake"
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [function]})
    minutes(served, [90])
    [(arn, payload, via)] = calls
    assert (arn, via, payload["source"], payload["alarmArn"]) == (function, "alarm shop-cpu", "aws.cloudwatch", ARN)
    assert (payload["alarmData"]["state"]["value"], payload["alarmData"]["previousState"]["value"]) == (
        "ALARM", "INSUFFICIENT_DATA",
    )  # fmt: skip


def test_a_scaling_policy_is_carried_out_each_minute_of_the_alarm(alarms, served, monkeypatch):
    calls = []
    monkeypatch.setattr(autoscaling_tracking, "on_alarm", lambda *call: calls.append((served.clock.now(), *call)))
    policy = f"arn:aws:autoscaling:{REGION}:{ACCOUNT}:scalingPolicy:1:resource/ecs/service/c/shop:policyName/cpu"
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [policy]})
    minutes(served, [10, 90, 95, 10])
    assert calls == [(START + minute * MINUTE, policy, "shop-cpu", value) for minute, value in ((2, 90), (3, 95))]


def test_the_history_says_what_happened(alarms, served, topic):
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [topic], "OKActions": [topic.replace("alerts", "gone")]})
    minutes(served, [90, 10])
    items = alarms.describe_alarm_history(AlarmName="shop-cpu", ScanBy="TimestampAscending")["AlarmHistoryItems"]
    assert [(item["HistoryItemType"], item["HistorySummary"].split(" arn:")[0]) for item in items] == [
        ("ConfigurationUpdate", 'Alarm "shop-cpu" created'),
        ("StateUpdate", "Alarm updated from INSUFFICIENT_DATA to ALARM"),
        ("Action", "Successfully executed action"),
        ("StateUpdate", "Alarm updated from ALARM to OK"),
        ("Action", "Failed to execute action"),
    ]
    newest = alarms.describe_alarm_history(AlarmName="shop-cpu", HistoryItemType="StateUpdate", MaxRecords=1)
    assert json.loads(newest["AlarmHistoryItems"][0]["HistoryData"])["newState"]["stateValue"] == "OK"
    assert newest["NextToken"]
    served.clock.run_for(timedelta(days=31))
    assert alarms.describe_alarm_history(AlarmName="shop-cpu", HistoryItemType="ConfigurationUpdate")[
        "AlarmHistoryItems"
    ] == []  # fmt: skip


def test_a_topic_with_the_managed_key_gets_nothing(alarms, served):
    locked = api.client("sns").create_topic(Name="locked", Attributes={"KmsMasterKeyId": "alias/aws/sns"})["TopicArn"]
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [locked]})
    minutes(served, [90])
    assert messages(locked) == []
    [item] = alarms.describe_alarm_history(HistoryItemType="Action")["AlarmHistoryItems"]
    assert "does not have authorization to access the SNS topic encryption key" in item["HistorySummary"]


def test_a_subscribed_queue_gets_it(alarms, served, topic):
    sqs.install(served)
    api.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=create_queue("q"))
    alarms.put_metric_alarm(**{**ALARM, "AlarmActions": [topic]})
    minutes(served, [90])
    [message] = messages_of("q")
    envelope = json.loads(message["Body"])
    assert envelope["Subject"] == 'ALARM: "shop-cpu" in Asia Pacific (Tokyo)'
    assert json.loads(envelope["Message"])["AlarmName"] == "shop-cpu"


def test_an_alarm_put_again_keeps_its_state(alarms, served):
    alarms.put_metric_alarm(**ALARM)
    minutes(served, [90])
    alarms.put_metric_alarm(**{**ALARM, "Threshold": 95})
    assert state_of(alarms) == "ALARM"
    minutes(served, [90])
    assert state_of(alarms) == "OK"


@pytest.mark.parametrize(
    ("changes_", "problem"),
    [
        ({"DatapointsToAlarm": 2}, "DatapointsToAlarm"),
        ({"TreatMissingData": "bad"}, "Option bad is not supported"),
        ({"Period": 90}, "multiple of 60"),
        ({"Period": 3600, "EvaluationPeriods": 200}, "more than a day"),
        ({"Statistic": None}, "Statistic"),
        ({"AlarmActions": ["my-topic"]}, "Invalid arn syntax"),
        ({"AlarmActions": [f"arn:aws:ssm:{REGION}:{ACCOUNT}:opsitem:1"]}, "can't do cloudwatch:PutMetricAlarm"),
        ({"Period": 10}, "can't do cloudwatch:PutMetricAlarm: high-resolution"),
        ({"ComparisonOperator": "GreaterThanUpperThreshold"}, "can't do cloudwatch:PutMetricAlarm: .*anomaly"),
    ],
)
def test_what_is_wrong_or_unknown_is_refused(alarms, changes_, problem):
    asked = {name: value for name, value in {**ALARM, **changes_}.items() if value is not None}
    with pytest.raises(ClientError, match=problem):
        alarms.put_metric_alarm(**asked)
    assert alarms.describe_alarms()["MetricAlarms"] == []


def composite(client, rule, **settings):
    client.put_composite_alarm(AlarmName="shop-down", AlarmRule=rule, **settings)


def second(name, service="web"):
    return {**ALARM, "AlarmName": name, "Dimensions": [{"Name": "ServiceName", "Value": service}]}


def test_a_composite_alarm_follows_its_children(alarms, served, topic):
    alarms.put_metric_alarm(**ALARM)
    alarms.put_metric_alarm(**second("web-cpu"))
    composite(alarms, f'ALARM("{ARN}") AND NOT (OK(web-cpu) OR FALSE)', AlarmActions=[topic], OKActions=[topic])
    for shop, web in [(90, 10), (90, 90), (10, 90)]:
        put(shop)
        put(web, service="web")
        served.clock.run_for(MINUTE)
    found = alarms.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    assert [(alarm["AlarmName"], alarm["StateValue"]) for alarm in found] == [("shop-down", "OK")]
    seen = [
        (record.at.minute, record.facts["new"]) for record in served.of_kind("alarm") if "down" in record.facts["name"]
    ]
    # In the first minute the rule holds until web-cpu has been looked at, too: alarms do not change as one.
    assert seen == [(0, "OK"), (1, "ALARM"), (1, "OK"), (2, "ALARM"), (3, "OK")]
    message = messages(topic)[3][1]
    web = ARN.replace("shop-cpu", "web-cpu")
    assert message["NewStateReason"] == f"{web} transitioned to ALARM at Saturday 26 December, 2026 09:02:00 UTC"
    assert message["TriggeringChildren"] == [
        {"Arn": web, "State": {"Value": "ALARM", "Timestamp": "2026-12-26T09:02:00.000+0000"}}
    ]
    assert "Trigger" not in message
    assert alarms.describe_alarms()["CompositeAlarms"] == []  # only when asked for


@pytest.mark.parametrize(
    "rule", ["ALARM(nobody)", "ALARM(shop-cpu", "ALARM(shop-cpu) AND", "shop-cpu", "MAYBE(shop-cpu)"]
)
def test_a_rule_that_makes_no_sense_is_refused(alarms, rule):
    alarms.put_metric_alarm(**ALARM)
    with pytest.raises(ClientError, match="ValidationError"):
        composite(alarms, rule)


def test_deleting_is_all_or_nothing(alarms, served):
    alarms.put_metric_alarm(**ALARM)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        alarms.delete_alarms(AlarmNames=["shop-cpu", "nobody"])
    alarms.delete_alarms(AlarmNames=["shop-cpu"])
    minutes(served, [90])
    assert alarms.describe_alarms()["MetricAlarms"] == [] and changes(served) == []


def test_alarms_are_listed_by_pages_and_filters(alarms):
    for number in range(5):
        alarms.put_metric_alarm(**{**ALARM, "AlarmName": f"shop-{number}"})
    alarms.set_alarm_state(AlarmName="shop-3", StateValue="ALARM", StateReason="x")
    pages = alarms.get_paginator("describe_alarms").paginate(PaginationConfig={"PageSize": 2})
    assert [[alarm["AlarmName"] for alarm in page["MetricAlarms"]] for page in pages] == [
        ["shop-0", "shop-1"], ["shop-2", "shop-3"], ["shop-4"],
    ]  # fmt: skip
    assert [alarm["AlarmName"] for alarm in alarms.describe_alarms(StateValue="ALARM")["MetricAlarms"]] == ["shop-3"]
    asked = {key: ALARM[key] for key in ("Namespace", "MetricName", "Dimensions")}
    assert len(alarms.describe_alarms_for_metric(**asked)["MetricAlarms"]) == 5

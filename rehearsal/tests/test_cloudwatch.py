"""Metrics over the wire: what is put, by whichever way, can be read back."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from rehearsal.aws import api, cloudwatch
from rehearsal.aws.world import REGION, World
from rehearsal.tests.conftest import START

MINUTE = timedelta(minutes=1)
DIMENSIONS = [{"Name": "Service", "Value": "shop"}]


@pytest.fixture
def metrics(served, wire):
    cloudwatch.install(served)
    return wire("cloudwatch")


def statistics(client, name="Latency", **asked):
    span = {"StartTime": START, "EndTime": START + 10 * MINUTE, "Period": 60, "Dimensions": DIMENSIONS}
    answer = client.get_metric_statistics(**{"Namespace": "Shop", "MetricName": name, **span, **asked})
    return sorted(answer["Datapoints"], key=lambda point: point["Timestamp"])


def test_the_statistics_of_what_was_put(metrics):
    cloudwatch.put("Shop", "Latency", {"Service": "shop"}, [float(value) for value in range(1, 101)], "Milliseconds")
    cloudwatch.put("Shop", "Latency", {"Service": "other"}, 7777)
    point = statistics(
        metrics, Statistics=["Sum", "Average", "Minimum", "Maximum", "SampleCount"], ExtendedStatistics=["p95", "p50"]
    )[0]
    assert point == {
        "Timestamp": START, "Unit": "Milliseconds", "Sum": 5050, "Average": 50.5, "Minimum": 1, "Maximum": 100,
        "SampleCount": 100, "ExtendedStatistics": {"p95": pytest.approx(95.05), "p50": pytest.approx(50.5)},
    }  # fmt: skip


def test_every_form_of_put_metric_data(metrics):
    data = {"MetricName": "Latency", "Dimensions": DIMENSIONS}
    forms = [
        {"Value": 4.0},
        {"Values": [1.0, 2.0], "Counts": [3.0, 1.0]},
        {"StatisticValues": {"SampleCount": 2, "Sum": 30, "Minimum": 10, "Maximum": 20}},
        {"Value": 5.0, "Timestamp": START + 3 * MINUTE},
    ]
    metrics.put_metric_data(Namespace="Shop", MetricData=[{**data, **form} for form in forms])
    found = statistics(metrics, Statistics=["SampleCount", "Sum", "Maximum"], ExtendedStatistics=["p95"])
    assert [(p["Timestamp"], p["SampleCount"], p["Sum"], p["Maximum"]) for p in found] == [
        (START, 7, 39, 20),
        (START + 3 * MINUTE, 1, 5, 5),
    ]
    assert ["ExtendedStatistics" in point and bool(point["ExtendedStatistics"]) for point in found] == [False, True]


def test_a_longer_period_gathers_minutes(metrics, served):
    for value in range(10):
        cloudwatch.put("Shop", "Requests", {"Service": "shop"}, value, "Count")
        served.clock.run_for(MINUTE)
    found = statistics(metrics, "Requests", Period=300, Statistics=["Sum"])
    assert [point["Sum"] for point in found] == [10, 35]


@pytest.mark.parametrize("shift", [timedelta(days=-15), timedelta(hours=3)])
def test_a_time_too_far_away_is_refused(metrics, shift):
    with pytest.raises(ClientError, match="two weeks in the past or two hours in the future"):
        metrics.put_metric_data(Namespace="n", MetricData=[{"MetricName": "m", "Value": 1, "Timestamp": START + shift}])


def test_metric_data_with_an_expression(metrics, served):
    for requests, errors in [(100, 3), (200, None), (50, 10)]:
        cloudwatch.put("Shop", "Requests", {"Service": "shop"}, requests)
        if errors:
            cloudwatch.put("Shop", "Errors", {"Service": "shop"}, errors)
        served.clock.run_for(MINUTE)
    queries = [
        {"Id": "rate", "Expression": "100 * FILL(errors, 0) / requests", "Label": "5xx rate"},
        *(
            {
                "Id": name.lower(), "ReturnData": name == "Requests",
                "MetricStat": {
                    "Metric": {"Namespace": "Shop", "MetricName": name, "Dimensions": DIMENSIONS},
                    "Stat": "Sum", "Period": 60,
                },
            }
            for name in ("Requests", "Errors")
        ),
    ]  # fmt: skip
    answer = metrics.get_metric_data(
        MetricDataQueries=queries, StartTime=START, EndTime=START + 5 * MINUTE, ScanBy="TimestampAscending"
    )
    found = {result["Id"]: (result["Label"], result["Values"]) for result in answer["MetricDataResults"]}
    assert found == {"rate": ("5xx rate", [3, 0, 20]), "requests": ("Requests", [100, 200, 50])}
    newest_first = metrics.get_metric_data(MetricDataQueries=queries, StartTime=START, EndTime=START + 5 * MINUTE)
    assert newest_first["MetricDataResults"][0]["Timestamps"] == [START + 2 * MINUTE, START + MINUTE, START]


@pytest.mark.parametrize(
    ("expression", "problem"),
    [("nobody + 1", "nobody"), ("a + a2", "Circular"), ("SEARCH('x', 'Sum')", "SEARCH"), ("1 +", "ValidationError")],
)
def test_an_expression_that_cannot_be_computed_is_refused(metrics, expression, problem):
    queries = [{"Id": "a", "Expression": expression}, {"Id": "a2", "Expression": "a"}]
    with pytest.raises(ClientError, match=problem):
        metrics.get_metric_data(MetricDataQueries=queries, StartTime=START, EndTime=START + MINUTE)


def test_metrics_are_listed_by_their_dimensions_for_two_weeks(metrics, served):
    cloudwatch.put("Shop", "Latency", {"Service": "shop", "Zone": "a"}, 1)
    cloudwatch.put("Shop", "Latency", {"Service": "other"}, 1)
    statistics(metrics, "NeverPut", Statistics=["Sum"])
    listed = metrics.list_metrics(Namespace="Shop", Dimensions=[{"Name": "Service"}, {"Name": "Zone", "Value": "a"}])
    dimensions = [{"Name": "Service", "Value": "shop"}, {"Name": "Zone", "Value": "a"}]
    assert listed["Metrics"] == [{"Namespace": "Shop", "MetricName": "Latency", "Dimensions": dimensions}]
    assert len(metrics.list_metrics()["Metrics"]) == 2
    served.clock.run_for(timedelta(days=15))
    assert metrics.list_metrics()["Metrics"] == []


def emf(**changes):
    directive = {
        "Namespace": "Yakin", "Dimensions": [["Function"], []], "Metrics": [{"Name": "Heartbeat", "Unit": "Count"}],
    }  # fmt: skip
    about = {"Timestamp": int(START.timestamp() * 1000), "CloudWatchMetrics": [directive]}
    return json.dumps({"_aws": about, "Function": "sale-scaling", "Heartbeat": 1, **changes})


def test_a_log_line_in_the_embedded_metric_format_is_a_metric(metrics):
    for line in (emf(), emf(Heartbeat=[1, 2]), "plain text", json.dumps({"level": "INFO"})):
        cloudwatch.embedded_metric(line)
    for dimensions in ([{"Name": "Function", "Value": "sale-scaling"}], []):
        asked = {"Namespace": "Yakin", "Dimensions": dimensions, "Statistics": ["Sum", "SampleCount"]}
        point = statistics(metrics, "Heartbeat", **asked)[0]
        assert (point["Sum"], point["SampleCount"], point["Unit"]) == (4, 3, "Count")


@pytest.mark.parametrize("changes", [{"Heartbeat": "one"}, {"Function": 7}, {"_aws": {}}])
def test_a_line_that_breaks_the_format_gives_no_metric_and_says_so(metrics, served, changes):
    cloudwatch.embedded_metric(emf(**changes))
    assert metrics.list_metrics(Namespace="Yakin")["Metrics"] == []
    assert len(served.of_kind("emf-error")) == 1


def test_a_new_world_knows_no_metrics_of_the_old_one(metrics, tmp_path):
    cloudwatch.put("Shop", "Latency", {}, 1)
    assert len(metrics.list_metrics()["Metrics"]) == 1
    World.create(START, tmp_path / "new")
    assert api.client("cloudwatch").list_metrics()["Metrics"] == []


def test_a_data_point_that_comes_late_still_counts(metrics, served):
    data = {"MetricName": "Latency", "Dimensions": DIMENSIONS, "Timestamp": START}
    assert statistics(metrics, Statistics=["Sum"], Period=300) == []
    for value in (1.0, 2.0):
        metrics.put_metric_data(Namespace="Shop", MetricData=[{**data, "Value": value}])
        served.clock.run_for(5 * MINUTE)
        seen = statistics(metrics, Statistics=["Sum"], Period=300)[0]["Sum"]
    assert seen == 3


def query(served, action, **parameters):
    """The same call in the query protocol, which older SDKs speak."""
    form = urllib.parse.urlencode({"Action": action, "Version": "2010-08-01", **parameters}).encode()
    scope = f"Credential=AKIADEPLOYER00000000/20261226/{REGION}/monitoring/aws4_request"
    headers = {"Authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0"}
    with urllib.request.urlopen(urllib.request.Request(served.url, form, headers)) as answer:
        return answer.read().decode()


def test_the_query_protocol_is_spoken_too(metrics, served):
    dimension = {"Dimensions.member.1.Name": "Service", "Dimensions.member.1.Value": "shop"}
    put = {f"MetricData.member.1.{key}": value for key, value in dimension.items()}
    query(
        served, "PutMetricData", Namespace="Shop",
        **{**put, "MetricData.member.1.MetricName": "Latency", "MetricData.member.1.Value": "90"},
    )  # fmt: skip
    alarm = {"AlarmName": "slow", "Period": 60, "EvaluationPeriods": 1, "Threshold": 80, "Statistic": "Maximum"}
    compare = {"ComparisonOperator": "GreaterThanThreshold"}
    query(served, "PutMetricAlarm", Namespace="Shop", MetricName="Latency", **dimension, **alarm, **compare)
    served.clock.run_for(MINUTE)
    assert "<StateValue>ALARM</StateValue>" in query(served, "DescribeAlarms")
    span = {"StartTime": "2026-12-26T09:00:00Z", "EndTime": "2026-12-26T09:05:00Z", "Period": 60}
    asked = {"Namespace": "Shop", "MetricName": "Latency", "ExtendedStatistics.member.1": "p95", **span, **dimension}
    assert "<value>90.0</value>" in query(served, "GetMetricStatistics", **asked)

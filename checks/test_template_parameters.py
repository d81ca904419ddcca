"""What a person may type into the template's parameters, and which combinations are refused before anything is made."""

from __future__ import annotations

import re
from typing import Any

import pytest

from checks.template.model import Template
from checks.template.sets import ALL, DEV, PROD

DIGEST = "sha256:" + "0123456789abcdef" * 4
CERTIFICATE = PROD["CertificateArn"]


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.real()


def allowed(parameter: dict[str, Any], value: str) -> bool:
    if "AllowedValues" in parameter:
        return value in parameter["AllowedValues"]
    if "AllowedPattern" in parameter:
        return re.search(parameter["AllowedPattern"], value) is not None
    return value.isdigit() and parameter["MinValue"] <= int(value) <= parameter["MaxValue"]


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("ContainerImage", "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/shop:1.0.0", True),
        ("ContainerImage", "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/team/shop:4f2c9a1", True),
        ("ContainerImage", "docker.io/nginxinc/nginx-unprivileged:1.27", True),
        ("ContainerImage", "nginx:1.27", True),
        ("ContainerImage", "localhost:5000/shop:v1", True),
        ("ContainerImage", f"ghcr.io/team/shop@{DIGEST}", True),
        ("ContainerImage", f"ghcr.io/team/shop:latest@{DIGEST}", True),
        ("ContainerImage", "shop:latest-2026", True),
        ("ContainerImage", "shop", False),
        ("ContainerImage", "shop:latest", False),
        ("ContainerImage", "ghcr.io/team/shop:latest", False),
        ("ContainerImage", "localhost:5000/shop", False),
        ("ContainerImage", "localhost:5000/shop:latest", False),
        ("ContainerImage", "shop@sha256:0123", False),
        ("ContainerImage", "shop:1.0 --privileged", False),
        ("ContainerImage", "", False),
        ("WebContainerImage", "", True),
        ("WebContainerImage", "pages:1.0.0", True),
        ("WebContainerImage", "pages:latest", False),
        ("CloudFrontCertificateArn", CERTIFICATE, False),
        ("CloudFrontCertificateArn", CERTIFICATE.replace("ap-northeast-1", "us-east-1"), True),
        ("CloudFrontWebAclArn", "arn:aws:wafv2:ap-northeast-1:123456789012:regional/webacl/shop/0", False),
        ("StripeSecretArn", "arn:aws:ssm:ap-northeast-1:123456789012:parameter/partners/stripe", True),
        ("StripeSecretArn", "sk_live_51abc", False),
        ("DatadogSite", "datadoghq.com/../evil", False),
        ("AuroraMinAcu", "0", True),
        ("AuroraMinAcu", "0.7", False),
        ("AuroraMaxAcu", "", True),
        ("AuroraMaxAcu", "256", True),
        ("AuroraMaxAcu", "257", False),
        ("AuroraMaxAcu", "0", False),
        ("EnvironmentName", "staging", True),
        ("EnvironmentName", "production", False),
        ("NetworkPrefix", "10.255", True),
        ("NetworkPrefix", "172.31", True),
        ("NetworkPrefix", "192.168", True),
        ("NetworkPrefix", "10.256", False),
        ("NetworkPrefix", "172.32", False),
        ("NetworkPrefix", "8.8", False),
        ("NatMode", "", True),
        ("NatMode", "both", False),
        ("SpotMode", "off", True),
        ("SpotMode", "False", False),
        ("HealthCheckPath", "/api/health", True),
        ("HealthCheckPath", "health", False),
        ("HealthCheckPath", "/health?deep=1", False),
        ("MaxCapacity", "", True),
        ("MaxCapacity", "200", True),
        ("MaxCapacity", "0", False),
        ("MinCapacity", "0", False),
        ("ContainerPort", "80", False),
        ("ContainerPort", "8080", True),
        ("DbEngineVersion", "17.10", True),
        ("DbEngineVersion", "17", False),
        ("DbEngineVersion", "16.9", False),
        ("BackupRetentionDays", "6", False),
        ("BackupRetentionDays", "7", True),
        ("SlackSecretArn", "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:yakin/slack-AbCdEf", True),
        ("SlackSecretArn", "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:yakin/slack", False),
        ("SlackSecretArn", "xoxb-1-2-3", False),
        ("SlackApiUrl", "http://127.0.0.1:4000/slack/api", True),
        ("SlackApiUrl", "slack.com/api", False),
        ("StaffedStart", "09:00", True),
        ("StaffedStart", "9:00", False),
        ("StaffedEnd", "24:00", False),
        ("StaffedDays", "MON,SAT", True),
        ("StaffedDays", "Mon-Fri", False),
        ("OncallMonthlyPages", "0", True),
        ("OncallMonthlyPages", "32", False),
        ("AlertEmail", "", True),
        ("AlertEmail", "oncall@example.com", True),
        ("AlertEmail", "oncall", False),
        ("CertificateArn", "", True),
        ("CertificateArn", CERTIFICATE, True),
        ("CertificateArn", "arn:aws:iam::123456789012:server-certificate/shop", False),
        ("DomainName", "shop.example.com", True),
        ("DomainName", "https://shop.example.com", False),
        ("HostedZoneId", "shop.example.com", False),
        ("GeoBlockCountries", "KP,IR", True),
        ("GeoBlockCountries", "KP, IR", False),
        ("IpDenyCidrs", "192.0.2.0/24,198.51.100.7/32", True),
        ("IpDenyCidrs", "192.0.2.0", False),
        ("DbSnapshotIdentifier", "rds:shop-2026-11-22-18-05", True),
        ("DbSnapshotIdentifier", "a b", False),
        ("DrillMaxHours", "0", True),
        ("DrillMaxHours", "745", False),
        ("DrillInstanceClass", "t4g.micro", False),
        ("DrillFreshnessQuery", "SELECT max(created_at) FROM orders", True),
        ("DrillFreshnessQuery", "SELECT 1\nDROP TABLE orders", False),
        ("ReservedConcurrency", "0", False),
        ("ReservedConcurrency", "1", True),
    ],
)
def test_parameter_takes_what_is_right_and_refuses_the_rest(
    template: Template, name: str, value: str, taken: bool
) -> None:
    assert allowed(template.source["Parameters"][name], value) is taken


@pytest.mark.parametrize("name", ALL)
def test_parameter_sets_are_allowed_and_complete(template: Template, name: str) -> None:
    parameters = template.source["Parameters"]
    for parameter, value in ALL[name].items():
        assert allowed(parameters[parameter], value), f"{parameter}={value}"
    assert not [parameter for parameter, p in parameters.items() if "Default" not in p and parameter not in ALL[name]]
    assert list(template.stack(ALL[name]).refused()) == []


def test_defaults_are_allowed(template: Template) -> None:
    for name, parameter in template.source["Parameters"].items():
        if "Default" in parameter:
            assert allowed(parameter, str(parameter["Default"])), name


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"CertificateArn": ""}, "Production is never plain HTTP"),
        ({"CertificateArn": "", "DomainName": "shop.example.com"}, "Production is never plain HTTP"),
        ({"HostedZoneId": "Z0123456789ABC"}, "A hosted zone alone names nothing"),
        ({"NatMode": "none"}, "Without a NAT gateway no task can start"),
        ({"MultiAz": "false"}, "The production database stands in two zones"),
        ({"MinCapacity": "1"}, "Production runs at least two tasks"),
        ({"SpotMode": "all-spot"}, "Production keeps tasks on demand"),
        ({"EnableDatadog": "true"}, "Datadog takes nothing without its key"),
        (
            {"MongodbSecretArn": "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:mongo-AbCdEf"},
            "Nothing reaches MongoDB Atlas",
        ),
        (
            {"EnableAtlasEgress": "true", "NatMode": "none", "InterfaceEndpoints": "true"},
            "Datadog and Atlas are on the internet",
        ),
        ({"EnableCloudFront": "true"}, "CloudFront answers to a name of yours"),
        ({"ServiceMode": "web-api"}, "The pages are a container of their own"),
        (
            {"ServiceMode": "web-api", "WebContainerImage": "pages:1", "DeploymentStrategy": "CANARY"},
            "The pages find the API by its name",
        ),
        ({"TaskCpu": "512"}, "TaskMemory is twice TaskCpu"),
        ({"DrRegion": "ap-northeast-3"}, "An encrypted snapshot cannot leave its region without a key there"),
        ({"TaskCpu": "512", "TaskMemory": "4096"}, "TaskMemory is twice TaskCpu"),
        ({"EnableRestoreDrill": "true", "SecretStore": "ssm"}, "A drill reads with a user whose secret"),
    ],
)
def test_rules_refuse_a_bad_production(template: Template, change: dict[str, str], reason: str) -> None:
    refused = list(template.stack({**PROD, **change}).refused())
    assert len(refused) == 1
    assert refused[0].startswith(reason)


@pytest.mark.parametrize("change", [{"CertificateArn": ""}, {"MultiAz": "false"}, {"MinCapacity": "1"}])
def test_rules_leave_dev_alone(template: Template, change: dict[str, str]) -> None:
    assert list(template.stack({**DEV, **change}).refused()) == []


def test_rules_leave_dev_to_its_own_clock(template: Template) -> None:
    (refused,) = template.stack({**DEV, "EnableBusinessHoursSchedule": "true"}).refused()
    assert refused.startswith("Dev sleeps outside office hours")


def test_defaults_are_those_of_production(template: Template) -> None:
    """What a stack gets when nobody chooses."""
    defaults = {name: str(p["Default"]) for name, p in template.source["Parameters"].items() if "Default" in p}
    wanted = {
        "EnvironmentName": "prod",
        "ProjectName": "app",
        "ContainerPort": "8080",
        "HealthCheckPath": "/health",
        "MinCapacity": "2",
        "CpuTarget": "70",
        "ScaleOutCooldown": "60",
        "ScaleInCooldown": "300",
        "SaleMinCapacity": "6",
        "SaleMaxCapacity": "20",
        "SaleLeadMinutes": "60",
        "DbEngineVersion": "17.9",
        "BackupRetentionDays": "7",
        "AlertLanguage": "ja",
        "CpuAlarmPercent": "80",
        "MemoryAlarmPercent": "80",
        "AlbErrorsCriticalPercent": "5",
        "AlbErrorsWarningPercent": "3",
        "DbConnectionsAlarmCount": "150",
    }
    assert {name: defaults[name] for name in wanted} == wanted


@pytest.mark.parametrize("name", ALL)
def test_outputs_are_there_for_every_set(template: Template, name: str) -> None:
    stack = template.stack(ALL[name])
    assert stack.outputs["ShopUrl"].startswith("https://" if stack.condition("HasCertificate") else "http://")
    for output in ("SaleCalendar", "SaleScalingFunctionName", "SlackAlertDeadLettersUrl", "DatabaseAddress"):
        assert stack.outputs[output]


def test_outputs_show_no_secret(template: Template) -> None:
    for name, value in template.stack(PROD).outputs.items():
        assert "resolve:" not in str(value), name

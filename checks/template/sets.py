"""The sets of parameters that the rules are checked for: what samconfig.toml deploys, and every other choice once."""

from __future__ import annotations

import tomllib

from checks.template.model import ROOT


def of_samconfig() -> dict[str, dict[str, str]]:
    """The parameters of each environment, as ``sam deploy --config-env`` gives them."""
    config = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    return {
        name: dict(entry.split("=", 1) for entry in section["deploy"]["parameters"]["parameter_overrides"])
        for name, section in config.items()
        if isinstance(section, dict) and "deploy" in section
    }


PROD = of_samconfig()["prod"]
STAGING = of_samconfig()["staging"]
DEV = of_samconfig()["dev"]

SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:partners/{}-AbCdEf"

WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/00000000-0000-0000-0000-000000000000"

ALL: dict[str, dict[str, str]] = {
    "prod": PROD,
    "staging": STAGING,
    "dev": DEV,
    "prod with its own choices": {
        **PROD,
        "SpotMode": "overflow",
        "TaskCpu": "1024",
        "TaskMemory": "2048",
        "MaxCapacity": "30",
        "MultiAz": "true",
        "DbInstanceClass": "db.m7g.large",
        "LogRetentionDays": "90",
        "ReservedConcurrency": "1",
        "ContainerInsights": "enhanced",
        "AlertLanguage": "en",
    },
    "prod by the clock": {**PROD, "EnableBusinessHoursSchedule": "true", "NightMax": "6"},
    "dev without the internet": {**DEV, "NatMode": "none", "InterfaceEndpoints": "true"},
    "dev with the network of prod": {**DEV, "NatMode": "per-az", "SpotMode": "off", "MultiAz": "true"},
    "prod with a name and lists": {
        **PROD,
        "CertificateArn": "",
        "DomainName": "shop.example.com",
        "HostedZoneId": "Z0123456789ABCDEFGHIJ",
        "GeoBlockCountries": "KP,IR",
        "IpAllowCidrs": "203.0.113.7/32",
        "IpDenyCidrs": "198.51.100.0/24,192.0.2.0/24",
        "WafRateLimit": "500",
        "InterfaceEndpoints": "true",
    },
    "dev with drills and without the internet": {
        **DEV,
        "EnableRestoreDrill": "true",
        "DrillFreshnessQuery": "SELECT max(created_at) FROM orders",
        "NatMode": "none",
        "InterfaceEndpoints": "true",
    },
    "prod from a snapshot": {**PROD, "DbSnapshotIdentifier": "shop-encrypted-copy", "EnableWaf": "false"},
    "prod blue green with a shell": {
        **PROD,
        "DeploymentStrategy": "BLUE_GREEN",
        "EnableExec": "true",
        "InterfaceEndpoints": "true",
        "StickySessions": "true",
        "MonthlyBudgetUsd": "2000",
    },
    "prod with a second region": {
        **PROD,
        "DrRegion": "ap-northeast-3",
        "DrKmsKeyId": "11111111-2222-4333-8444-555555555555",
        "TrustedAccounts": "210987654321",
    },
    "prod with redis and partners": {
        **PROD,
        "EnableRedis": "true",
        "EnableJwtSecret": "true",
        "EnableAtlasEgress": "true",
        **{
            f"{partner}SecretArn": SECRET.format(partner.lower())
            for partner in ("Oauth", "Stripe", "Sentry", "Mongodb")
        },
    },
    "prod with everything beside it": {
        **PROD,
        "EnableDatadog": "true",
        "DatadogSecretArn": SECRET.format("datadog"),
        "EnableXRay": "true",
        "InterfaceEndpoints": "true",
        "TaskCpu": "1024",
        "TaskMemory": "2048",
    },
    "prod with secrets in ssm": {
        **PROD,
        "SecretStore": "ssm",
        "EnableJwtSecret": "true",
        "EnableRedis": "true",
        "StripeSecretArn": "arn:aws:ssm:ap-northeast-1:123456789012:parameter/partners/stripe",
        "InterfaceEndpoints": "true",
    },
    "dev with secrets in ssm": {**DEV, "SecretStore": "ssm"},
    "dev with redis": {**DEV, "EnableRedis": "true"},
    "prod web api": {
        **PROD,
        "ServiceMode": "web-api",
        "WebContainerImage": "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/pages:1.0.0",
        "EnableRedis": "true",
        "InterfaceEndpoints": "true",
    },
    "dev web api with a shell": {
        **DEV,
        "ServiceMode": "web-api",
        "WebContainerImage": "nginxinc/nginx-unprivileged:1.27",
        "WebPort": "8081",
        "WebHealthCheckPath": "/",
        "EnableExec": "true",
    },
    "prod cloudfront": {
        **PROD,
        "EnableCloudFront": "true",
        "CloudFrontCertificateArn": PROD["CertificateArn"].replace("ap-northeast-1", "us-east-1"),
        "CloudFrontWebAclArn": WEB_ACL,
        "DomainName": "shop.example.com",
        "HostedZoneId": "Z0123456789ABCDEFGHIJ",
        "GeoBlockCountries": "KP",
        "IpAllowCidrs": "203.0.113.7/32",
        "IpDenyCidrs": "198.51.100.0/24",
    },
    "prod aurora": {**PROD, "DbEngineMode": "aurora-serverless-v2"},
    "dev aurora that pauses": {
        **DEV,
        "DbEngineMode": "aurora-serverless-v2",
        "AuroraMinAcu": "0",
        "AuroraMaxAcu": "4",
    },
    "prod aurora from a snapshot": {
        **PROD,
        "DbEngineMode": "aurora-serverless-v2",
        "DbSnapshotIdentifier": "shop-encrypted-copy",
    },
    "prod canary": {**PROD, "DeploymentStrategy": "CANARY"},
    "dev linear": {**DEV, "DeploymentStrategy": "LINEAR"},
    "dev with a certificate": {**DEV, "CertificateArn": PROD["CertificateArn"], "AlertEmail": "dev@example.com"},
}

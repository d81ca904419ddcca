"""Secrets in Parameter Store in the place of Secrets Manager."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.functions import ENVIRONMENT
from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD

SSM = ALL["prod with secrets in ssm"]
ARN = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/app/prod/*"
NAMES = {
    "DatabaseAppUser": "/app/prod/database-app-user",
    "RedisAuthToken": "/app/prod/redis-auth-token",
    "JwtSecret": "/app/prod/jwt-secret",
}
SECRETS = {
    "DB_PASSWORD": "<SecretParameters.DatabaseAppUser>",
    "REDIS_AUTH_TOKEN": "<SecretParameters.RedisAuthToken>",
    "JWT_SECRET": "<SecretParameters.JwtSecret>",
    "STRIPE_SECRET_KEY": SSM["StripeSecretArn"],
}


@rule
def secrets_lie_in_one_store(template: Template) -> Iterator[Finding]:
    stack = template.stack(SSM)
    kept = [secret.id for secret in stack.of_type("AWS::SecretsManager::Secret")]
    yield from (f"{secret} is made in Secrets Manager" for secret in kept)
    for name, resource in template.stack(PROD).resources.items():
        if name.startswith("SecretBootstrap") or resource.type == "Custom::SecretParameters":
            yield f"{name} is made without a request"
    for parameter in stack.of_type("AWS::SSM::Parameter"):
        if parameter.properties["Type"] != "String":
            yield f"{parameter.id} is a {parameter.properties['Type']}, which CloudFormation cannot make"
    yield from differences({"Parameters": NAMES}, stack["SecretParameters"], "SecretParameters")
    few = template.stack(ALL["dev with secrets in ssm"])["SecretParameters"]["Parameters"]
    if few != {"DatabaseAppUser": "/app/dev/database-app-user"}:
        yield f"dev asks for {few}"
    token = {"AuthToken": "{{resolve:ssm-secure:<SecretParameters.RedisAuthTokenName>}}"}
    yield from differences(token, stack["RedisCache"], "RedisCache")


@rule
def tasks_read_their_secrets_from_the_store(template: Template) -> Iterator[Finding]:
    stack = template.stack(SSM)
    (container,) = stack["EcsTaskDefinition"]["ContainerDefinitions"]
    found = {secret["Name"]: secret["ValueFrom"] for secret in container["Secrets"]}
    if found != SECRETS:
        yield f"the container gets {found}"
    plain = {entry["Name"]: entry["Value"] for entry in container["Environment"]}
    yield from differences({"DB_USERNAME": "app_user"}, plain, "the container")
    statements = stack["EcsExecutionRole"]["Policies"][0]["PolicyDocument"]["Statement"]
    allowed = {s["Action"]: s["Resource"] for s in statements if isinstance(s["Action"], str)}
    if sorted(allowed.get("ssm:GetParameters", [])) != sorted(SECRETS.values()):
        yield f"ECS may read {allowed.get('ssm:GetParameters')}"
    if "secretsmanager:GetSecretValue" in allowed:
        yield "ECS may read Secrets Manager, where nothing is"
    services = {e.properties["ServiceName"].rsplit(".", 1)[-1] for e in stack.of_type("AWS::EC2::VPCEndpoint")}
    if "ssm" not in services or "secretsmanager" in services:
        yield f"the endpoints are {sorted(services)}"


@rule
def secret_bootstrap_makes_and_never_changes(template: Template) -> Iterator[Finding]:
    stack = template.stack(SSM)
    granted, denied = {}, []
    for statement in stack["SecretBootstrapRole"]["Policies"][0]["PolicyDocument"]["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        if statement["Effect"] == "Deny":
            denied.append(statement)
        else:
            granted |= dict.fromkeys(actions, statement["Resource"])
    wanted = {
        "logs:CreateLogStream": "<SecretBootstrapLogGroup.Arn>",
        "logs:PutLogEvents": "<SecretBootstrapLogGroup.Arn>",
        "ssm:GetParameter": ARN,
        "ssm:PutParameter": ARN,
        "sqs:SendMessage": "<SecretBootstrapDeadLetters.Arn>",
    }
    if granted != wanted:
        yield f"SecretBootstrapRole may {granted}"
    never = {"Action": "ssm:PutParameter", "Resource": "*", "Condition": {"StringEquals": {"ssm:Overwrite": "true"}}}
    yield from differences(never, denied[0] if denied else {}, "SecretBootstrapRole")
    function = stack["SecretBootstrapFunction"]
    yield from differences(ENVIRONMENT, function["Environment"]["Variables"], "SecretBootstrapFunction")
    wanted = {"TargetArn": "<SecretBootstrapDeadLetters.Arn>"}
    yield from differences(wanted, function["DeadLetterConfig"], "SecretBootstrapFunction")
    wanted = {"ServiceToken": "<SecretBootstrapFunction.Arn>", "ServiceTimeout": "300"}
    yield from differences(wanted, stack["SecretParameters"], "SecretParameters")

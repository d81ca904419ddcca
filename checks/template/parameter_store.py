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
    "DATABASE_URL": "<SecretParameters.DatabaseAppUser>",
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
    statements = stack["EcsExecutionRole"]["Policies"][0]["PolicyDocument"]["Statement"]
    allowed = {s["Action"]: s["Resource"] for s in statements if isinstance(s["Action"], str)}
    if sorted(allowed.get("ssm:GetParameters", [])) != sorted(SECRETS.values()):
        yield f"ECS may read {allowed.get('ssm:GetParameters')}"
    if "secretsmanager:GetSecretValue" in allowed:
        yield "ECS may read Secrets Manager, where nothing is"
    services = {e.properties["ServiceName"].rsplit(".", 1)[-1] for e in stack.of_type("AWS::EC2::VPCEndpoint")}
    if not {"ssm", "secretsmanager"} <= services:  # the master's secret, which the rotation reads, stays there
        yield f"the endpoints are {sorted(services)}"


@rule
def a_parameter_is_rotated_and_adopted_too(template: Template) -> Iterator[Finding]:
    stack = template.stack(SSM)
    target = {"Arn": "<SecretRotationFunction.Arn>", "Input": '{"look": true}'}
    schedule = {"ScheduleExpression": "cron(0 9-11 * * ? *)", "ScheduleExpressionTimezone": "Asia/Tokyo"}
    yield from differences(schedule, stack["SecretRotationLook"], "SecretRotationLook")
    yield from differences(target, stack["SecretRotationLook"]["Target"], "SecretRotationLook")
    own = {
        "SECRET_ARN": "<SecretParameters.DatabaseAppUser>",
        "ROTATION_DAYS": 30,
        "DATABASE_HOST": "<DatabaseInstance.Endpoint.Address>",
        "DATABASE_PORT": "<DatabaseInstance.Endpoint.Port>",
        "DATABASE_NAME": "app",
    }
    yield from differences(own, stack["SecretRotationFunction"]["Environment"]["Variables"], "SecretRotationFunction")
    own = {
        "SECRETS": "<SecretParameters.DatabaseAppUser>,<DatabaseInstance.MasterUserSecret.SecretArn>",
        "ROTATION_DAYS": 30,
    }
    yield from differences(own, stack["SecretAdoptionFunction"]["Environment"]["Variables"], "SecretAdoptionFunction")
    changed = {"name": ["<SecretParameters.DatabaseAppUserName>"], "operation": ["Update"]}
    pattern = stack["SecretAdoptionParameterRule"]["EventPattern"]
    yield from differences({"source": ["aws.ssm"], "detail": changed}, pattern, "SecretAdoptionParameterRule")
    for role, wanted in PARAMETER_RIGHTS.items():
        found = {right for right in rights(stack[role]) if right[0].startswith(("ssm:", "secretsmanager:", "lambda:"))}
        yield from (f"{role} may {right}" for right in sorted(found - wanted))
        yield from (f"{role} may not {right}" for right in sorted(wanted - found))


def rights(role: dict) -> set[tuple[str, str]]:
    """Action and resource of everything that a role may do."""
    found = set()
    for policy in role["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            actions, resources = (
                value if isinstance(value, list) else [value] for value in (statement["Action"], statement["Resource"])
            )
            found |= {(action, resource) for action in actions for resource in resources}
    return found


PARAMETER = "<SecretParameters.DatabaseAppUser>"
MASTER = "<DatabaseInstance.MasterUserSecret.SecretArn>"
PARAMETER_RIGHTS = {
    "SecretRotationRole": {
        *(
            (f"ssm:{action}Parameter", where)
            for action in ("Get", "Put")
            for where in (PARAMETER, f"{PARAMETER}/pending/*")
        ),
        ("ssm:GetParametersByPath", f"{PARAMETER}/pending"),
        ("ssm:DeleteParameter", f"{PARAMETER}/pending/*"),
        *(
            (f"ssm:{action}", PARAMETER)
            for action in ("ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource")
        ),
        ("secretsmanager:GetSecretValue", MASTER),
        ("secretsmanager:GetRandomPassword", "*"),
    },
    "SecretAdoptionRole": {
        *((f"ssm:{action}", PARAMETER) for action in ("GetParameter", "ListTagsForResource", "AddTagsToResource")),
        ("ssm:GetParameter", "arn:aws:ssm:ap-northeast-1:123456789012:parameter<SalesParameter>"),
        ("secretsmanager:DescribeSecret", MASTER),
        ("secretsmanager:TagResource", MASTER),
    },
}


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

"""What is switched on by a parameter: Redis, and the secrets and ports of the shop's partners."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Stack, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, PROD, SECRET

REDIS = [
    "RedisSecurityGroup",
    "RedisIngressFromTasks",
    "RedisSubnetGroup",
    "RedisSecret",
    "RedisCache",
    "EcsEgressToRedis",
]
PARTNERS = {
    "OAUTH_CLIENT_SECRET": SECRET.format("oauth"),
    "STRIPE_SECRET_KEY": SECRET.format("stripe"),
    "SENTRY_DSN": SECRET.format("sentry"),
    "MONGODB_URI": SECRET.format("mongodb"),
}
DATABASE = {"DB_USERNAME": "<DatabaseAppSecret>:username::", "DB_PASSWORD": "<DatabaseAppSecret>:password::"}


@rule
def redis_comes_only_on_request_and_private(template: Template) -> Iterator[Finding]:
    for name, nodes, failover in (("prod with redis and partners", 2, True), ("dev with redis", 1, False)):
        stack = template.stack(ALL[name])
        wanted = {
            "TransitEncryptionEnabled": True,
            "AtRestEncryptionEnabled": True,
            "AuthToken": "{{resolve:secretsmanager:<RedisSecret>}}",
            "CacheSubnetGroupName": "<RedisSubnetGroup>",
            "SecurityGroupIds": ["<RedisSecurityGroup>"],
            "NumCacheClusters": nodes,
            "AutomaticFailoverEnabled": failover,
            "MultiAZEnabled": failover,
        }
        yield from differences(wanted, stack["RedisCache"], f"{name}: RedisCache")
        subnets = {"SubnetIds": ["<NetworkDataSubnetA>", "<NetworkDataSubnetB>"]}
        yield from differences(subnets, stack["RedisSubnetGroup"], "RedisSubnetGroup")
        port = {"IpProtocol": "tcp", "FromPort": 6379, "ToPort": 6379}
        door = {
            **port,
            "GroupId": "<RedisSecurityGroup>",
            "SourceSecurityGroupId": "<EcsSecurityGroup>",
            "CidrIp": None,
        }
        yield from differences(door, stack["RedisIngressFromTasks"], "RedisIngressFromTasks")
        way = {**port, "GroupId": "<EcsSecurityGroup>", "DestinationSecurityGroupId": "<RedisSecurityGroup>"}
        yield from differences(way, stack["EcsEgressToRedis"], "EcsEgressToRedis")
        doors = [
            door.id for door in stack.of_type("AWS::EC2::SecurityGroupIngress")
            if door.properties["GroupId"] == "<RedisSecurityGroup>"
        ]  # fmt: skip
        if doors != ["RedisIngressFromTasks"]:
            yield f"{name}: Redis lets in {doors}"
        if _secrets(stack).get("REDIS_AUTH_TOKEN") != "<RedisSecret>":
            yield f"{name}: the shop does not get the token"
    yield from (f"{made} is made without a request" for made in REDIS if template.stack(PROD)[made])


@rule
def partners_secrets_and_ports_come_only_on_request(template: Template) -> Iterator[Finding]:
    full = template.stack(ALL["prod with redis and partners"])
    wanted = {**DATABASE, "REDIS_AUTH_TOKEN": "<RedisSecret>", "JWT_SECRET": "<SecretJwt>", **PARTNERS}
    for stack, secrets in ((full, wanted), (template.stack(PROD), DATABASE)):
        found = _secrets(stack)
        if found != secrets:
            yield f"the container gets {sorted(found)}, not {sorted(secrets)}"
        may_read = {value.removesuffix(":username::").removesuffix(":password::") for value in secrets.values()}
        if _readable(stack) != may_read:
            yield f"ECS may read {sorted(_readable(stack))}, not {sorted(may_read)}"
    atlas = {"FromPort": 27015, "ToPort": 27017, "IpProtocol": "tcp", "CidrIp": "0.0.0.0/0"}
    yield from differences(atlas, full["EcsEgressToAtlas"], "EcsEgressToAtlas")
    for made in ("EcsEgressToAtlas", "SecretJwt"):
        if template.stack(PROD)[made]:
            yield f"{made} is made without a request"


@rule
def generated_secrets_have_no_literal_and_a_name(template: Template) -> Iterator[Finding]:
    for secret in template.stack(ALL["prod with redis and partners"]).of_type("AWS::SecretsManager::Secret"):
        if "SecretString" in secret.properties or "GenerateSecretString" not in secret.properties:
            yield f"{secret.id} is not made up by Secrets Manager"
        if not str(secret.properties.get("Name", "")).startswith("app/prod/"):
            yield f"{secret.id} is called {secret.properties.get('Name')}"


def _secrets(stack: Stack) -> dict[str, str]:
    (container,) = stack["EcsTaskDefinition"]["ContainerDefinitions"]
    return {secret["Name"]: secret["ValueFrom"] for secret in container["Secrets"]}


def _readable(stack: Stack) -> set[str]:
    statements = stack["EcsExecutionRole"]["Policies"][0]["PolicyDocument"]["Statement"]
    return {
        resource for found in statements if found["Action"] == "secretsmanager:GetSecretValue"
        for resource in found["Resource"]
    }  # fmt: skip

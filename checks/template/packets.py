"""Every packet between two groups, or from and to the internet: does it pass? Compared with a table."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Stack, Template
from checks.template.rules import Finding, rule
from checks.template.sets import ALL

ANY = "the internet"
PORTS = (22, 80, 443, 3000, 3001, 5432, 6379, 8080, 27017)

# from, to, port: everything that may pass. Functions inside the VPC stand in their own checks.
WEB_API = {
    (ANY, "Alb", 80),
    (ANY, "Alb", 443),
    ("Alb", "Web", 3000),
    ("Alb", "Ecs", 3001),
    ("Web", "Ecs", 3001),
    ("Ecs", "Database", 5432),
    ("Ecs", "Redis", 6379),
    ("Ecs", "NetworkEndpoint", 443),
    ("Web", "NetworkEndpoint", 443),
    ("Ecs", ANY, 443),
    ("Web", ANY, 443),
    # The load balancer's door stands open to everybody, so to the tasks, too.
    ("Ecs", "Alb", 443),
    ("Web", "Alb", 443),
}
SINGLE = {
    (ANY, "Alb", 80),
    (ANY, "Alb", 443),
    ("Alb", "Ecs", 8080),
    ("Ecs", "Database", 5432),
    ("Ecs", ANY, 443),
    ("Ecs", "Alb", 443),
}
SHOP = ("Alb", "Ecs", "Web", "Database", "Redis", "NetworkEndpoint")


@rule
def packets_pass_only_along_the_drawing(template: Template) -> Iterator[Finding]:
    for name, table in (("prod web api", WEB_API), ("prod", SINGLE)):
        stack = template.stack(ALL[name])
        groups = [group for group in SHOP if stack[f"{group}SecurityGroup"]]
        ends = [*groups, ANY]
        passed = {
            (source, target, port)
            for source in ends for target in ends for port in PORTS
            if source != target and _leaves(stack, source, target, port) and _enters(stack, source, target, port)
        }  # fmt: skip
        yield from (f"{name}: {source} reaches {target} on {port}" for source, target, port in sorted(passed - table))
        yield from (
            f"{name}: {source} does not reach {target} on {port}" for source, target, port in sorted(table - passed)
        )


def _leaves(stack: Stack, source: str, target: str, port: int) -> bool:
    return source == ANY or _matches(stack, "Egress", "Destination", source, target, port)


def _enters(stack: Stack, source: str, target: str, port: int) -> bool:
    return target == ANY or _matches(stack, "Ingress", "Source", target, source, port)


def _matches(stack: Stack, direction: str, end: str, owner: str, other: str, port: int) -> bool:
    """Does a rule of ``owner`` let pass what goes to, or comes from, ``other``?"""
    for found in stack.of_type(f"AWS::EC2::SecurityGroup{direction}"):
        flow = found.properties
        if flow["GroupId"] != f"<{owner}SecurityGroup>":
            continue
        if flow["IpProtocol"] != "-1" and not int(flow["FromPort"]) <= port <= int(flow["ToPort"]):
            continue
        # A range of addresses is taken for all of them: the table names groups.
        if "CidrIp" in flow or flow.get(f"{end}SecurityGroupId") == f"<{other}SecurityGroup>":
            return True
    return False

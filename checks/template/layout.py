"""How the template reads: order, banners, names, parameters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from checks.template.model import Template
from checks.template.rules import Finding, rule

READING_ORDER = [
    "AWSTemplateFormatVersion",
    "Transform",
    "Description",
    "Metadata",
    "Parameters",
    "Mappings",
    "Conditions",
    "Rules",
    "Globals",
    "Resources",
    "Outputs",
]

# Which names may stand under which banner.
SECTIONS = {
    "1": r"Network\w+",
    "2": r"Alb\w+",
    "2.1": r"Name\w+",
    "2.2": r"Waf\w+",
    "2.3": r"Cdn\w+",
    "3": r"Ecs\w+",
    "3.1": r"Web\w+",
    "4": r"(Ecs|Web)\w+",
    "5": r"Database\w+",
    "5.1": r"Redis\w+",
    "5.2": r"Secret\w+",
    "6": r"\w+(Topic|Email|Queue|QueuePolicy|Subscription|Rule)",
    "7": r"(Alb|Ecs|Web|Database)\w+Alarm",
    "9": r"Overview\w+",
    "8": r"nothing stands before 8.1",
    "8.1": r"Sale\w+",
    "8.2": r"SlackAlert\w+",
    "8.3": r"DevShutdown\w+",
    "8.6": r"Secret(Rotation|Adoption)\w+",
    "8.4": r"SnapshotCheck\w+",
    "8.5": r"RestoreDrill\w+",
    "8.7": r"SecretBootstrap\w+",
}

BANNER = re.compile(r"^  # ═+\n  #  ([0-9.]+)  (\w[\w ]*?) — (.+)\n(?:  #  .*\n)*  # ═+$", re.MULTILINE)

# Names that people read or type; every other name is CloudFormation's, because a fixed one blocks a replacement.
NAMED_ON_PURPOSE = {
    ("AWS::CloudWatch::Alarm", "AlarmName"),
    ("AWS::Logs::LogGroup", "LogGroupName"),
    ("AWS::SSM::Parameter", "Name"),
    ("AWS::Logs::QueryDefinition", "Name"),
    ("AWS::SecretsManager::Secret", "Name"),
    ("AWS::ServiceDiscovery::PrivateDnsNamespace", "Name"),
    ("AWS::ServiceDiscovery::Service", "Name"),
    ("AWS::ApplicationAutoScaling::ScalingPolicy", "PolicyName"),
}
NAME_PROPERTY = re.compile(
    r"^(Name|AlarmName|\w*(Function|Role|Topic|Queue|Cluster|Service|LogGroup|Policy|Rule)Name)$"
)
# These name something else by such a property, not themselves.
NAME_OTHERS = {
    "AWS::Lambda::Permission",
    "AWS::Lambda::EventSourceMapping",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::FlowLog",
    "AWS::Route53::RecordSet",
    "AWS::Logs::MetricFilter",
}


@rule
def sections_stand_in_reading_order(template: Template) -> Iterator[Finding]:
    found = list(template.source)
    if found != [key for key in READING_ORDER if key in found]:
        yield f"the sections are {', '.join(found)}"
    for key in found:
        if key not in READING_ORDER:
            yield f"{key} is not in the reading order"


@rule
def contents_list_names_every_banner(template: Template) -> Iterator[Finding]:
    banners = {number: title for number, title, _ in BANNER.findall(template.text)}
    head = template.text.split("\nMetadata:")[0]
    for number, title in banners.items():
        listed = rf"^#   {number} {title} " if "." not in number else rf"{number} {title}\b"
        if not re.search(listed, head, re.MULTILINE):
            yield f"the contents list does not name {number} {title}"
    for number in re.findall(r"^#   (\d+) ", head, re.MULTILINE):
        if number not in banners:
            yield f"the contents list names {number}, which has no banner"


@rule
def logical_ids_belong_to_their_section(template: Template) -> Iterator[Finding]:
    section = ""
    body = template.text.split("\nResources:\n")[1].split("\nOutputs:\n")[0]
    for line in body.splitlines():
        if banner := re.match(r"  #  ([0-9.]+)  \w", line):
            section = banner.group(1)
        elif resource := re.match(r"  (\w+):$", line):
            pattern = SECTIONS.get(section, "no such section")
            if not re.fullmatch(pattern, resource.group(1)):
                yield f"{resource.group(1)} stands in section {section or '(none)'}"


@rule
def every_parameter_is_grouped_once(template: Template) -> Iterator[Finding]:
    groups = template.source["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    grouped = Counter(name for group in groups for name in group["Parameters"])
    for name in template.source["Parameters"]:
        if grouped[name] != 1:
            yield f"parameter {name} is in {grouped[name]} groups"
    for name in grouped:
        if name not in template.source["Parameters"]:
            yield f"group names {name}, which is no parameter"


@rule
def every_parameter_is_described_and_bounded(template: Template) -> Iterator[Finding]:
    for name, parameter in template.source["Parameters"].items():
        if len(parameter.get("Description", "")) < 10:
            yield f"parameter {name} has no description"
        bounded = {"AllowedValues", "AllowedPattern"} & parameter.keys() or {"MinValue", "MaxValue"} <= parameter.keys()
        if not bounded:
            yield f"parameter {name} takes any value"
        pattern = parameter.get("AllowedPattern", "^$")
        if not (pattern.startswith("^") and pattern.endswith("$")):
            yield f"the pattern of parameter {name} is not anchored"


@rule
def conditions_are_questions(template: Template) -> Iterator[Finding]:
    for name in template.source["Conditions"]:
        if not re.match(r"(Is|Has|Implies)[A-Z]", name):
            yield f"condition {name} is no question"


@rule
def physical_names_are_given_on_purpose_only(template: Template) -> Iterator[Finding]:
    for name, resource in template.translated["Resources"].items():
        if resource["Type"] in NAME_OTHERS:
            continue
        for key in resource.get("Properties", {}):
            if NAME_PROPERTY.match(key) and (resource["Type"], key) not in NAMED_ON_PURPOSE:
                yield f"{name} has a fixed {key}"

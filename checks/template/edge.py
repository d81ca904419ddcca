"""What stands before the load balancer: name, certificate, firewall, and where its log goes."""

from __future__ import annotations

from collections.abc import Iterator

from checks.template.model import Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD

NAMED = ALL["prod with a name and lists"]

# "AWS Managed Rules rule groups list": capacity of each. Of the others a rate rule has 2, an IP or country list 1.
MANAGED = {
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesSQLiRuleSet": 200,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
}
FREE_CAPACITY = 1500  # "AWS WAF pricing": more costs extra for each million requests
LISTS = ["allowed-addresses", "denied-addresses", "blocked-countries"]


@rule
def https_is_remembered_by_browsers_for_a_year(template: Template) -> Iterator[Finding]:
    attributes = {
        entry["Key"]: entry["Value"] for entry in template.stack(PROD)["AlbHttpsListener"]["ListenerAttributes"]
    }
    wanted = {"routing.http.response.strict_transport_security.header_value": "max-age=31536000"}
    yield from differences(wanted, attributes, "AlbHttpsListener")


@rule
def certificate_is_given_or_made_in_the_zone(template: Template) -> Iterator[Finding]:
    named, given = template.stack(NAMED), template.stack(PROD)
    zone = {"DomainName": "shop.example.com", "HostedZoneId": NAMED["HostedZoneId"]}
    wanted = {"DomainName": "shop.example.com", "ValidationMethod": "DNS", "DomainValidationOptions": [zone]}
    yield from differences(wanted, named["NameCertificate"], "NameCertificate")
    if given["NameCertificate"]:
        yield "a certificate is made although one is given"
    for stack, certificate in ((named, "<NameCertificate>"), (given, PROD["CertificateArn"])):
        wanted = {"Certificates": [{"CertificateArn": certificate}]}
        yield from differences(wanted, stack["AlbHttpsListener"], "AlbHttpsListener")


@rule
def name_leads_to_the_load_balancer(template: Template) -> Iterator[Finding]:
    alias = {
        "DNSName": "<AlbLoadBalancer.DNSName>",
        "HostedZoneId": "<AlbLoadBalancer.CanonicalHostedZoneID>",
        "EvaluateTargetHealth": True,
    }
    wanted = {"Name": "shop.example.com", "Type": "A", "HostedZoneId": NAMED["HostedZoneId"], "AliasTarget": alias}
    yield from differences(wanted, template.stack(NAMED)["NameRecord"], "NameRecord")
    for parameters in (PROD, {**PROD, "DomainName": "shop.example.com"}):
        if template.stack(parameters)["NameRecord"]:
            yield "a record is written without a zone"


@rule
def firewall_stands_before_the_load_balancer(template: Template) -> Iterator[Finding]:
    stack = template.stack(NAMED)
    acl = stack["WafWebAcl"]
    yield from differences({"Scope": "REGIONAL", "DefaultAction": {"Allow": {}}}, acl, "WafWebAcl")
    wanted = {"WebACLArn": "<WafWebAcl.Arn>", "ResourceArn": "<AlbLoadBalancer>"}
    yield from differences(wanted, stack["WafAssociation"], "WafAssociation")
    statements = [rule_["Statement"] for rule_ in acl.get("Rules", [])]
    groups = [s["ManagedRuleGroupStatement"]["Name"] for s in statements if "ManagedRuleGroupStatement" in s]
    if sorted(groups) != sorted(MANAGED):
        yield f"the managed groups are {groups}"
    for limit, parameters in ((500, NAMED), (2000, PROD)):
        rates = [r for r in template.stack(parameters)["WafWebAcl"]["Rules"] if "RateBasedStatement" in r["Statement"]]
        wanted = {"Limit": limit, "EvaluationWindowSec": 300, "AggregateKeyType": "IP"}
        yield from differences(wanted, rates[0]["Statement"]["RateBasedStatement"] if rates else {}, "rate rule")
        yield from (f"{r['Name']} does not block" for r in rates if "Block" not in r.get("Action", {}))
    for found in acl.get("Rules", []):
        if "ManagedRuleGroupStatement" in found["Statement"] and found.get("OverrideAction") != {"None": {}}:
            yield f"{found['Name']} only counts"
    capacity = sum(MANAGED.get(group, 0) for group in groups) + 2 + len(LISTS) + 2  # a rate, the lists, a word
    if capacity > FREE_CAPACITY:
        yield f"the firewall needs {capacity} units"


@rule
def firewall_is_on_in_production_and_by_request(template: Template) -> Iterator[Finding]:
    kinds = ("WafWebAcl", "WafAssociation", "WafAllowedAddresses", "WafDeniedAddresses")
    for parameters, wanted in (
        (PROD, kinds[:2]),
        (DEV, ()),
        ({**DEV, "EnableWaf": "true"}, kinds[:2]),
        (NAMED, kinds),
        ({**NAMED, "EnableWaf": "false"}, ()),
    ):
        found = tuple(kind for kind in kinds if template.stack(parameters)[kind])
        if found != tuple(wanted):
            yield f"EnableWaf={parameters.get('EnableWaf')} in {parameters['EnvironmentName']} makes {found}"


@rule
def firewall_lists_appear_when_they_are_given(template: Template) -> Iterator[Finding]:
    rules = {found["Name"]: found for found in template.stack(NAMED)["WafWebAcl"]["Rules"]}
    for name, action in zip(LISTS, ("Allow", "Block", "Block"), strict=True):
        if list(rules.get(name, {}).get("Action", {})) != [action]:
            yield f"{name} does not {action.lower()}"
    order = sorted(rules, key=lambda name: rules[name]["Priority"])
    if order[:3] != LISTS or len({found["Priority"] for found in rules.values()}) != len(rules):
        yield f"the rules come in the order {order}"
    countries = rules.get("blocked-countries", {}).get("Statement", {}).get("GeoMatchStatement", {})
    yield from differences({"CountryCodes": ["KP", "IR"]}, countries, "blocked-countries")
    for name, addresses in (
        ("WafAllowedAddresses", ["203.0.113.7/32"]),
        ("WafDeniedAddresses", ["198.51.100.0/24", "192.0.2.0/24"]),
    ):
        yield from differences({"Addresses": addresses, "Scope": "REGIONAL"}, template.stack(NAMED)[name], name)
    without = {found["Name"] for found in template.stack(PROD)["WafWebAcl"]["Rules"]}
    yield from (f"{name} is there although its list is empty" for name in without & set(LISTS))


@rule
def buckets_are_private_encrypted_and_end(template: Template) -> Iterator[Finding]:
    stack = template.stack(ALL["prod cloudfront"])
    policies = {p.properties["Bucket"]: p.properties["PolicyDocument"] for p in stack.of_type("AWS::S3::BucketPolicy")}
    for bucket in stack.of_type("AWS::S3::Bucket"):
        blocked = ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")
        found = bucket.properties.get("PublicAccessBlockConfiguration", {})
        yield from differences(dict.fromkeys(blocked, True), found, bucket.id)
        encryption = bucket.properties.get("BucketEncryption", {}).get("ServerSideEncryptionConfiguration", [{}])[0]
        if not encryption.get("ServerSideEncryptionByDefault", {}).get("SSEAlgorithm"):
            yield f"{bucket.id} is not encrypted"
        rules = bucket.properties.get("LifecycleConfiguration", {}).get("Rules", [])
        if not any("AbortIncompleteMultipartUpload" in found for found in rules):
            yield f"{bucket.id} keeps broken uploads for ever"
        denied = [s for s in policies.get(f"<{bucket.id}>", {}).get("Statement", []) if s["Effect"] == "Deny"]
        both = [f"<{bucket.id}.Arn>", f"<{bucket.id}.Arn>/*"]
        tls = {"Principal": "*", "Action": "s3:*", "Resource": both}
        if not denied or denied[0].get("Condition") != {"Bool": {"aws:SecureTransport": "false"}}:
            yield f"{bucket.id} takes requests without TLS"
        else:
            yield from differences(tls, denied[0], bucket.id)


@rule
def load_balancer_may_write_its_log(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    allowed = [s for s in stack["AlbLogBucketPolicy"]["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    wanted = {
        "Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "<AlbLogBucket.Arn>/alb/AWSLogs/123456789012/*",
        "Condition": {
            "ArnLike": {"aws:SourceArn": "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/*"}
        },
    }
    if len(allowed) != 1:
        yield f"AlbLogBucketPolicy lets in {len(allowed)} writers"
    yield from differences(wanted, allowed[0] if allowed else {}, "AlbLogBucketPolicy")
    key = stack["AlbLogBucket"].get("BucketEncryption", {})
    if "AES256" not in str(key):
        yield "the load balancer cannot write to a bucket with a KMS key"
    if "AlbLogBucketPolicy" not in stack.resources["AlbLoadBalancer"].attributes.get("DependsOn", []):
        yield "the load balancer may be made before it may write"

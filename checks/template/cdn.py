"""CloudFront before the load balancer, on request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checks.template.model import Stack, Template
from checks.template.rules import Finding, differences, rule
from checks.template.sets import ALL, DEV, PROD

CDN = ALL["prod cloudfront"]
# AWS documentation: "Use managed cache policies", "Use managed origin request policies".
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
CACHING_OPTIMIZED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
ALL_METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
WORD = "{{resolve:secretsmanager:<CdnOriginSecret>}}"
FORWARDED = {"HeaderName": "X-Forwarded-For"}


@rule
def cloudfront_comes_only_on_request(template: Template) -> Iterator[Finding]:
    for parameters in (PROD, DEV):
        stack = template.stack(parameters)
        yield from (f"{name} is made without a request" for name in stack.resources if name.startswith("Cdn"))
        if "past-cloudfront" in str(stack["WafWebAcl"]) or "FORWARDED" in str(stack["WafWebAcl"]):
            yield "the firewall waits for CloudFront, which is not there"


@rule
def behind_cloudfront_only_cloudfront_gets_in(template: Template) -> Iterator[Finding]:
    stack = template.stack(CDN)
    doors = [d.properties for d in stack.of_type("AWS::EC2::SecurityGroupIngress")
             if d.properties["GroupId"] == "<AlbSecurityGroup>"]  # fmt: skip
    wanted = {"SourcePrefixListId": "pl-58a04531", "FromPort": 443, "ToPort": 443, "IpProtocol": "tcp", "CidrIp": None}
    if len(doors) != 1:
        yield f"the load balancer has {len(doors)} doors"
    yield from differences(wanted, doors[0], "AlbIngressHttps")
    rules = {found["Name"]: found for found in stack["WafWebAcl"]["Rules"]}
    first = min(rules, key=lambda name: rules[name]["Priority"])
    past = rules.get("past-cloudfront", {})
    match = past.get("Statement", {}).get("NotStatement", {}).get("Statement", {}).get("ByteMatchStatement", {})
    wanted = {
        "FieldToMatch": {"SingleHeader": {"Name": "x-yakin-origin"}},
        "PositionalConstraint": "EXACTLY",
        "SearchString": WORD,
    }
    yield from differences(wanted, match, "past-cloudfront")
    if first != "past-cloudfront" or "Block" not in past.get("Action", {}):
        yield f"{first} comes before past-cloudfront, or that does not block"
    rate = rules["too-many-requests"]["Statement"]["RateBasedStatement"]
    yield from differences({"AggregateKeyType": "FORWARDED_IP"}, rate, "too-many-requests")
    yield from differences(FORWARDED, rate.get("ForwardedIPConfig", {}), "too-many-requests")
    country = rules["blocked-countries"]["Statement"]["GeoMatchStatement"]
    yield from differences(FORWARDED, country.get("ForwardedIPConfig", {}), "blocked-countries")
    for name in ("allowed-addresses", "denied-addresses"):
        config = rules[name]["Statement"]["IPSetReferenceStatement"].get("IPSetForwardedIPConfig", {})
        yield from differences({**FORWARDED, "Position": "LAST"}, config, name)


@rule
def cloudfront_speaks_tls_and_caches_only_assets(template: Template) -> Iterator[Finding]:
    config = template.stack(CDN)["CdnDistribution"]["DistributionConfig"]
    wanted = {"Aliases": ["shop.example.com"], "Enabled": True, "WebACLId": CDN["CloudFrontWebAclArn"]}
    yield from differences(wanted, config, "CdnDistribution")
    certificate = {
        "AcmCertificateArn": CDN["CloudFrontCertificateArn"],
        "SslSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }
    yield from differences(certificate, config["ViewerCertificate"], "CdnDistribution")
    if "ForwardedValues" in str(config):
        yield "CdnDistribution uses ForwardedValues, which policies replaced"
    dynamic = {
        "TargetOriginId": "shop",
        "AllowedMethods": ALL_METHODS,
        "CachePolicyId": CACHING_DISABLED,
        "OriginRequestPolicyId": ALL_VIEWER,
        "ResponseHeadersPolicyId": "<CdnHeaders>",
    }
    behaviours: dict[str, Any] = {behaviour["PathPattern"]: behaviour for behaviour in config["CacheBehaviors"]}
    for path, wanted in (
        ("default", {**dynamic, "ViewerProtocolPolicy": "redirect-to-https"}),
        ("/api/*", {**dynamic, "ViewerProtocolPolicy": "https-only"}),
        ("/assets/*", {"TargetOriginId": "assets", "CachePolicyId": CACHING_OPTIMIZED, "OriginRequestPolicyId": None}),
    ):
        found = config["DefaultCacheBehavior"] if path == "default" else behaviours.get(path, {})
        yield from differences(wanted, found, f"CdnDistribution {path}")
    if "WebACLId" in template.stack({**CDN, "CloudFrontWebAclArn": ""})["CdnDistribution"]["DistributionConfig"]:
        yield "an empty web ACL is named"
    hsts = template.stack(CDN)["CdnHeaders"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    yield from differences({"AccessControlMaxAgeSec": 31536000}, hsts["StrictTransportSecurity"], "CdnHeaders")


@rule
def cloudfront_reaches_the_shop_and_its_bucket_alone(template: Template) -> Iterator[Finding]:
    stack = template.stack(CDN)
    origins = {origin["Id"]: origin for origin in stack["CdnDistribution"]["DistributionConfig"]["Origins"]}
    shop, assets = origins.get("shop", {}), origins.get("assets", {})
    wanted = {
        "DomainName": "<AlbLoadBalancer.DNSName>",
        "OriginCustomHeaders": [{"HeaderName": "X-Yakin-Origin", "HeaderValue": WORD}],
    }
    yield from differences(wanted, shop, "origin shop")
    tls = {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]}
    yield from differences(tls, shop.get("CustomOriginConfig", {}), "origin shop")
    wanted = {
        "DomainName": "<CdnAssetsBucket.RegionalDomainName>",
        "OriginAccessControlId": "<CdnAssetsAccess.Id>",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    yield from differences(wanted, assets, "origin assets")
    signing = {"SigningBehavior": "always", "SigningProtocol": "sigv4", "OriginAccessControlOriginType": "s3"}
    yield from differences(signing, stack["CdnAssetsAccess"]["OriginAccessControlConfig"], "CdnAssetsAccess")
    yield from _readers(stack)
    alias = {"DNSName": "<CdnDistribution.DomainName>", "HostedZoneId": "Z2FDTNDATAQYW2", "EvaluateTargetHealth": False}
    yield from differences(alias, stack["NameRecord"]["AliasTarget"], "NameRecord")


def _readers(stack: Stack) -> Iterator[Finding]:
    allowed = [s for s in stack["CdnAssetsBucketPolicy"]["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    ours = "arn:aws:cloudfront::123456789012:distribution/<CdnDistribution>"
    wanted = {
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": "<CdnAssetsBucket.Arn>/*",
        "Condition": {"StringEquals": {"aws:SourceArn": ours}},
    }
    if len(allowed) != 1:
        yield f"CdnAssetsBucketPolicy lets in {len(allowed)} readers"
    yield from differences(wanted, allowed[0] if allowed else {}, "CdnAssetsBucketPolicy")


@rule
def exports_go_to_a_bucket_of_their_own(template: Template) -> Iterator[Finding]:
    stack = template.stack(PROD)
    rules = stack["DatabaseExportBucket"]["LifecycleConfiguration"]["Rules"]
    if not [found for found in rules if found.get("ExpirationInDays") == 366]:
        yield "DatabaseExportBucket keeps for ever"
    trust = stack["DatabaseExportRole"]["AssumeRolePolicyDocument"]["Statement"][0]
    wanted = {"Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}}}
    yield from differences(wanted, trust, "DatabaseExportRole")

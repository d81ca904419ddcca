"""The systems of the template as a table, and what shows that each of them holds.

A row is proven by rules (their names) and by tests of checks/ (names of functions). ``missing`` says in words what is
not built or not shown yet: such a row never counts as holding. Systems that are the work of a function or of the
pipeline alone have no row here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    number: int
    name: str
    shown_by: tuple[str, ...] = ()
    missing: str = ""


def judge(row: Row, outcomes: dict[str, bool]) -> str:
    """``outcomes``: did what has this name pass? A name that did not run is not in it."""
    broken = [name for name in row.shown_by if outcomes.get(name) is False]
    if broken:
        return f"BROKEN: {', '.join(broken)}"
    if row.missing:
        return f"open: {row.missing}"
    silent = [name for name in row.shown_by if name not in outcomes]
    return f"not run: {', '.join(silent)}" if silent else "holds"


ROWS = [
    Row(1, "VPC and DNS flags", ("vpc is 10 0 with dns",)),
    Row(2, "Six subnets, two zones", ("six subnets lie in three tiers and two zones",)),
    Row(3, "Internet gateway, NAT by mode", ("nat gateways follow the mode",)),
    Row(
        4,
        "Data subnets isolated",
        (
            "only the public tier reaches the internet gateway",
            "database stands in the data tier and takes tls only",
        ),
    ),
    Row(
        5,
        "S3 gateway, interface endpoints",
        (
            "s3 endpoint serves both app route tables",
            "interface endpoints follow their switch",
            "tasks read their secrets from the store",
        ),
    ),
    Row(6, "VPC flow logs", ("flow log sees all traffic and ends",)),
    Row(
        7,
        "Load balancer's security group",
        ("security groups let in and out exactly this", "behind cloudfront only cloudfront gets in"),
    ),
    Row(
        8,
        "Tasks' security groups",
        (
            "security groups let in and out exactly this",
            "security groups close their own lists",
            "partners secrets and ports come only on request",
            "packets pass only along the drawing",
        ),
    ),
    Row(
        9,
        "Database's security group",
        ("security groups let in and out exactly this", "security groups close their own lists"),
    ),
    Row(10, "Web to API rule", ("packets pass only along the drawing",)),
    Row(
        11,
        "Load balancer",
        ("load balancer faces the internet from both public subnets", "load balancer may write its log"),
    ),
    Row(12, "HTTP redirects to HTTPS", ("http only redirects where there is a certificate",)),
    Row(
        13,
        "TLS 1.2, HSTS",
        (
            "http only redirects where there is a certificate",
            "https is remembered by browsers for a year",
            "test_rules_refuse_a_bad_production",
        ),
    ),
    Row(14, "Certificate", ("certificate is given or made in the zone",)),
    Row(15, "Target group, health check", ("health check finds a dead task within 30 seconds",)),
    Row(16, "Path routing", ("paths lead to the api or the pages", "pages are run and watched as the api is")),
    Row(17, "Sticky sessions", ("visitors stick only on request",)),
    Row(18, "DNS record", ("name leads to the load balancer", "cloudfront reaches the shop and its bucket alone")),
    Row(
        19, "Web firewall", ("firewall stands before the load balancer", "firewall is on in production and by request")
    ),
    Row(20, "Firewall's country and address lists", ("firewall lists appear when they are given",)),
    Row(
        21,
        "CloudFront",
        (
            "cloudfront comes only on request",
            "behind cloudfront only cloudfront gets in",
            "cloudfront speaks tls and caches only assets",
            "cloudfront reaches the shop and its bucket alone",
            "test_rules_refuse_a_bad_production",
        ),
    ),
    Row(
        22,
        "Buckets",
        (
            "buckets are private encrypted and end",
            "load balancer may write its log",
            "cloudfront reaches the shop and its bucket alone",
            "exports go to a bucket of their own",
        ),
    ),
    Row(23, "Image registry", ("images are scanned immutable and expire", "test_image_that_runs_is_never_expired")),
    Row(24, "Cluster and providers", ("capacity providers follow the spot mode",)),
    Row(25, "Task size", ("task fits its environment", "test_rules_refuse_a_bad_production")),
    Row(26, "No plain secrets in the task", ("container carries no secret in the open",)),
    Row(27, "Image by tag or digest", ("test_parameter_takes_what_is_right_and_refuses_the_rest",)),
    Row(28, "Container health check", ("container logs and stops in order",)),
    Row(29, "Logs", ("container logs and stops in order", "function logs go to a group with an end")),
    Row(30, "ECS service", ("service rolls out safely and leaves the count to autoscaling",)),
    Row(
        31,
        "Circuit breaker, shifting strategies",
        (
            "service rolls out safely and leaves the count to autoscaling",
            "traffic shifts between two equal target groups",
            "both target groups are watched when traffic shifts",
        ),
    ),
    Row(32, "Capacity providers, Spot", ("capacity providers follow the spot mode",)),
    Row(33, "Stop timeout", ("container logs and stops in order",)),
    Row(34, "Task and execution roles", ("roles may do exactly this", "wildcards have a reason")),
    Row(35, "ECS Exec", ("shell and its permission come together", "interface endpoints follow their switch")),
    Row(
        36,
        "Service discovery",
        ("pages have no secret and know the api by name", "pages are a service only on request"),
    ),
    Row(37, "Target tracking", ("scaling keeps the bounds of an ordinary day",)),
    Row(
        38,
        "Business hours and night schedule",
        ("bounds follow the clock only on request", "test_rules_leave_dev_to_its_own_clock"),
    ),
    Row(
        39,
        "Every schedule expression is valid",
        (
            "test_every_expression_is_valid",
            "test_a_bad_expression_is_found_where_it_stands",
            "test_every_schedule_names_the_time_zone_of_japan",
        ),
    ),
    Row(
        42,
        "Dev shutdown and restart",
        (
            "dev shutdown may do exactly this",
            "dev shutdown changes only what opted in",
            "production has no nights",
            "dev shutdown is told and woken",
        ),
    ),
    Row(
        43,
        "RDS PostgreSQL",
        (
            "database is private encrypted and backed up",
            "database fits its environment",
            "what holds state says what becomes of it",
        ),
    ),
    Row(
        44,
        "Aurora Serverless v2",
        (
            "aurora comes only on request and alone",
            "aurora is private encrypted and backed up",
            "aurora has a reader in production and its capacity",
            "everything that knows the database knows aurora",
        ),
    ),
    Row(45, "Backup and maintenance windows", ("windows fall into the right hours of japan",)),
    Row(
        46,
        "Restore from a snapshot",
        (
            "database is restored from a snapshot only on request",
            "test_the_page_ends_with_an_encrypted_database_in_the_stack",
        ),
    ),
    Row(
        47,
        "Snapshot check",
        (
            "snapshot check looks hourly in the morning and on the first",
            "snapshot check deletes only what it made",
            "roles may do exactly this",
        ),
    ),
    Row(
        48,
        "Restore drill",
        (
            "drills come in production and by request",
            "drill looks every five minutes on sundays and hourly",
            "only the drill enters a restored database",
            "drill deletes only drills",
            "drill copies home what the second region keeps",
            "drill of aurora adds instances to its own clusters only",
            "drill of aurora may do exactly this",
            "drill reads the secrets of drills and its reader only",
            "evidence of drills is kept a year and their checks are the teams",
            "rotation makes the reader",
            "drill reaches aws without the internet",
            "roles may do exactly this",
        ),
    ),
    Row(
        49,
        "Copies in a second region",
        ("roles may do exactly this", "test_rules_refuse_a_bad_production"),
    ),
    Row(
        50,
        "Secrets",
        (
            "app user has a generated password and an address",
            "generated secrets have no literal and a name",
            "partners secrets and ports come only on request",
        ),
    ),
    Row(
        51,
        "SSM as the secret store",
        (
            "secrets lie in one store",
            "tasks read their secrets from the store",
            "secret bootstrap makes and never changes",
            "a parameter is rotated and adopted too",
        ),
    ),
    Row(
        52,
        "Rotation of the database password",
        (
            "only secrets manager calls the rotation",
            "rotation stands in the vpc and adoption outside",
            "no task starts before its user logs in",
        ),
    ),
    Row(
        53,
        "New tasks after a rotation",
        ("rotation stands in the vpc and adoption outside", "test_event_matches_its_rule_and_no_other"),
    ),
    Row(
        54,
        "Topics and alarms",
        (
            "alarms are those of the table",
            "alarms say when they are over and what they mean",
            "critical alarms have a second path",
        ),
    ),
    Row(55, "5xx rate", ("error rate counts the load balancers own errors",)),
    Row(
        56,
        "Application's error rate",
        ("error lines become the metric of their alarm", "alarms are those of the table"),
    ),
    Row(
        59,
        "Budget",
        (
            "budget tells at 80 and 100 percent and ahead",
            "topic policy lets in budget and alarms",
            "test_budget_in_dollars_is_the_budget_in_yen",
        ),
    ),
    Row(
        60,
        "Functions' hygiene",
        (
            "every function has its whole block in order",
            "function logs go to a group with an end",
            "failed wake ups are kept",
            "each function has a role of its own",
            "wildcards have a reason",
        ),
    ),
    Row(63, "Redis", ("redis comes only on request and private",)),
    Row(
        64,
        "Atlas, Datadog, Sentry, Stripe hooks",
        (
            "partners secrets and ports come only on request",
            "helpers come only on request",
            "helpers never stop the shop",
            "helpers get what they need and no more",
            "test_rules_refuse_a_bad_production",
        ),
    ),
    Row(
        65,
        "Dashboard and saved query",
        ("dashboard shows only metrics that exist", "saved query finds the newest errors"),
    ),
    Row(
        69,
        "Whole template",
        (
            "test_sam_validate_is_clean",
            "test_cfn_lint_is_clean_on_what_the_sam_file_becomes",
            "test_cfn_lint_is_clean_for_every_set",
            "test_every_set_becomes_a_stack",
            "test_outputs_are_there_for_every_set",
        ),
    ),
    Row(
        70,
        "Cost table",
        (
            "test_lines_of_production_are_those_of_the_target",
            "test_production_and_dev_stay_within_the_budget",
            "test_a_month_over_the_budget_is_told",
        ),
    ),
]

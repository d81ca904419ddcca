"""Everything that a pre-flight asks of AWS, bad at once: each reader of the real function says so, with its figure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.aws import account, rds
from rehearsal.faults.scenarios import rest
from rehearsal.stage import IMAGE, Stage, stage

OPENS = datetime(2026, 12, 26, 11, 0, tzinfo=UTC)  # 20:00 in Tokyo
DAY_BEFORE = OPENS - timedelta(days=1)
CALENDAR = {
    "sales": [{"name": "winter", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:00", "min": 6, "max": 1200}]
}
BUILT = (Path(__file__).parents[2] / "functions" / "sale-scaling" / "target" / "sale-scaling.zip").exists()
pytestmark = pytest.mark.skipif(not BUILT, reason="the functions are not built: make package")


@pytest.fixture(scope="module")
def preflight() -> Iterator[dict[str, str]]:
    """The facts of the notice of a day before, by name."""
    with stage(DAY_BEFORE - timedelta(hours=1), parameters={"AlertLanguage": "en"}) as on:
        rest(on, lambda schedule: "SaleScaling" not in schedule)
        _spoil(on)
        on.world.clock.run_until(DAY_BEFORE - timedelta(seconds=30))
        service = on.client("ecs").update_service(cluster=on.cluster, service=on.service, forceNewDeployment=True)
        assert service["service"]["deployments"][0]["rolloutState"] == "IN_PROGRESS"
        on.world.clock.run_until(DAY_BEFORE)
        told = [json.loads(call.params["Message"]) for call in on.world.calls if call.action == "sns:Publish"]
        notice = next(one for one in told if "pre-flight" in one["title"])
        assert (
            notice["title"] == "Sale winter: pre-flight, only 0 of 10 checks are good; it opens 2026-12-26 (Sat) 20:00"
        )
        yield dict(notice["facts"])


def _spoil(on: Stage) -> None:
    """The pre-flight is half an hour later: so long no transaction log is saved."""
    database = on.id_of("DatabaseInstance")
    rds.stall_backups(database)
    rds.plan_maintenance(database, "system-update", "New operating system")
    account.vcpu_quota(6)
    account.certificate_ends(on.stack.parameters["CertificateArn"], OPENS + timedelta(hours=1))
    account.spend(actual=5_000.0, forecast=6_000.0)
    repository, _, tag = IMAGE.split("/", 1)[1].partition(":")
    on.client("ecr").batch_delete_image(repositoryName=repository, imageIds=[{"imageTag": tag}])
    on.edit_calendar(json.dumps(CALENDAR))


@pytest.mark.parametrize(
    ("check", "says"),
    [
        ("Most tasks", "app 6..1200; a target group takes 1000 → Lower max to 1000 or less."),
        ("Fargate vCPUs", "of 6; 1 in use now → Ask Service Quotas for 600 vCPUs today"),
        ("Free addresses", "scarcest subnet subnet-"),
        ("Database connections", "1200 tasks × 5 = 6000 of 150 allowed (80 % of 188)"),
        ("Database", "available; pending: system-update"),
        ("Backup", "restorable up to"),
        ("Certificate", "valid until 2026-12-26 (Sat) 21:00 → Renew it before the sale."),
        ("Other work", "app is being deployed"),
        ("Image", "amazonaws.com/shop:1.0.0 → New tasks cannot start"),
        ("Month's budget", "5000 USD spent, 6000 expected"),
    ],
)
def test_what_is_bad_at_aws_is_read_with_its_figure_and_what_to_do(preflight: dict[str, str], check: str, says: str):
    found = preflight[f"❌ {check}"]
    assert says in found
    assert "→" in found

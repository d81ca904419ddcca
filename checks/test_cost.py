"""The month's estimate: the lines that the target names, the budget, and no silent gaps."""

from __future__ import annotations

import json
import re

import pytest

from checks.template.model import Stack, Template
from checks.template.sets import ALL, DEV, PROD
from rehearsal.stage import ROOT
from tools.cost import BUDGET_JPY, PRICES, PriceList, lines, main, report


@pytest.fixture(scope="module")
def prices() -> PriceList:
    return PriceList()


def stack(parameters: dict[str, str]) -> Stack:
    return Template.real().stack(parameters)


def yen(parameters: dict[str, str], prices: PriceList) -> dict[str, float]:
    return {line.what: line.usd * prices.yen for line in lines(stack(parameters), prices)}


def test_lines_of_production_are_those_of_the_target(prices: PriceList) -> None:
    found = yen(PROD, prices)
    for what, target in (
        ("tasks (2.5)", 8_430),
        ("database db.t4g.small in 2 zones", 11_200),
        ("NAT gateways (2)", 13_580),
        ("web firewall (4 rules)", 1_350),
        ("data to visitors", 15_000),
    ):
        assert found[what] == pytest.approx(target, rel=0.01), what
    assert found["load balancer"] == pytest.approx(2_660 + 876, rel=0.01)


def test_production_and_dev_stay_within_the_budget(prices: PriceList) -> None:
    for parameters, least, most in ((PROD, 58_000, 75_000), (DEV, 20_000, 50_000)):
        text, within = report("it", stack(parameters), prices)
        assert within, text
        assert least < sum(yen(parameters, prices).values()) < most, text


def test_a_month_over_the_budget_is_told(prices: PriceList) -> None:
    text, within = report("prod", stack({**PROD, "MinCapacity": "40"}), prices)
    assert not within
    assert "OVER the budget of 150,000 JPY" in text


def test_budget_in_dollars_is_the_budget_in_yen(prices: PriceList) -> None:
    limit = stack(PROD)["OverviewBudget"]["Budget"]["BudgetLimit"]
    assert int(limit["Amount"]) * prices.yen == BUDGET_JPY


def test_interface_endpoints_cost_in_each_zone(prices: PriceList) -> None:
    found = yen(ALL["prod blue green with a shell"], prices)
    assert found["interface endpoints (6)"] == pytest.approx(6 * 2 * 0.014 * 730 * 150)


def test_aurora_costs_by_its_least_capacity_in_both_zones(prices: PriceList) -> None:
    found = yen(ALL["prod aurora"], prices)
    assert found["Aurora (2 instances, 1 units)"] == pytest.approx(16_400, rel=0.01)
    assert not [what for what in found if what.startswith("database")]


def test_what_has_no_price_is_no_gap(prices: PriceList) -> None:
    with pytest.raises(KeyError, match=r"db\.m7g\.large"):
        list(lines(stack({**PROD, "DbInstanceClass": "db.m7g.large"}), prices))


def test_price_list_is_dated_and_names_its_pages() -> None:
    content = json.loads(PRICES.read_text(encoding="utf-8"))
    assert content["asOf"]
    assert all(entry["page"] and entry["seen"] for entry in content["prices"].values())
    assert all(entry["why"] for entry in content["assumptions"].values())


def test_an_unknown_environment_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["production"]) == 2
    assert "dev, staging, prod" in capsys.readouterr().err


def test_the_functions_count_with_the_prices_of_the_list(prices: PriceList) -> None:
    """sale-scaling tells what a sale costs; its zip has no price list."""
    source = (ROOT / "functions/sale-scaling/src/main/java/dev/yakin/salescaling/Prices.java").read_text()
    told = {name: float(value) for name, value in re.findall(r"double (\w+) = ([\d.]+);", source)}
    listed = json.loads(PRICES.read_text())
    assert told == {
        "VCPU_HOUR": listed["prices"]["fargateCpuHour"]["usd"],
        "MEMORY_GB_HOUR": listed["prices"]["fargateMemoryGbHour"]["usd"],
        "YEN_PER_USD": listed["jpyPerUsd"],
    }

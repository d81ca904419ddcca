"""What a month of the stack costs, from the template and a dated price list: ``python -m tools.cost prod``.

Counts what the template makes for an environment of samconfig.toml. What depends on visitors is assumed, and the
assumptions stand in the price list with their reasons. Ends with 1 when the month is over the budget.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checks.template.model import Stack, Template
from checks.template.sets import of_samconfig

PRICES = Path(__file__).with_name("prices-tokyo.json")
BUDGET_JPY = 150_000


@dataclass(frozen=True)
class Line:
    what: str
    usd: float


class PriceList:
    def __init__(self, file: Path = PRICES) -> None:
        content = json.loads(file.read_text(encoding="utf-8"))
        self.as_of: str = content["asOf"]
        self.yen: int = content["jpyPerUsd"]
        self.hours: int = content["hoursPerMonth"]
        self._prices, self._assumed = content["prices"], content["assumptions"]

    def usd(self, name: str) -> float:
        """Raises KeyError for what has no price: a sum that leaves something out would be wrong without saying so."""
        if name not in self._prices:
            raise KeyError(f"the price list has no price for {name}")
        return self._prices[name]["usd"]

    def month(self, name: str) -> float:
        return self.usd(name) * self.hours

    def assumed(self, name: str) -> float:
        return self._assumed[name]["value"]


def lines(stack: Stack, prices: PriceList) -> Iterator[Line]:
    """One line for each thing that is paid for, as it stands around the clock."""
    usd, month, assumed = prices.usd, prices.month, prices.assumed
    yield Line("load balancer", month("albHour") + month("albCapacityUnitHour") * assumed("albCapacityUnits"))
    yield from _tasks(stack, prices)
    gateways = len(stack.of_type("AWS::EC2::NatGateway"))
    yield Line(f"NAT gateways ({gateways})", gateways * month("natGatewayHour"))
    yield Line("data through them", assumed("natGb") * usd("natGatewayGb") if gateways else 0)
    addresses = len(stack.of_type("AWS::EC2::EIP")) + len(stack["AlbLoadBalancer"]["Subnets"])
    yield Line(f"public addresses ({addresses})", addresses * month("publicAddressHour"))
    doors = [endpoint.properties.get("SubnetIds", []) for endpoint in stack.of_type("AWS::EC2::VPCEndpoint")]
    yield Line(
        f"interface endpoints ({sum(map(bool, doors))})", sum(map(len, doors)) * month("interfaceEndpointZoneHour")
    )
    yield from _database(stack, prices)
    if stack["RedisCache"]:
        nodes = int(stack["RedisCache"]["NumCacheClusters"])
        yield Line(f"Redis ({nodes} nodes)", nodes * month(stack["RedisCache"]["CacheNodeType"]))
    secrets = len(stack.of_type("AWS::SecretsManager::Secret")) + 2  # the master user's, and Slack's
    yield Line(f"secrets ({secrets})", secrets * usd("secret"))
    rules = len(stack["WafWebAcl"].get("Rules", []))
    yield Line(f"web firewall ({rules} rules)", usd("wafAcl") + rules * usd("wafRule") if rules else 0)
    metrics = sum(_metrics(alarm.properties) for alarm in stack.of_type("AWS::CloudWatch::Alarm"))
    yield Line(f"alarms ({metrics} metrics)", metrics * usd("alarmMetric"))
    yield Line("logs", assumed("logGb") * usd("logGb"))
    paid = max(0, assumed("transferOutGb") - assumed("cloudFrontFreeGb"))
    out = paid * usd("cloudFrontGb") if stack["CdnDistribution"] else assumed("transferOutGb") * usd("transferOutGb")
    yield Line("data to visitors", out)


def _database(stack: Stack, prices: PriceList) -> Iterator[Line]:
    if cluster := stack["DatabaseCluster"]:
        members = len(stack.of_type("AWS::RDS::DBInstance"))
        least = float(cluster["ServerlessV2ScalingConfiguration"]["MinCapacity"])
        units = members * max(least, prices.assumed("auroraUnits"))
        yield Line(f"Aurora ({members} instances, {units:g} units)", units * prices.month("auroraUnitHour"))
        yield Line("its storage", prices.assumed("auroraGb") * prices.usd("auroraStorageGb"))
        return
    database = stack["DatabaseInstance"]
    size, zones = database["DBInstanceClass"], 2 if str(database["MultiAZ"]).lower() == "true" else 1
    yield Line(f"database {size} in {zones} zones", zones * prices.month(size))
    yield Line("its storage", zones * int(database["AllocatedStorage"]) * prices.usd("databaseStorageGb"))


def _tasks(stack: Stack, prices: PriceList) -> Iterator[Line]:
    for name, scaled in (("Ecs", "tasks"), ("Web", "tasks of the pages")):
        definition = stack[f"{name}TaskDefinition"]
        if not definition:
            continue
        tasks = float(stack[f"{name}ScalableTarget"]["MinCapacity"]) * prices.assumed("averageTasks")
        hour = int(definition["Cpu"]) / 1024 * prices.usd("fargateCpuHour")
        hour += int(definition["Memory"]) / 1024 * prices.usd("fargateMemoryGbHour")
        strategy = stack[f"{name}Service"]["CapacityProviderStrategy"]
        spot = all(provider["CapacityProvider"] == "FARGATE_SPOT" for provider in strategy)
        share = prices.usd("fargateSpotShare") if spot else 1
        yield Line(f"{scaled} ({tasks:g}{' on Spot' if spot else ''})", tasks * hour * prices.hours * share)


def _metrics(alarm: dict[str, Any]) -> int:
    return sum("MetricStat" in query for query in alarm["Metrics"]) if "Metrics" in alarm else 1


def report(name: str, stack: Stack, prices: PriceList) -> tuple[str, bool]:
    """The table, and whether the month stays within the budget."""
    found = list(lines(stack, prices))
    total = sum(line.usd for line in found)
    rows = [f"{line.what:<36}{line.usd:>9.2f} USD {line.usd * prices.yen:>9,.0f} JPY" for line in found if line.usd]
    within = total * prices.yen <= BUDGET_JPY
    verdict = "within" if within else "OVER"
    return "\n".join(
        [
            f"A month of {name}, awake around the clock; estimated prices of {prices.as_of}, {prices.yen} JPY a dollar",
            *rows,
            f"{'sum':<36}{total:>9.2f} USD {total * prices.yen:>9,.0f} JPY, {verdict} the budget of {BUDGET_JPY:,} JPY",
        ]
    ), within


def main(arguments: list[str]) -> int:
    environments = of_samconfig()
    if len(arguments) != 1 or arguments[0] not in environments:
        print(f"Which environment? One of {', '.join(environments)}.", file=sys.stderr)
        return 2
    (name,) = arguments
    text, within = report(name, Template.real().stack(environments[name]), PriceList())
    print(text)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

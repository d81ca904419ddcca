"""``python -m checks.template``: each system, the rules that show it, and how many faults are planted for each rule."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

from checks import template as package
from checks.template.rows import ROWS


def main() -> None:
    names = [found.name for found in pkgutil.iter_modules(package.__path__) if found.name != "__main__"]
    modules = [importlib.import_module(f"checks.template.{name}") for name in names]
    planted = Counter(fault.rule for module in modules for fault in getattr(module, "FAULTS", []))
    for row in ROWS:
        print(f"{row.number:>3}  {row.name}{f' (open: {row.missing})' if row.missing else ''}")
        for proof in row.shown_by:
            print(f"     {proof}{f': {planted[proof]} planted' if proof in planted else ''}")
    print(f"{len(ROWS)} systems, {len(planted)} rules, {sum(planted.values())} planted faults")


if __name__ == "__main__":
    main()

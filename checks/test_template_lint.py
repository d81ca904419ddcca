"""SAM and cfn-lint have nothing to say, neither about the SAM file nor about what it becomes."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from checks.template.flat import union
from checks.template.model import REGION, ROOT, Template
from checks.template.sets import ALL, PROD

BIN = Path(sys.executable).parent
# I2530 asks for SnapStart, which docs/decisions/0002 turns down.
LINT = [str(BIN / "cfn-lint"), "--region", REGION, "--include-checks", "I", "--ignore-checks", "I2530"]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": REGION}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def lint(file: Path, *ignored: str) -> str:
    return run(*LINT, *ignored, "--", str(file)).stdout


def test_sam_validate_is_clean() -> None:
    """Lints the SAM file, too."""
    validated = run(str(BIN / "sam"), "validate", "--lint", "--region", REGION)
    assert validated.returncode == 0, validated.stdout + validated.stderr


def written(file: Path, template: dict[str, Any]) -> Path:
    file.write_text(json.dumps(template, default=str), encoding="utf-8")
    return file


def test_cfn_lint_is_clean_on_what_the_sam_file_becomes(tmp_path: Path) -> None:
    """With its conditions: does anything refer to what another choice does not make? Values are those of production."""
    template = copy.deepcopy(Template.real().translated)
    for parameter, value in PROD.items():
        template["Parameters"][parameter]["Default"] = value
    assert lint(written(tmp_path / "translated.json", template)) == ""


def test_cfn_lint_is_clean_for_every_set(tmp_path: Path) -> None:
    """Every value of every set, each shape of a resource once. So two shapes have one name, as E3019 would say, and
    there are more of them (I3010) than a template may hold; the real one is counted above."""
    template = union(Template.real(), ALL.values())
    assert lint(written(tmp_path / "sets.json", template), "E3019", "I3010") == ""


def test_cfn_lint_finds_what_it_should(tmp_path: Path) -> None:
    text = Template.real().text
    for old, new in (
        ("Action: sns:Publish", "Action: sns:Publihs"),
        ("Runtime: java25", "Runtime: java26"),
        ("Engine: postgres\n", "Engine: postgresql\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    said = lint(written(tmp_path / "planted.json", union(Template(text), [PROD])))
    for planted in ("Publihs", "java26", "'postgresql'"):
        assert planted.lower() in said.lower()

"""SAM and cfn-lint have nothing to say, neither about the SAM file nor about what it becomes."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

from checks.template.model import REGION, ROOT, Template
from checks.template.sets import ALL

BIN = Path(sys.executable).parent
# I2530 asks for SnapStart, which docs/decisions/0002 turns down.
LINT = [str(BIN / "cfn-lint"), "--region", REGION, "--include-checks", "I", "--ignore-checks", "I2530", "--"]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": REGION}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def lint(*files: Path) -> str:
    return run(*LINT, *map(str, files)).stdout


def test_sam_validate_is_clean() -> None:
    """Lints the SAM file, too."""
    validated = run(str(BIN / "sam"), "validate", "--lint", "--region", REGION)
    assert validated.returncode == 0, validated.stdout + validated.stderr


def test_cfn_lint_is_clean_on_what_the_sam_file_becomes(tmp_path: Path) -> None:
    """IAM actions are checked only in the translated file, and values only where they are defaults."""
    files = []
    for name in (
        "prod",
        "dev",
        "prod with a name and lists",
        "prod blue green with a shell",
        "prod with redis and partners",
    ):
        template = copy.deepcopy(Template.real().translated)
        for parameter, value in ALL[name].items():
            template["Parameters"][parameter]["Default"] = value
        files.append(tmp_path / f"{name.replace(' ', '-')}.json")
        files[-1].write_text(json.dumps(template, default=str), encoding="utf-8")
    assert lint(*files) == ""


def test_cfn_lint_finds_what_it_should(tmp_path: Path) -> None:
    text = Template.real().text
    for old, new in (
        ("Action: sns:Publish", "Action: sns:Publihs"),
        ("Runtime: java25", "Runtime: java26"),
        ("Engine: postgres\n", "Engine: postgresql\n"),
    ):
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "template.json"
    file.write_text(json.dumps(Template(text).translated, default=str), encoding="utf-8")
    said = lint(file)
    for planted in ("Publihs", "java26", "'postgresql'"):
        assert planted.lower() in said.lower()

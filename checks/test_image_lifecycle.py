"""The lifecycle policy of the image repository, played over a year of pushes: what runs must never expire.

Amazon ECR User Guide, "Lifecycle policy properties" and "How the lifecycle policy evaluator works": a rule takes the
images of its status; an image is expired by one rule only; newer pushes count first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from checks.template.model import Template
from checks.template.sets import PROD

YEAR = 365


@dataclass(frozen=True)
class Image:
    pushed: int  # the day
    tag: str = ""  # empty: untagged


def policy(change: dict | None = None) -> list[dict]:
    text = Template.real().stack(PROD)["EcsImageRepository"]["LifecyclePolicy"]["LifecyclePolicyText"]
    rules = json.loads(text)["rules"]
    for rule in rules:
        rule["selection"] |= (change or {}).get(rule["rulePriority"], {})
    return sorted(rules, key=lambda rule: rule["rulePriority"])


def expired(images: list[Image], today: int, rules: list[dict]) -> set[Image]:
    gone: set[Image] = set()
    for rule in rules:
        select = rule["selection"]
        status = select["tagStatus"]
        chosen = [i for i in images if i not in gone and (status == "any" or bool(i.tag) == (status == "tagged"))]
        chosen.sort(key=lambda image: image.pushed, reverse=True)
        if select["countType"] == "imageCountMoreThan":
            gone |= set(chosen[select["countNumber"] :])
        elif select["countType"] == "sinceImagePushed":
            gone |= {image for image in chosen if today - image.pushed > select["countNumber"]}
        else:
            raise AssertionError(f"the simulation does not know {select['countType']}")
    return gone


def runs_dry(every: int, behind: int, rules: list[dict]) -> int | None:
    """The first day on which the running image is gone, when a version is pushed ``every`` days, with an untagged image
    each day beside it, and production runs the version that is ``behind`` versions old. None: it always runs."""
    images: list[Image] = []
    versions: list[Image] = []
    for day in range(YEAR):
        if day % every == 0:
            versions.append(Image(day, f"1.0.{len(versions)}"))
            images.append(versions[-1])
        images.append(Image(day))
        gone = expired(images, day, rules)
        running = versions[max(0, len(versions) - 1 - behind)]
        if running in gone:
            return day
        images = [image for image in images if image not in gone]
    return None


@pytest.mark.parametrize("every", [1, 7, 30])
@pytest.mark.parametrize("behind", [0, 1, 9])
def test_image_that_runs_is_never_expired(every: int, behind: int) -> None:
    assert runs_dry(every, behind, policy()) is None


def test_ten_versions_back_is_too_far() -> None:
    """Where the promise ends: whoever stays that far behind has to push again."""
    assert runs_dry(1, 10, policy()) == 10


def test_repository_does_not_grow_without_end() -> None:
    images = [Image(day, f"1.0.{day}") for day in range(YEAR)] + [Image(day) for day in range(YEAR)]
    gone = expired(images, YEAR, policy())
    left = [image for image in images if image not in gone]
    assert len([image for image in left if image.tag]) == 10
    assert {image.pushed for image in left if not image.tag} == set(range(YEAR - 7, YEAR))


@pytest.mark.parametrize(
    "change",
    [{2: {"tagStatus": "any"}}, {1: {"tagStatus": "any"}}],
    ids=["untagged images count against the versions", "old versions go by age"],
)
def test_a_wrong_policy_is_found(change: dict) -> None:
    assert any(runs_dry(every, behind, policy(change)) for every in (1, 30) for behind in (0, 9))

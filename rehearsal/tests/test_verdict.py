"""Each invariant of the night shift: kept on a good day, and broken by one change of the evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehearsal.player import verdict
from rehearsal.player.story import Bounds, Sale
from rehearsal.tests import evidence
from rehearsal.tests.evidence import WINTER, at


def judge(day, **story):
    return verdict.judge(evidence.story(**story), day.records, day.calls)


def broken(day, **story):
    return [(finding.rule, finding.sentence) for finding in judge(day, **story).findings if not finding.kept]


def without(day, kind, when):
    day.records = [record for record in day.records if not (record.kind == kind and record.at == at(when))]
    return day


def test_a_good_day_passes_and_says_how_early_the_sale_was_ready():
    found = judge(evidence.sale_day())
    assert found.passed
    assert (
        found.headline == "every sale opened with enough healthy tasks: winter 6 of 6 healthy 57 minutes before opening"
    )


def test_a_day_without_a_sale_is_judged_by_its_baseline():
    day = evidence.Evidence()
    day.tasks("12:00", 2, 2, 2)
    assert judge(day, sales=[]).headline == "no sale opened on this day, and the baseline held"


def one_more_healthy_task_missing(day):
    day.tasks("19:58", 6, 5, 5)


def a_task_lost_just_before_the_baseline(day):
    day.record("24:10", "story", text="a bad deploy")
    day.tasks("24:11", 2, 1, 1)


def a_message_in_the_dead_letters(day):
    day.record(
        "20:00",
        "dead-letter",
        queue="arn:aws:sqs:ap-northeast-1:123456789012:SlackAlertDeadLetters",
        body="{}",
        reason="received 5 times",
    )


def an_event_that_nobody_keeps(day):
    day.record("20:00", "lost", function="SaleScalingFunction", reason="no dead-letter queue")


def a_denied_call(day):
    for when in ("19:00", "19:05"):
        day.record(
            when,
            "denied",
            role="yakin-prod-SaleScalingFunctionRole-1A2B",
            who="SaleScalingFunction",
            action="application-autoscaling:RegisterScalableTarget",
            resource="service/shop/shop",
        )


def an_unheard_critical_notice(day):
    day.notice("22:00", "n-2", "Sale winter is not ready")


def an_unheard_critical_alarm(day):
    topic = "arn:aws:sns:ap-northeast-1:123456789012:yakin-prod-CriticalAlertsTopic-1A2B"
    day.alarm("22:00", "site-down", "OK", "ALARM", "no healthy target")
    day.record("22:00", "delivery", via="alarm site-down", target=topic, outcome="ok")
    day.record("22:01", "delivery", via="alarm site-up", target=topic, outcome="ok")


def an_alarm_that_reached_nobody(day):
    day.record("22:00", "delivery", via="alarm site-down", target="arn:aws:sns:x:1:topic", outcome="failed: no key")


def something_that_is_not_emulated(day):
    day.record("22:00", "not-emulated", action="ecs:DescribeDaemons", reason="a long story\nnot implemented")


@pytest.mark.parametrize(
    ("change", "rule", "sentence"),
    [
        (one_more_healthy_task_missing, verdict.OPENING, "winter opened with only 5 of 6 healthy at 20:00"),
        (
            a_task_lost_just_before_the_baseline,
            verdict.BASELINE,
            "shop fell to 1 of 2 healthy tasks at 12-27 00:11, after: a bad deploy",
        ),
        (
            a_message_in_the_dead_letters,
            verdict.LOST,
            "at 20:00 a message ended in SlackAlertDeadLetters: received 5 times",
        ),
        (
            an_event_that_nobody_keeps,
            verdict.LOST,
            "at 20:00 a message was lost at sale-scaling: no dead-letter queue",
        ),
        (
            a_denied_call,
            verdict.PERMISSIONS,
            "sale-scaling lacks the permission application-autoscaling:RegisterScalableTarget on service/shop/shop",
        ),
        (
            an_unheard_critical_notice,
            verdict.NOTICES,
            "the critical notice “Sale winter is not ready” of 22:00 never reached Slack",
        ),
        (
            an_unheard_critical_alarm,
            verdict.NOTICES,
            "the critical alarm “site-down” of 22:00 never reached Slack",
        ),
        (
            an_alarm_that_reached_nobody,
            verdict.LOST,
            "at 22:00 the alarm site-down reached nobody: failed: no key",
        ),
        (
            something_that_is_not_emulated,
            verdict.EMULATED,
            "the embedded AWS can't do ecs:DescribeDaemons: not implemented",
        ),
    ],
)
def test_one_change_breaks_one_rule_and_is_named(change, rule, sentence):
    day = evidence.sale_day()
    change(day)
    assert broken(day) == [(rule, sentence)]
    assert judge(day).headline == sentence


def test_bounds_that_stay_are_found_one_look_after_the_sale():
    day = without(evidence.sale_day(), "bounds", "23:01")
    assert broken(day) == [(verdict.RESTORED, "shop was still at 6..20, not at 2..10, 5 minutes after winter closed")]


def test_bounds_restored_late_are_not_restored():
    day = without(evidence.sale_day(), "bounds", "23:01")
    day.bounds("23:05:01", 2, 10)
    assert [rule for rule, _ in broken(day)] == [verdict.RESTORED]
    day.bounds("23:05", 2, 10)
    assert broken(day) == []


def test_a_sale_that_follows_at_once_is_not_an_unrestored_one():
    second = Sale("late", at("23:30"), at("24:30"), Bounds(6, 20), timedelta(minutes=60))
    day = without(evidence.sale_day(), "bounds", "23:01")
    day.tasks("23:20", 12, 12, 12)
    day.bounds("24:31", 2, 10)
    day.records = [record for record in day.records if not (record.kind == "tasks" and record.at > at("23:20"))]
    assert broken(day, sales=[WINTER, second]) == []


@pytest.mark.parametrize(
    ("when", "early"),
    [("18:00", "2 hours"), ("19:59:20", "40 seconds"), ("19:59", "1 minute"), ("18:25", "95 minutes")],
)
def test_readiness_counts_from_the_last_time_it_became_true(when, early):
    day = evidence.Evidence()
    day.tasks("17:30", 6, 6, 6)
    day.tasks("17:45", 6, 5, 5)
    day.tasks(when, 6, 6, 6)
    openings = [finding.sentence for finding in judge(day).findings if finding.rule == verdict.OPENING]
    assert openings == [f"winter 6 of 6 healthy {early} before opening"]


def test_each_service_of_a_sale_is_judged():
    day = evidence.sale_day()
    day.record("12:00", "tasks", service="api", wanted=2, running=2, healthy=2)
    day.record("12:00", "bounds", service="api", min=2, max=10, who="deployer")
    assert broken(day, services=["shop", "api"]) == [
        (verdict.OPENING, "winter (api) opened with only 2 of 6 healthy at 20:00")
    ]
    narrow = Sale("winter", WINTER.opens, WINTER.closes, WINTER.bounds, WINTER.warm_up, services=("shop",))
    assert broken(day, services=["shop", "api"], sales=[narrow]) == []


def test_a_critical_alarm_that_slack_shows_by_its_name_has_reached_it():
    day = evidence.sale_day()
    an_unheard_critical_alarm(day)
    day.slack("22:00:03", **evidence.alert("#d32f2f", "🔴 緊急: 停止", {"アラーム": "site-down"}), number=9)
    said = [finding.sentence for finding in judge(day).findings if finding.rule == verdict.NOTICES]
    assert said == ["2 critical messages reached Slack, the slowest critical alarm “site-down” of 22:00 in 3 seconds"]


def test_a_sale_for_services_that_were_not_played_does_not_pass():
    elsewhere = Sale("winter", WINTER.opens, WINTER.closes, WINTER.bounds, WINTER.warm_up, services=("api",))
    assert broken(evidence.sale_day(), sales=[elsewhere]) == [
        (verdict.OPENING, "winter is for api, which was not played")
    ]


def test_names_that_cloudformation_made_up_are_shortened():
    day = evidence.Evidence()
    day.record("12:00", "tasks", service="yakin-prod-EcsService-oqBgfV6sEPVS", wanted=2, running=2, healthy=2)
    kept = judge(day, services=["yakin-prod-EcsService-oqBgfV6sEPVS"], sales=[]).findings[0]
    assert kept.sentence == "EcsService never had fewer than 2 healthy tasks"


def test_the_first_sentence_stands_for_all_that_went_wrong():
    day = evidence.sale_day()
    a_denied_call(day)
    a_message_in_the_dead_letters(day)
    said = judge(day).headline
    assert "lacks the permission" in said, "a cause comes before its effects"
    assert said.endswith("(and 1 more)")

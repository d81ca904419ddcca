"""A person's own calendar: what can't be played says why before anything is played; what can is cut into stories."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rehearsal.aws.sandbox import java_home
from rehearsal.player import sales_file
from rehearsal.player.story import Bounds, Sale

REPOSITORY = Path(__file__).parents[2]
RULES = sales_file.Rules("Asia/Tokyo", ["app", "worker"], Bounds(6, 20), 60)
FOUND = {
    "name": "冬",
    "opens": "2026-12-26T11:00:00Z",
    "closes": "2026-12-26T14:00:00Z",
    "min": 6,
    "max": 20,
    "warmUpMinutes": 45,
    "services": ["app"],
}


def checker(tmp_path, status, answer):
    """A command in place of java: notes its arguments and answers as CheckCalendar would."""
    script = tmp_path / "check.py"
    script.write_text(
        "import pathlib, sys\n"
        f"pathlib.Path({str(tmp_path / 'arguments')!r}).write_text('\\n'.join(sys.argv[1:]))\n"
        f"sys.stdout.buffer.write({answer.encode('utf-8')!r})\n"
        f"sys.exit({status})\n"
    )
    return [sys.executable, str(script)]


def calendar(tmp_path, text="{}"):
    file = tmp_path / "my-sales.json"
    file.write_text(text)
    return file


def test_the_functions_own_parser_reads_the_file_with_the_functions_own_defaults(tmp_path):
    java = checker(tmp_path, 0, json.dumps({"sales": [FOUND]}))
    (sale,) = sales_file.read(calendar(tmp_path), RULES, java)
    assert sale == Sale(
        "冬",
        datetime(2026, 12, 26, 11, tzinfo=UTC),
        datetime(2026, 12, 26, 14, tzinfo=UTC),
        Bounds(6, 20),
        timedelta(minutes=45),
        ("app",),
    )
    assert (tmp_path / "arguments").read_text().splitlines() == [
        "dev.yakin.salescaling.CheckCalendar",
        str(tmp_path / "my-sales.json"),
        *["--format", "json", "--zone", "Asia/Tokyo", "--language", "en"],
        *["--min", "6", "--max", "20", "--warm-up", "PT60M", "--services", "app", "worker"],
    ]


def test_what_the_parser_refuses_is_told_as_it_said_it(tmp_path):
    said = "The calendar is refused. Problems: 1\nsales[0].closes: …\n  Correct: …\n"
    with pytest.raises(sales_file.RefusedError) as refused:
        sales_file.read(calendar(tmp_path), RULES, checker(tmp_path, 2, said))
    assert str(refused.value) == f"{tmp_path / 'my-sales.json'}: {said.strip()}"


def test_a_parser_that_cannot_run_is_no_fault_of_the_file(tmp_path):
    with pytest.raises(RuntimeError, match="could not run"):
        sales_file.read(calendar(tmp_path), RULES, checker(tmp_path, 1, "no such class"))


@pytest.mark.parametrize(
    ("name", "reason"), [("absent.json", "there is no such file"), ("", "this is not a file")], ids=["absent", "folder"]
)
def test_what_is_no_file_is_told_with_an_example(tmp_path, name, reason):
    with pytest.raises(sales_file.RefusedError, match=reason) as refused:
        sales_file.read(tmp_path / name, RULES, ["java-is-not-needed-for-this"])
    assert json.loads(str(refused.value).split("example: ")[1])["sales"][0]["name"] == "winter"


def test_a_calendar_without_sales_leaves_nothing_to_play(tmp_path):
    with pytest.raises(sales_file.RefusedError, match="holds no sale"):
        sales_file.read(calendar(tmp_path), RULES, checker(tmp_path, 0, '{"sales": []}'))


@pytest.fixture(scope="module")
def java(tmp_path_factory):
    """The function's own parser, from the zip that ships."""
    zip_file = REPOSITORY / "functions/sale-scaling/target/sale-scaling.zip"
    assert zip_file.exists(), "the functions are not built: make package"
    return sales_file.java_for(zip_file, java_home(), tmp_path_factory.mktemp("sale-scaling"))


def test_a_good_file_through_the_real_parser(tmp_path, java):
    text = '{"sales": [{"name": "冬", "opens": "2026-12-26T20:00", "closes": "2026-12-26T23:00", "warmUp": "PT45M"}]}'
    (sale,) = sales_file.read(calendar(tmp_path, text), RULES, java)
    assert (sale.name, sale.bounds, sale.services) == ("冬", Bounds(6, 20), ()), "all services"
    assert (sale.opens, sale.warm_up) == (datetime(2026, 12, 26, 11, tzinfo=UTC), timedelta(minutes=45))


@pytest.mark.parametrize(
    ("text", "place", "example"),
    [
        ('{"sales": [', "line 1, column 12", '"sales"'),
        (
            '{"sales": [{"name": "a", "opens": "2026-12-26T20:00", "closes": "2026-12-26T19:00"}]}',
            "sales[0].closes",
            '"closes": "2026-12-29T23:59"',
        ),
        (
            '{"sales": [{"name": "a", "opens": "2026-12-26", "closes": "2026-12-26T19:00"}]}',
            "sales[0].opens",
            '"opens": "2026-12-26T20:00"',
        ),
    ],
    ids=["broken", "closes before it opens", "no time"],
)
def test_a_bad_file_through_the_real_parser_gets_place_reason_and_example(tmp_path, java, text, place, example):
    with pytest.raises(sales_file.RefusedError) as refused:
        sales_file.read(calendar(tmp_path, text), RULES, java)
    told = str(refused.value)
    assert place in told
    assert example in told


def sale(name, opens, hours, warm_up=60):
    start = datetime(2026, 12, 26, tzinfo=UTC) + timedelta(hours=opens)
    return Sale(name, start, start + timedelta(hours=hours), Bounds(6, 20), timedelta(minutes=warm_up))


@pytest.mark.parametrize(
    ("sales", "played"),
    [
        ([sale("a", 11, 3)], [(9, 16, "a")]),
        ([sale("a", 11.5, 3.25)], [(9, 17, "a")]),
        ([sale("a", 11, 3, warm_up=0)], [(10, 16, "a")]),
        ([sale("b", 20, 1), sale("a", 11, 3)], [(9, 23, "ab")]),
        ([sale("a", 11, 24), sale("b", 12, 1)], [(9, 37, "ab")]),
        ([sale("a", 11, 3), sale("b", 100, 1)], [(9, 16, "a"), (98, 103, "b")]),
    ],
    ids=["one", "odd times", "no warm-up", "close together", "one within the other", "far apart"],
)
def test_sales_are_cut_into_stories_with_time_around_them(sales, played):
    start = datetime(2026, 12, 26, tzinfo=UTC)
    assert [
        (
            (span.begins - start) / timedelta(hours=1),
            (span.ends - start) / timedelta(hours=1),
            "".join(sale.name for sale in span.sales),
        )
        for span in sales_file.spans(sales)
    ] == played

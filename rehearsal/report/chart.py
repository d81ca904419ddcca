"""Draws one service's day as SVG: its tasks within their bounds, the messages that were sent, and the traffic.

Colours are not colours here but names: each placeholder below is replaced by a CSS variable of the page, so that one
drawing serves light and dark. Text stays text; the reader's own font shows it, Japanese included.
"""

from __future__ import annotations

import io
import math
import re
import warnings
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

import matplotlib
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from rehearsal.aws.world import Record
from rehearsal.player import fleet
from rehearsal.player.story import Sale, Story

# placeholder -> CSS variable; the values only have to be unlike each other and unlike black.
COLOURS = {
    "#0a0001": "ink",
    "#0a0002": "faint",
    "#0a0003": "grid",
    "#0a0004": "band",
    "#0a0005": "wanted",
    "#0a0006": "running",
    "#0a0007": "healthy",
    "#0a0008": "sale",
    "#0a0009": "traffic",
    "#0a000a": "message",
    "#0a000b": "played",
    "#0a000c": "paper",
}
NAMED = {name: placeholder for placeholder, name in COLOURS.items()}


@dataclass(frozen=True)
class Shape:
    """How large to draw. Sizes in inches at 72 points; the page scales the drawing to its own width."""

    name: str
    width: float
    height: float
    font: float
    ticks: int  # at most so many times on the axis


WIDE = Shape("wide", 13.2, 5.6, 12.5, 14)
NARROW = Shape("narrow", 5.0, 5.4, 11.5, 5)


STEPS = (5, 10, 15, 30, 60, 120, 180, 240, 360, 720)  # minutes between two times on the axis


def warm_up(story: Story, sale: Sale) -> Story:
    """The part of the story in which the sale gets ready, to be drawn larger."""
    return replace(story, begins=sale.warms_up - timedelta(minutes=10), ends=sale.opens + timedelta(minutes=20))


def draw(story: Story, records: list[Record], service: str, shape: Shape, name: str) -> str:
    """An ``<svg>`` element whose identifiers begin with ``name``; the same evidence gives the same bytes."""
    settings = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.size": shape.font,
        "font.family": "sans-serif",
        "hatch.linewidth": 0.8,
        "timezone": story.zone,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        # matplotlib measures with its own font, which may lack a glyph that the reader's font has.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(shape.width, shape.height), layout="constrained")
        figure.get_layout_engine().set(h_pad=0.02, hspace=0.02, w_pad=0.02)
        has_traffic = bool(story.requests_per_minute)
        ratios = [10, 1, 3] if has_traffic else [10, 1]
        axes = figure.subplots(len(ratios), 1, sharex=True, height_ratios=ratios)
        _draw_tasks(axes[0], story, records, service, shape)
        _draw_signs(axes[1], story, records)
        if has_traffic:
            _draw_traffic(axes[2], story)
        for ax in axes:
            _draw_windows(ax, story, service, labelled=ax is axes[0])
            _clean(ax)
        _draw_times(axes[-1], story, shape)
        file = io.StringIO()
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(file, format="svg", transparent=True, metadata=nothing)
    label = f"{service}: tasks, messages and requests from {story.clock_time(story.begins)} on"
    return _for_page(file.getvalue(), shape, name, label)


def _draw_tasks(ax: Axes, story: Story, records: list[Record], service: str, shape: Shape) -> None:
    bounds = fleet.bounds(records, service)
    tasks = fleet.tasks(records, service)
    highest = [value.max for time, value in bounds if time <= story.ends]
    top = max([story.baseline.max, *highest, *(value.running for time, value in tasks if time <= story.ends)])
    if bounds:
        times, values = _until_end(bounds, story)
        low, high = [value.min for value in values], [value.max for value in values]
        band = NAMED["band"]
        ax.fill_between(times, low, high, step="post", color=band, alpha=0.55, linewidth=0)
        for edge in (low, high):
            ax.step(times, edge, where="post", color=NAMED["faint"], linewidth=0.8, linestyle=(0, (4, 3)))
    if tasks:
        times, values = _until_end(tasks, story)
        # Three lines mostly lie on each other: the wider ones below stay visible as a rim.
        for name, width in (("wanted", 7.0), ("running", 4.2), ("healthy", 1.7)):
            numbers = [getattr(value, name) for value in values]
            ax.step(times, numbers, where="post", color=NAMED[name], linewidth=width)
    ax.set_ylim(0, top * 1.16 + 0.5)
    ax.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_ylabel("tasks", color=NAMED["faint"])
    ax.grid(axis="y", color=NAMED["grid"], linewidth=0.7)


def _draw_signs(ax: Axes, story: Story, records: list[Record]) -> None:
    ax.set_ylim(-1, 1)
    ax.set_yticks([0], ["Slack"], color=NAMED["faint"])
    inside = [one for one in records if story.begins <= one.at <= story.ends]
    sent = [one.at for one in inside if one.kind == "slack" and not one.facts["edited"]]
    played = [one.at for one in inside if one.kind == "story"]
    rim = {"edgecolors": NAMED["paper"], "linewidths": 0.8, "clip_on": False, "zorder": 4}
    ax.scatter(played, [0] * len(played), s=64, marker="D", color=NAMED["played"], **rim)
    ax.scatter(sent, [0] * len(sent), s=52, marker="o", color=NAMED["message"], **rim)


def _draw_traffic(ax: Axes, story: Story) -> None:
    times = [time for time, _ in story.requests_per_minute]
    numbers = [number for _, number in story.requests_per_minute]
    ax.fill_between(times, numbers, color=NAMED["traffic"], alpha=0.35, linewidth=0)
    ax.plot(times, numbers, color=NAMED["traffic"], linewidth=1.2)
    ax.set_ylim(0, max(numbers) * 1.15 or 1)
    ax.yaxis.set_major_locator(MaxNLocator(2))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    ax.set_ylabel("req/min", color=NAMED["faint"])
    ax.grid(axis="y", color=NAMED["grid"], linewidth=0.7)


def _draw_windows(ax: Axes, story: Story, service: str, labelled: bool) -> None:
    for sale in story.sales:
        if not sale.holds(service) or sale.closes <= story.begins or sale.warms_up >= story.ends:
            continue
        ax.axvspan(sale.opens, sale.closes, color=NAMED["sale"], alpha=0.16, linewidth=0, zorder=0)
        ax.axvspan(
            sale.warms_up, sale.opens, facecolor="none", edgecolor=NAMED["sale"], hatch="///", alpha=0.5, linewidth=0
        )
        if labelled:
            start, end = max(sale.opens, story.begins), min(sale.closes, story.ends)
            ax.text(
                start + (end - start) / 2,
                0.985,
                sale.name,
                transform=ax.get_xaxis_transform(),
                ha="center",
                va="top",
                color=NAMED["ink"],
                weight="bold",
                parse_math=False,
            )


def _draw_times(ax: Axes, story: Story, shape: Shape) -> None:
    length = (story.ends - story.begins) / timedelta(minutes=1)
    zone = ZoneInfo(story.zone)
    step = next((each for each in STEPS if length / each <= shape.ticks), STEPS[-1])
    if length > 48 * 60:
        every = math.ceil(length / (24 * 60) / shape.ticks)  # whole days: several of them are read by their midnights
        ax.xaxis.set_major_locator(mdates.DayLocator(interval=every, tz=zone))
    elif step < 60:
        ax.xaxis.set_major_locator(mdates.MinuteLocator(range(0, 60, step), tz=zone))
    else:
        ax.xaxis.set_major_locator(mdates.HourLocator(range(0, 24, step // 60), tz=zone))
    ax.xaxis.set_major_formatter(mdates.DateFormatter("%H:%M" if length <= 48 * 60 else "%m-%d", tz=zone))
    ax.set_xlim(story.begins, story.ends)
    ax.tick_params(axis="x", colors=NAMED["faint"], length=3)


def _clean(ax: Axes) -> None:
    ax.set_facecolor("none")
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(NAMED["grid"])
    ax.tick_params(axis="y", colors=NAMED["faint"], length=0)
    ax.tick_params(axis="x", length=0)


def _until_end(steps: fleet.Steps, story: Story) -> tuple[list[datetime], list]:
    inside = [(time, value) for time, value in steps if time <= story.ends]
    times, values = [time for time, _ in inside], [value for _, value in inside]
    return [*times, story.ends], [*values, values[-1]]


def _for_page(svg: str, shape: Shape, name: str, label: str) -> str:
    """Only the element, with its own identifiers, scaled by the page, and with the page's colours."""
    svg = svg[svg.index("<svg") :].strip()
    svg = re.sub(r"<!--.*?-->|<style.*?</style>", "", svg, flags=re.DOTALL)
    opening, rest = svg.split(">", 1)
    opening = re.sub(r' (?:width|height)="[^"]*"', "", opening)
    opening = opening.replace("<svg", f'<svg class="chart {shape.name}" role="img" aria-label="{escape(label)}"', 1)
    svg = f"{opening}>{rest}"
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\1{name}-", svg)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "var(--font)", svg)
    for placeholder, variable in COLOURS.items():
        svg = svg.replace(placeholder, f"var(--{variable})")
    return svg

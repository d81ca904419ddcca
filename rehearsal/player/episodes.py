"""Changes of the number of tasks, gathered so that a person can read them: from the first sign until all is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rehearsal.player.fleet import Steps, Tasks
from rehearsal.player.story import minutes

# Steps inwards that follow each other this closely are one slow shrinking.
PAUSE = timedelta(minutes=15)
SHORT = timedelta(minutes=1)


@dataclass
class Episode:
    begins: datetime
    before: Tasks | None  # None: the service is new
    states: list[Tasks] = field(default_factory=list)
    ends: datetime | None = None  # None: it never settled
    goes_on: bool = False  # it did not settle because another number was wanted: the next episode tells the rest

    @property
    def wanted(self) -> list[int]:
        """Each number of tasks that was wanted in turn, the one before included."""
        numbers = [self.before.wanted] if self.before else []
        for state in self.states:
            if not numbers or numbers[-1] != state.wanted:
                numbers.append(state.wanted)
        return numbers

    @property
    def shrinks(self) -> bool:
        return len(self.wanted) > 1 and self.wanted == sorted(self.wanted, reverse=True)

    def sentences(self, cause: str | None, end_of_day: datetime) -> Iterator[tuple[datetime, str, str]]:
        """(when, what, tone); one when it was short, else one for the beginning and one for the end."""
        last = self.states[-1]
        what, tone = self._change()
        because = f": {cause}" if cause else ""
        if self.goes_on:
            yield self.begins, what, tone
            return
        if self.ends is None:
            yield self.begins, what + because, tone
            yield end_of_day, f"still {last.healthy} of {last.wanted} healthy when the day ended", "bad"
            return
        took = self.ends - self.begins
        settled = f"{last.healthy} of {last.wanted} healthy after {minutes(took)}"
        if took <= SHORT and tone != "bad":
            yield self.begins, f"{what}, {settled}{because}" if took else f"{what}{because}", tone
        else:
            yield self.begins, what + because, tone
            yield self.ends, settled, "good"

    def _change(self) -> tuple[str, str]:
        numbers = self.wanted
        lowest = min(state.healthy for state in self.states)
        if len(numbers) > 1:
            steps = f" in {len(numbers) - 1} steps" if len(numbers) > 2 else ""
            what = f"{numbers[0]} → {numbers[-1]} wanted{steps}"
            floor = min(*numbers, self.before.healthy if self.before else 0)
            return (f"{what}, only {lowest} healthy on the way", "bad") if lowest < floor else (what, "tasks")
        if self.before is None:
            return f"{numbers[0]} wanted", "tasks"
        if lowest < numbers[0]:
            return f"only {lowest} of {numbers[0]} healthy", "bad"
        most = max(state.running for state in self.states)
        return f"up to {most} running while tasks are replaced", "tasks"


def episodes(steps: Steps[Tasks]) -> list[Episode]:
    found: list[Episode] = []
    now: Episode | None = None
    before: Tasks | None = None
    for time, state in steps:
        if (
            now is not None
            and before
            and now.before
            and now.wanted == [before.wanted]
            and state.wanted != before.wanted
        ):
            now.goes_on = True
            found.append(now)
            now = None
        if now is None and state != before:
            now = Episode(time, before)
        if now is not None:
            now.states.append(state)
            if state.settled:
                now.ends = time
                found.append(now)
                now = None
        before = state
    if now is not None:
        found.append(now)
    return _joined(found)


def _joined(found: list[Episode]) -> list[Episode]:
    joined: list[Episode] = []
    for episode in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.ends is not None
            and last.shrinks
            and episode.shrinks
            and episode.begins - last.ends <= PAUSE
        ):
            last.states += episode.states
            last.ends = episode.ends
        else:
            joined.append(episode)
    return joined

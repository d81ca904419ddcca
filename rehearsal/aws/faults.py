"""Faults on demand: what may go wrong with one call, and who decides it.

A gate sees each call twice: ``before`` it is authorised and executed, and ``after`` it. The first gate that answers
with a fault wins. ``call.outcome`` then says ``fault: <name of the fault>``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from rehearsal.aws.world import Call


@dataclass(frozen=True)
class Refuse:
    """An error in the service's own wire format, so that the SDK throws its typed exception.

    From ``before`` the call is not executed; from ``after`` it is, and only the answer is replaced.
    """

    code: str
    message: str
    status: int = 400


@dataclass(frozen=True)
class DropBefore:
    """The connection is reset and the call was not executed."""


@dataclass(frozen=True)
class DropAfter:
    """The call is executed, then the connection is reset without an answer: it timed out after it succeeded."""


@dataclass(frozen=True)
class Kill:
    """The process of the running invocation is killed and never answered.

    ``executed`` false: before the call has any effect. True: after it has taken effect.
    """

    executed: bool = False


Fault = Refuse | DropBefore | DropAfter | Kill

THROTTLED = Refuse("ThrottlingException", "Rate exceeded", 400)
UNAVAILABLE = Refuse("ServiceUnavailable", "The request has failed due to a temporary failure of the server.", 503)


class Gate(Protocol):
    def before(self, call: Call) -> Fault | None:
        """May answer any fault; DropAfter and Kill(executed=True) let the call be executed first."""

    def after(self, call: Call) -> Fault | None:
        """Sees the outcome. Whatever it answers, the call has been executed."""


class FaultRule:
    """Hits the first ``times`` calls whose action and caller match (whole string, regular expressions)."""

    def __init__(self, action: str, fault: Fault, who: str = ".*", times: int = 1) -> None:
        self._action = re.compile(action)
        self._who = re.compile(who)
        self._fault = fault
        self.left = times

    def before(self, call: Call) -> Fault | None:
        if self.left == 0 or not self._action.fullmatch(call.action) or not self._who.fullmatch(call.who):
            return None
        self.left -= 1
        return self._fault

    def after(self, call: Call) -> Fault | None:
        return None


def executes(fault: Fault) -> bool:
    """Whether a fault that was decided before the call still lets it take effect."""
    return isinstance(fault, DropAfter) or (isinstance(fault, Kill) and fault.executed)

"""Each function's role, enforced."""

from __future__ import annotations

from rehearsal.aws.faults import Refuse
from rehearsal.aws.sessions import Session
from rehearsal.aws.wire import Request
from rehearsal.aws.world import World


def authorize(world: World, session: Session, request: Request) -> Refuse | None:
    return None

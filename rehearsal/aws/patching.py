"""How an overlay module changes moto: one method at a time, once a process, and loudly when moto is not as expected."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any


class MotoChangedError(RuntimeError):
    """moto's inside differs from what the overlay was written for: the version in requirements.in is the one."""


def replaces(owner: type, name: str, *parameters: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates ``new(original, self, ...)``, which takes the place of ``owner.name``.

    ``parameters`` are those of the original that the replacement relies on: the self-check at start.
    """

    def decorate(new: Callable[..., Any]) -> Callable[..., Any]:
        original = getattr(owner, name, None)
        if original is None:
            raise MotoChangedError(f"moto's {owner.__name__} has no {name} any more")
        known = inspect.signature(original).parameters
        missing = [parameter for parameter in parameters if parameter not in known]
        if missing:
            raise MotoChangedError(f"moto's {owner.__name__}.{name} has no parameter {', '.join(missing)} any more")

        @functools.wraps(original)
        def replacement(self: Any, *args: Any, **kwargs: Any) -> Any:
            return new(original, self, *args, **kwargs)

        setattr(owner, name, replacement)
        return new

    return decorate


def adds(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorates a method that moto lacks. Fails when a newer moto has it: then the overlay's may be dropped."""

    def decorate(new: Callable[..., Any]) -> Callable[..., Any]:
        if hasattr(owner, name):
            raise MotoChangedError(f"moto's {owner.__name__} has its own {name} now")
        setattr(owner, name, new)
        return new

    return decorate

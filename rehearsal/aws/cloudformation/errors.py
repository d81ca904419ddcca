"""How a stack operation fails: with the logical id and the reason, as in the stack's events."""

from __future__ import annotations


class StackError(Exception):
    """The create or update was refused or failed. The text names the resource or parameter and the reason."""


class NotEmulatedError(StackError):
    """The embedded CloudFormation does not know a type, property, attribute or function. Never skipped."""

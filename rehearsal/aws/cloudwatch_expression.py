"""Metric math expressions, from text to a function.

Amazon CloudWatch User Guide: "Using math expressions with CloudWatch metrics", "Metric math syntax and functions".
A function that is not known fails when the alarm or the query is made, not at night.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Callable, Iterator

from rehearsal.aws.cloudwatch_math import FUNCTIONS, Array, Context, ExpressionError, Value, as_series, pointwise

Node = Callable[[Context], Value]

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<text>\"[^\"]*\"|'[^']*')"
    r"|(?P<sign>\|\||&&|==|!=|<=|>=|[-+*/^<>(),\[\]]))"
)


@functools.cache
def compile(expression: str) -> tuple[Node, frozenset[str]]:
    """The expression as a function, and the ids that it refers to.

    Raises ExpressionError, and NotImplementedError for a function that the embedded AWS does not know.
    """
    parser = _Parser(expression)
    node = parser.choice(0)
    if parser.here:
        raise ExpressionError(f"unexpected {parser.here[1]!r} in the expression {expression!r}")
    return node, frozenset(parser.ids)


# From weak to strong. A comparison or a logical operator gives 1 or 0.
OPERATORS: list[dict[str, Callable[[float, float], float]]] = [
    {"||": lambda a, b: float(bool(a or b))},
    {"&&": lambda a, b: float(bool(a and b))},
    {
        "==": lambda a, b: float(a == b),
        "!=": lambda a, b: float(a != b),
        "<": lambda a, b: float(a < b),
        "<=": lambda a, b: float(a <= b),
        ">": lambda a, b: float(a > b),
        ">=": lambda a, b: float(a >= b),
    },
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.truediv},
]
WORDS = {"AND": "&&", "OR": "||"}


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.ids: set[str] = set()
        self._tokens = self._read()
        self.here: tuple[str, str] | None = None
        self._next()

    def _read(self) -> Iterator[tuple[str, str]]:
        place = 0
        text = self.expression.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise ExpressionError(f"unexpected {text[place:].strip()[0]!r} in the expression {text!r}")
            kind = found.lastgroup or ""
            word = found[kind]
            yield ("sign", WORDS[word]) if word in WORDS else (kind, word)
            place = found.end()

    def _next(self) -> tuple[str, str] | None:
        read, self.here = self.here, next(self._tokens, None)
        return read

    def _take(self, sign: str) -> None:
        if self.here != ("sign", sign):
            raise ExpressionError(f"{sign!r} is missing in the expression {self.expression!r}")
        self._next()

    def choice(self, level: int) -> Node:
        """Operators of this strength and stronger."""
        if level == len(OPERATORS):
            return self.unary()
        left = self.choice(level + 1)
        while self.here and self.here[0] == "sign" and self.here[1] in OPERATORS[level]:
            do = OPERATORS[level][self._next()[1]]  # type: ignore[index]
            left = _binary(do, left, self.choice(level + 1))
        return left

    def unary(self) -> Node:
        if self.here == ("sign", "-"):
            self._next()
            return _binary(operator.sub, lambda _: 0.0, self.unary())
        base = self.operand()
        if self.here == ("sign", "^"):
            self._next()
            return _binary(operator.pow, base, self.unary())
        return base

    def operand(self) -> Node:
        kind, word = self._next() or ("end", "the end")
        if kind == "number":
            number = float(word)
            return lambda _: number
        if kind == "text":
            return lambda _: word[1:-1]
        if (kind, word) == ("sign", "("):
            inner = self.choice(0)
            self._take(")")
            return inner
        if (kind, word) == ("sign", "["):
            members = self.arguments("]")
            return lambda context: Array([as_series(member(context), context) for member in members])
        if kind == "name":
            return self.call(word) if self.here == ("sign", "(") else self.reference(word)
        raise ExpressionError(f"unexpected {word!r} in the expression {self.expression!r}")

    def arguments(self, end: str) -> list[Node]:
        found: list[Node] = []
        while self.here != ("sign", end):
            if found:
                self._take(",")
            found.append(self.choice(0))
        self._take(end)
        return found

    def reference(self, word: str) -> Node:
        if word in ("REPEAT", "LINEAR"):
            return lambda _: word
        if not word[0].islower():
            raise ExpressionError(f"{word!r}: an id starts with a lowercase letter, and this is no keyword")
        self.ids.add(word)
        return lambda context: context.series[word]

    def call(self, word: str) -> Node:
        self._take("(")
        arguments = self.arguments(")")
        if word not in FUNCTIONS:
            raise NotImplementedError(f"metric math function {word} in {self.expression!r}")
        least, most, do = FUNCTIONS[word]
        if not least <= len(arguments) <= most:
            raise ExpressionError(f"{word} does not take {len(arguments)} arguments, in {self.expression!r}")
        return lambda context: do(context, *(argument(context) for argument in arguments))


def _binary(do: Callable[[float, float], float], left: Node, right: Node) -> Node:
    def point(a: float | None, b: float | None) -> float | None:
        if a is None or b is None:
            return None
        try:
            return do(a, b)
        except (ZeroDivisionError, OverflowError):
            return None  # a division by zero gives no data point

    def node(context: Context) -> Value:
        return pointwise(point, context, left(context), right(context))

    return node

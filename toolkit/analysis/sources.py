"""What a function's results depend on, as far as it shows: its code, and the plain values and functions it names.

What is read by an edited function or word list is then not taken for what was read before.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import CodeType, FunctionType, MethodType
from typing import Any, Final

_PLAIN: Final = (str, bytes, int, float, complex, bool, type(None), type(...))
_DIGITS: Final = 12


def digest_of(run: Callable[..., Any]) -> str:
    """Return what tells one function from another, the same in each process.

    Parameters
    ----------
    run : callable
        A function, a method, a partial, or an object to be called, whose plain attributes count too; of other objects
        that it names the class alone counts.
    """
    told = "\n".join(_told(run if _inside(run) else _of_object(run), {}))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:_DIGITS]


def _told(value: Any, seen: dict[int, Any]) -> Iterator[str]:
    """Yield lines that differ where a value does; what may lead back to itself is taken once."""
    if isinstance(value, _PLAIN):
        yield repr(value)
        return
    if not isinstance(value, tuple | frozenset):
        if id(value) in seen:
            return
        seen[id(value)] = value
    yield type(value).__qualname__
    inside = _inside(value)
    for part in inside(value) if inside else (getattr(value, "__qualname__", ""),):
        yield from _told(part, seen)


def _inside(value: Any) -> Callable[[Any], Iterable[Any]] | None:
    return next((parts for kind, parts in _INSIDE.items() if isinstance(value, kind)), None)


def _of_function(function: FunctionType) -> Iterator[Any]:
    yield function.__code__
    yield function.__defaults__
    yield function.__kwdefaults__
    yield from map(_content, function.__closure__ or ())
    for name in sorted(_names(function.__code__) & function.__globals__.keys()):
        value = function.__globals__[name]
        # What is imported has a version of its own.
        if not isinstance(value, FunctionType) or value.__module__ == function.__module__:
            yield name
            yield value


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None


def _names(code: CodeType) -> set[str]:
    """Return the names that code and the functions within it look up."""
    return {*code.co_names}.union(*(_names(const) for const in code.co_consts if isinstance(const, CodeType)))


def _of_method(method: MethodType) -> tuple[Any, ...]:
    return method.__func__, *_of_object(method.__self__)


def _of_object(value: Any) -> tuple[Any, ...]:
    """Return what is said of an object that is called: its class, how it is called, and its attributes."""
    kind = value if isinstance(value, type) else type(value)
    attributes = {} if kind is value else {**getattr(value, "__dict__", {})}
    return f"{kind.__module__}.{kind.__qualname__}", vars(kind).get("__call__"), attributes


_INSIDE: Final[Mapping[type, Callable[[Any], Iterable[Any]]]] = {
    FunctionType: _of_function,
    MethodType: _of_method,
    CodeType: lambda code: (code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_consts),
    functools.partial: lambda made: (made.func, made.args, made.keywords),
    re.Pattern: lambda pattern: (pattern.pattern, pattern.flags),
    tuple: iter,
    list: iter,
    Mapping: lambda pairs: pairs.items(),
    # Their order differs from process to process.
    set: lambda members: sorted("\n".join(_told(each, {})) for each in members),
    frozenset: lambda members: sorted("\n".join(_told(each, {})) for each in members),
}
"""What is to be told of a value, by its kind."""

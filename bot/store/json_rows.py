"""A whole answer as one value of JSON.

Python's SQLite driver takes the interpreter's lock for each row; a board of a thousand members as a thousand
rows keeps twenty readers waiting for each other, as one row it does not. Both databases can do it, in other words.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import JSON, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

__all__ = ["as_hex", "as_list", "as_lists", "nested"]


class as_list(FunctionElement[Any]):  # noqa: N801 - it is used as a function
    """Columns as one list: ``[1, "a", null]``."""

    type = JSON()
    inherit_cache = True


class as_lists(FunctionElement[Any]):  # noqa: N801 - it is used as a function
    """The lists of all rows as one text, with commas between them; rows without a list are left out."""

    type = String()
    inherit_cache = True


class as_hex(FunctionElement[Any]):  # noqa: N801 - it is used as a function
    """Bytes as text; null stays null, or becomes empty."""

    inherit_cache = True


class nested(FunctionElement[Any]):  # noqa: N801 - it is used as a function
    """A list from elsewhere as a part of a list."""

    type = JSON()
    inherit_cache = True


_WORDS: Final[dict[str, dict[type[FunctionElement[Any]], str]]] = {
    "sqlite": {
        as_list: "json_array({})",
        as_lists: "group_concat({})",
        as_hex: "hex({})",
        nested: "json({})",
    },
    "postgresql": {
        as_list: "json_build_array({})",
        as_lists: "string_agg(({})::text, ',')",
        as_hex: "encode({}, 'hex')",
        nested: "{}",
    },
}


def _spell(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    columns = element.clauses
    return _WORDS[compiler.dialect.name][type(element)].format(compiler.process(columns, **options))


compiles(as_list)(_spell)
compiles(as_lists)(_spell)
compiles(as_hex)(_spell)
compiles(nested)(_spell)

"""What all tables share: naming of constraints, instants kept in UTC, money kept exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, MetaData, Numeric, String, TypeDecorator
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC without its zone: the same text order on every engine."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the column."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the column."""
        return None if value is None else value.replace(tzinfo=UTC)


class Money(TypeDecorator[Decimal]):
    """Yuan as an exact decimal with two places; what is added up is a ``MoneySum``.

    SQLite has no decimal type and would keep a float; there the amount is kept as a whole number of fen.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int = 16) -> None:
        super().__init__(precision, 2)
        self.precision = precision

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """The column's type on this engine."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(self.precision, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """To the column."""
        if value is None or dialect.name != "sqlite":
            return value
        return int(value * 100)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """From the column."""
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]  # the driver gives a Decimal
        return Decimal(int(value)).scaleb(-2)


class MoneySum(TypeDecorator[Decimal]):
    """A sum of yuan, exact beyond 64 bits: ``Numeric(24, 2)``, and on SQLite, whose numbers end there, the fen as text."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """The column's type on this engine."""
        return dialect.type_descriptor(String(26) if dialect.name == "sqlite" else Numeric(24, 2))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """To the column."""
        if value is None or dialect.name != "sqlite":
            return value
        return str(int(value.scaleb(2)))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """From the column, or from ``exact_sum``."""
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]  # the driver gives a Decimal
        high, _, low = str(value).rpartition("|")
        return Decimal(int(high or 0) * _LOW + int(low)).scaleb(-2)


_LOW = 10**9


class exact_sum(FunctionElement[Decimal]):  # noqa: N801  # it reads as the database's own functions do
    """The sum of a column of ``Money``, whatever it comes to.

    On SQLite a SUM that leaves 64 bits is an error; there the high and the low parts of the fen are added up apart.
    """

    name = "exact_sum"
    inherit_cache = True
    type = MoneySum()


@compiles(exact_sum)
def _exact_sum(element: exact_sum, compiler: Any, **options: Any) -> str:
    return f"SUM({compiler.process(element.clauses, **options)})"


@compiles(exact_sum, "sqlite")
def _exact_sum_sqlite(element: exact_sum, compiler: Any, **options: Any) -> str:
    fen = compiler.process(element.clauses, **options)
    return f"(SUM(({fen}) / {_LOW}) || '|' || SUM(({fen}) % {_LOW}))"


class Mark(TypeDecorator[Decimal]):
    """A mark or points, exact to six decimals (a third of ten stays a third to the eye of any rounding).

    On SQLite it is kept as a whole number of millionths, as money is kept in fen.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """The column's type on this engine."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(14, 6))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        """To the column."""
        if value is None or dialect.name != "sqlite":
            return value
        return int(value * 1_000_000)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """From the column."""
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]  # the driver gives a Decimal
        return Decimal(int(value)) / 1_000_000

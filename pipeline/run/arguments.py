"""What the command line is given: days and pages as people write them, and what a wrong call is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

import click

from pipeline.collecting import collect_rarely
from pipeline.run.help import SpokenGroup, asked_language, in_vietnamese, spoken


class Day(click.ParamType):  # type: ignore[type-arg]
    """`2024`, `2024-10`, `10/2024`, `2024-10-31`, `31/10/2024`: the last day of what is given."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from normalize.dates import last_day, printed_day
        from pipeline.run.said import said

        if isinstance(value, date):
            return value
        day = last_day(printed_day(str(value)))
        if day is None:
            self.fail(said(spoken(ctx), "no_date", text=repr(value)), param, ctx)
        return day


class Pages(click.ParamType):  # type: ignore[type-arg]
    """`1-3,7`, `5-`: pages by number, from 1."""

    name = "range"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[int, int], ...]:
        from pipeline.settings import ranges_of

        if isinstance(value, tuple):
            return value
        try:
            return ranges_of(str(value))
        except ValueError:
            self.fail(f"{value!r} is no range of pages; write 1-3,7 or 5-", param, ctx)


class Commands(SpokenGroup):
    """The commands, with what click says of a wrong call in the reader's language."""

    def main(self, args: Sequence[str] | None = None, **kwargs: Any) -> Any:  # type: ignore[override]
        collect_rarely()
        if not kwargs.pop("standalone_mode", True):
            return super().main(args, standalone_mode=False, **kwargs)
        try:
            sys.exit(super().main(args, standalone_mode=False, **kwargs) or 0)
        except click.ClickException as error:
            _refused(error, sys.argv[1:] if args is None else args)
        except click.Abort:
            click.echo("Aborted!", err=True)
            sys.exit(1)


def _refused(error: click.ClickException, given: Sequence[str]) -> NoReturn:
    """Say what is wrong with a call, as click does, in the language asked for."""
    from pipeline.run.said import in_language

    speaks = asked_language(given)
    if speaks == "en" or not isinstance(error, click.UsageError):
        error.show()
        sys.exit(error.exit_code)
    if error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\nXem thêm: {error.ctx.command_path} --help\n", err=True)
    told = in_language(speaks, error.format_message())
    if isinstance(error, click.MissingParameter):
        told = in_vietnamese(told)
    click.echo(f"Lỗi: {told}", err=True)
    sys.exit(error.exit_code)

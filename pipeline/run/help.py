"""`--help` in the reader's language: click lays it out, the words come from `vietnamese_help`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from pipeline.run.said import Language, language
from pipeline.run.vietnamese_help import HELP, METAVARS

_SPEAKS = "extract.language"  # under which a call keeps its language
_EXTRA = re.compile(r"\s*\[([^\[\]]*)\]$")  # what click adds to an option's text: [default: 10; required]
_METAVAR = re.compile("|".join(rf"\b{name}\b" for name in sorted(METAVARS, key=len, reverse=True)))


def asked_language(given: Sequence[str]) -> Language:
    """The language that the words of a call ask for, else the locale's."""
    return language(_asked(given))


def _asked(given: Sequence[str]) -> str:
    asked = [b for a, b in zip(given, [*given[1:], ""]) if a == "--lang"]
    asked += [a.removeprefix("--lang=") for a in given if a.startswith("--lang=")]
    return asked[-1] if asked else ""


def spoken(ctx: click.Context | None) -> Language:
    """The language of a call, else the locale's."""
    kept = ctx.meta.get(_SPEAKS, "") if ctx is not None else ""
    return language(kept)


def in_vietnamese(text: str) -> str:
    """What stands for values in a usage line (`[OPTIONS] INPUTS...`), in Vietnamese."""
    return _METAVAR.sub(lambda found: METAVARS[found[0]], text).replace("[...]...", "...")


class SpokenCommand(click.Command):
    """A command whose help is there in both languages."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if _SPEAKS not in ctx.meta:
            ctx.meta[_SPEAKS] = asked_language(args)
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if spoken(ctx) == "en":
            return super().format_usage(ctx, formatter)
        pieces = in_vietnamese(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, prefix="Cách dùng: ")

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if spoken(ctx) == "en":
            return super().format_help(ctx, formatter)
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_help_of(self))
        options = [_option(p, ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section("Tùy chọn"):
            formatter.write_dl([record for record in options if record is not None])
        commands = getattr(self, "commands", {})
        if commands:
            with formatter.section("Các lệnh"):
                formatter.write_dl([(name, _help_of(commands[name])) for name in sorted(commands)])


def _help_of(command: click.Command) -> str:
    text = " ".join((command.help or "").split())
    return HELP.get(text, text)


def _option(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    record: tuple[str, str] | None = option.get_help_record(ctx)
    if record is None:
        return None
    names, text = record
    extra = _EXTRA.search(text)
    told = HELP.get(option.help or "", option.help or "")
    if extra is not None:
        told = f"{told}  [{in_vietnamese(extra[1])}]"
    return in_vietnamese(names), told.strip()


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands."""

    command_class = SpokenCommand

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_SPEAKS] = asked_language(args)
        ctx.default_map = {name: {"lang": _asked(args) or None} for name in self.commands}
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces: list[Any] = click.Group.collect_usage_pieces(self, ctx)
        return pieces

"""What all commands share: settings, language and log, and the ending of CONTRACT section 2: 3 where the environment is at fault."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from data.intake.archive import ArchiveError
from data.language import gettext as _
from data.language import speak
from data.settings import Settings, SettingsError, settings
from data.store import StoreError
from data.zone.zone import NotInitialised

ENVIRONMENT_AT_FAULT = 3


@contextmanager
def command() -> Iterator[Settings]:
    """The settings of a command; an environment at fault ends it with 3 and a sentence."""
    try:
        configured = settings()
        speak(configured.language)
        logging.basicConfig(
            stream=sys.stderr, level=configured.log_level, format="%(asctime)s %(name)s %(message)s", force=True
        )
        yield configured
    except NotInitialised:
        fail(_("The database is empty: run python -m data init first."))
    except (SettingsError, StoreError, ArchiveError) as error:
        fail(str(error))
    except OSError as error:
        fail(_("A file or the disk cannot be used: %(reason)s", reason=error))


def fail(sentence: str) -> NoReturn:
    """Say why on standard error and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(ENVIRONMENT_AT_FAULT)


def run(app: typer.Typer) -> NoReturn:
    """Run a command line; output that cannot be written (a full disk) is no traceback either."""
    try:
        code = app(standalone_mode=True)
    except SystemExit as ending:
        code = ending.code
    except OSError as error:
        code = _unwritable(error)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _unwritable(error)
    sys.exit(code)


def _unwritable(error: OSError) -> int:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(_("A file or the disk cannot be used: %(reason)s", reason=error) + "\n")
    return ENVIRONMENT_AT_FAULT

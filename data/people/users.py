"""``python -m data users``: accounts from the command line, which acts as the office (CONTRACT section 2).

A one-time password is printed once, alone on standard output; what is said about it goes to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.command import command
from data.language import gettext as _
from data.people.accounts import Account, AccountRefused, Accounts, Wanted
from data.people.passwords import WeakPassword
from data.people.scope import OFFICE_ACCOUNT, Role
from data.printing import as_json, as_table, with_progress
from data.store import database_errors, reader
from data.zone.clock import Clock
from data.zone.zone import Zone, read_zone

REFUSED = 1

app = typer.Typer(help="Accounts: add, list, reset, unlock, disable, roles, from a workbook.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name to sign in with.")]
RoleOption = Annotated[Role, typer.Option("--role", help="viewer, unit, office or admin.")]
UnitOption = Annotated[str | None, typer.Option("--unit", help="The unit of the role unit: code, name or alias.")]


class _Desk:
    """What every command here has: the accounts, the zone, who acts and when."""

    def __init__(self, accounts: Accounts, zone: Zone, now: datetime) -> None:
        self.accounts = accounts
        self.zone = zone
        self.act: dict[str, Any] = {"by": OFFICE_ACCOUNT, "at": now}

    def unit(self, text: str | None) -> str | None:
        """Code of a unit; AccountRefused if there is none."""
        if text is None:
            return None
        found = self.zone.find_unit(text)
        if found is None:
            raise AccountRefused(_("There is no unit %(unit)s.", unit=text))
        return found.code


@contextmanager
def _desk() -> Iterator[_Desk]:
    """A command on accounts; what is refused ends it with 1 and a sentence."""
    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
        try:
            yield _Desk(Accounts.of(configured), zone, Clock(zone.calendar, configured.today).now())
        except (AccountRefused, WeakPassword) as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(REFUSED) from refusal


@app.command()
def add(
    name: Name,
    role: RoleOption,
    display: Annotated[str, typer.Option("--display", help="The person's name.")],
    unit: UnitOption = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the first password from standard input.")
    ] = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Comes in through the unified sign-in alone.")
    ] = False,
) -> None:
    """Make an account; prints its one-time password, which is to be changed at the first sign-in."""
    _check_unit_given(role, unit)
    if password_stdin and no_password:
        raise typer.BadParameter(_("--password-stdin and --no-password exclude each other"))
    with _desk() as desk:
        wanted = Wanted(name, display, role, desk.unit(unit))
        if no_password:
            desk.accounts.add_without_password(wanted, **desk.act)
        elif password_stdin:
            desk.accounts.add(wanted, password=_password_from_stdin(), **desk.act)
        else:
            _show_password(desk.accounts.add(wanted, **desk.act))
    typer.echo(_("Account %(name)s is there.", name=name), err=True)


@app.command("list")
def list_accounts(as_json_option: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List all accounts."""
    with _desk() as desk:
        rows = [_shown(account) for account in desk.accounts.all()]
    typer.echo(as_json({"accounts": rows}) if as_json_option else as_table(list(_COLUMNS), rows).rstrip("\n"))


@app.command()
def reset(name: Name) -> None:
    """Print a one-time password in place of one that was forgotten; ends the account's sessions."""
    with _desk() as desk:
        _show_password(desk.accounts.reset_password(name, **desk.act))


@app.command()
def unlock(name: Name) -> None:
    """Forget all wrong passwords for an account, so that it is locked from nowhere; its password stays."""
    with _desk() as desk:
        desk.accounts.unlock(name, **desk.act)
    typer.echo(_("Account %(name)s is unlocked.", name=name), err=True)


@app.command()
def disable(name: Name) -> None:
    """Let an account in no more, and end its sessions."""
    with _desk() as desk:
        desk.accounts.set_active(name, active=False, **desk.act)
    typer.echo(_("Account %(name)s is disabled.", name=name), err=True)


@app.command()
def enable(name: Name) -> None:
    """Let a disabled account in again."""
    with _desk() as desk:
        desk.accounts.set_active(name, active=True, **desk.act)
    typer.echo(_("Account %(name)s is enabled.", name=name), err=True)


@app.command("role")
def change_role(
    name: Name, role: Annotated[Role, typer.Argument(help="viewer, unit, office or admin.")], unit: UnitOption = None
) -> None:
    """Give an account another role or unit; ends its sessions."""
    _check_unit_given(role, unit)
    with _desk() as desk:
        desk.accounts.set_role(name, role, desk.unit(unit), **desk.act)
    typer.echo(_("Account %(name)s has the role %(role)s.", name=name, role=role.value), err=True)


@app.command("import")
def import_workbook(
    file: Annotated[Path, typer.Argument(help="Workbook with 账号, 姓名, 角色, 单位.", exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="New workbook with the one-time passwords.")],
) -> None:
    """Make the accounts of a workbook, all or none; their one-time passwords go to a file that only its owner may read."""
    from data.people.account_book import BookRefused, import_accounts

    if output.exists():
        raise typer.BadParameter(_("this file is there already"), param_hint="--output")
    with _desk() as desk:
        try:
            made = import_accounts(desk.accounts, file, output, watched=with_progress, **desk.act)
        except BookRefused as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(REFUSED) from refusal
    typer.echo(_("%(count)s accounts made; their one-time passwords are in %(file)s. Delete it when they are handed out.",
                 count=made, file=output))  # fmt: skip


def _check_unit_given(role: Role, unit: str | None) -> None:
    if role is Role.UNIT and unit is None:
        raise typer.BadParameter(_("An account with the role unit needs its unit."), param_hint="--unit")
    if role is not Role.UNIT and unit is not None:
        raise typer.BadParameter(_("Only an account with the role unit has a unit; leave it out."), param_hint="--unit")


def _password_from_stdin() -> str:
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(_("the password must be UTF-8"), param_hint="--password-stdin") from error


def _show_password(password: str) -> None:
    typer.echo(_("One-time password, shown only now; it must be changed at the first sign-in:"), err=True)
    typer.echo(password)


_COLUMNS = ("account", "display_name", "role", "unit", "active", "must_change", "has_password")


def _shown(account: Account) -> dict[str, Any]:
    values = (
        account.name,
        account.display_name,
        account.role.value,
        account.unit,
        account.active,
        account.must_change,
        account.has_password,
    )
    return dict(zip(_COLUMNS, values, strict=True))

"""Commands on who may use the service: platforms, tokens, staff."""

import argparse
import os
import sys
from datetime import timedelta
from pathlib import Path

from keys import durable
from verifier.format.timestamp import format_seconds

from .. import platformkey
from ..errors import IssuerError
from ..service import access, batches, logins, mailmerge, roster, servicekey
from ..service.access import Role
from ..service.desk import Desk
from ..service.mailmerge import Select
from ..words import access as words
from ..words.tables import as_csv
from .common import Commands, UsageError, asked, open_desk, read, say
from .progress import Bar
from .several import HOLDER_FILE

_TOKEN_DAYS = 90
_MOST_DAYS = 3_650
"""Ten years: a token that lives longer is forgotten by whoever made it."""


def add(commands: Commands) -> None:
    """Add these commands."""
    platforms = commands.group("platforms", "exam platforms whose records are taken")
    platforms.add("list", _platforms, "list the platforms and their keys")
    allowing = platforms.add("allow", _allow, "take records that this key has signed")
    ending = platforms.add("end", _end_platform, "take nothing more that this key signs")
    for parser in (allowing, ending):
        parser.add_argument("platform", metavar="PLATFORM")
        parser.add_argument("key_id", metavar="KEY")
    allowing.add_argument(
        "public_key", metavar="PUBLIC", help="its Ed25519 public key as Multikey (z6Mk…), JWK or PEM; or a file, or -"
    )
    tokens = commands.group("tokens", "bearer tokens for programs")
    tokens.add("list", _tokens, "list the tokens that are in use")
    making = tokens.add("new", _new_token, "make a token; it is shown this once")
    making.add_argument("name", metavar="NAME")
    making.add_argument("--role", required=True, choices=[str(role) for role in Role])
    making.add_argument("--days", type=int, default=_TOKEN_DAYS, help=f"how long it is good (default {_TOKEN_DAYS})")
    tokens.add("end", _end_token, "end a token").add_argument("name", metavar="NAME")
    staff = commands.group("staff", "people who use the console")
    staff.add("list", _staff, "list them")
    setting = staff.add("set", _set_staff, "enter somebody, or give them another role and password")
    setting.add_argument("name", metavar="NAME")
    setting.add_argument("--role", required=True, choices=[str(role) for role in Role])
    setting.add_argument("--password-fd", type=int, metavar="N", help="read the password from this descriptor")
    staff.add("link", _link, "make a link that lets somebody in once").add_argument("name", metavar="NAME")
    staff.add("end", _end_staff, "let somebody go").add_argument("name", metavar="NAME")
    add_links(commands)


def add_links(commands: Commands) -> None:
    """Add the command that hands out links."""
    links = commands.group("links", "the private links of candidates to their pages")
    exporting = links.add("export", _export, "write names, addresses and links for a mail merge; the file is a secret")
    which = exporting.add_mutually_exclusive_group(required=True)
    which.add_argument("--batch", metavar="FILE|ID", help="of a batch: its file, its outcome file, or its id")
    which.add_argument("--reissued", metavar="KEY", help="of what keys reissue has issued anew for this key")
    which.add_argument("--all", action="store_true", help="of everybody who holds a credential")
    exporting.add_argument("--out", metavar="FILE", default="links.csv", help="a new file (default links.csv)")


def _export(options: argparse.Namespace) -> int:
    path = Path(options.out).absolute()
    if path.exists():
        raise _stands(path)
    desk, at = open_desk(options)
    select, key = _select(options, desk), servicekey.of(desk)
    with Bar(sys.stderr, "Gathered") as bar:
        site, progress = desk.config.base_url, bar.show
        found = mailmerge.export(desk, select, key=key, site=site, at=at, progress=progress)
    try:
        durable.create(path, as_csv(mailmerge.HEAD, found.rows, marked=True).encode(), mode=HOLDER_FILE)
    except FileExistsError:
        raise _stands(path) from None
    return say(options, words.exported_json(found, path), words.exported(found, path))


def _select(options: argparse.Namespace, desk: Desk) -> Select:
    if options.all:
        return mailmerge.everything
    if options.reissued:
        return mailmerge.reissued(desk.registry().get(options.reissued).id)
    for path in (Path(f"{options.batch}.outcome.jsonl"), Path(options.batch)):
        if path.is_file():
            return mailmerge.of_outcome(path)
    return mailmerge.of_outcome(batches.find(desk, options.batch).outcome)


def _stands(path: Path) -> IssuerError:
    return IssuerError("links.exists", f"{path} is there already: name another one with --out. Nothing was written.")


def _platforms(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    rows = roster.platforms(desk)
    return say(options, [words.platform_json(row) for row in rows], words.platforms(rows))


def _allow(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    given = options.public_key
    data = read(given, platformkey.MAX_BYTES) if given == "-" or _is_file(given) else given.encode(errors="replace")
    public_key = access.allow_platform(desk, options.platform, options.key_id, data, at)
    name = f"{options.platform}/{options.key_id}"
    text = f"Records that {name} has signed are taken from now on.\nIts key: {public_key}"
    return say(options, {"allowed": name, "publicKey": public_key}, text)


def _is_file(name: str) -> bool:
    return os.path.isfile(name)  # noqa: PTH113 - Path.is_file raises for a text that is longer than a name


def _end_platform(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    access.end_platform(desk, options.platform, options.key_id, at)
    name = f"{options.platform}/{options.key_id}"
    return say(options, {"ended": name}, f"Nothing more that {name} signs is taken.")


def _tokens(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    rows = roster.tokens(desk, at)
    return say(options, [words.token_json(row) for row in rows], words.tokens(rows))


def _new_token(options: argparse.Namespace) -> int:
    if not 1 <= options.days <= _MOST_DAYS:
        raise UsageError(f"--days: a token is good for 1 to {_MOST_DAYS:,} days")
    desk, at = open_desk(options)
    token = access.new_token(desk, options.name, Role(options.role), at, timedelta(days=options.days))
    text = f"{token}\nThis is shown once; only a digest of it is kept."
    return say(options, {"name": options.name, "role": options.role, "token": token}, text)


def _end_token(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    access.end_token(desk, options.name, at)
    return say(options, {"ended": options.name}, f"The token {options.name} opens nothing any more.")


def _staff(options: argparse.Namespace) -> int:
    desk, _ = open_desk(options)
    rows = roster.staff(desk)
    return say(options, [words.person_json(row) for row in rows], words.staff(rows))


def _set_staff(options: argparse.Namespace) -> int:
    password = _password(options.password_fd)
    desk, at = open_desk(options)
    access.set_staff(desk, options.name, Role(options.role), password, at)
    return say(options, {"name": options.name, "role": options.role}, f"{options.name} may log in as {options.role}.")


def _link(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    link = f"{desk.config.base_url}/console/enter/{logins.make_entry(desk, options.name, at)}"
    until = format_seconds(at + logins.ENTRY_LIFE)
    text = f"{link}\nIt lets {options.name} in once, until {until}. It is shown once: only a digest of it is kept."
    return say(options, {"name": options.name, "link": link, "expires": until}, text)


def _end_staff(options: argparse.Namespace) -> int:
    desk, at = open_desk(options)
    access.end_staff(desk, options.name, at)
    return say(options, {"ended": options.name}, f"{options.name} can no longer log in.")


def _password(descriptor: int | None) -> str:
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, "r", encoding="utf-8", closefd=False) as file:
                return file.readline().rstrip("\r\n")
        except (OSError, ValueError):
            raise UsageError(f"--password-fd {descriptor} cannot be read") from None
    if sys.stdin is None or not sys.stdin.isatty():
        raise IssuerError("access.password", "There is no terminal to ask for the password: give --password-fd.")
    return asked("password", "Password: ", confirm=True)

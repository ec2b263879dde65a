"""The command `certify`: arguments in, one use case, words for people or JSON for programs out.

Exit status: 0 done, 1 refused or could not be done (with a stable code), 2 the command line is wrong.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from keys import KeysError
from verifier import terminal
from verifier.format.display import visible
from verifier.format.errors import FormatError
from verifier.format.timestamp import parse

from . import config as configuration
from . import words
from .catalog import load_catalog
from .config import Config
from .errors import IssuerError
from .reasons import reasons
from .register import open_register
from .results import MAX_RECORD_BYTES
from .service import accept, hold, publish, revoke, rotate, setup, show
from .service.accept import Answer
from .service.desk import Desk

EXIT_DONE: Final = 0
EXIT_REFUSED: Final = 1
EXIT_USAGE: Final = 2
_DEFAULT_HOME: Final = "certify-home"
_DEMO: Final[dict[str, str]] = {
    "name": "DEMO Certification Body",
    "base_url": "https://credentials.example",
    "email": "complaints@credentials.example",
}


class UsageError(Exception):
    """Something about the command line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is its exit status."""
    options = _parser().parse_args(arguments)
    terminal.prepare()
    try:
        return int(options.run(options))
    except UsageError as error:
        print(f"certify: {error}", file=sys.stderr)
        return EXIT_USAGE
    except (IssuerError, KeysError) as error:
        _fail(options, error.code, error.detail)
    except OSError as error:
        _fail(options, "disk", f"{error.filename or 'A file'} could not be used: {error.strerror}. Try again.")
    return EXIT_REFUSED


def _fail(options: argparse.Namespace, code: str, detail: str) -> None:
    if options.json:
        terminal.emit(json.dumps({"error": {"code": code, "detail": detail}}, indent=2))
    print(f"certify: {visible(detail)} [{code}]", file=sys.stderr)


def _say(options: argparse.Namespace, value: Any, text: str) -> None:
    terminal.emit(json.dumps(value, indent=2) if options.json else text)


# Each command: options in, exit status out.


def _init(options: argparse.Namespace) -> int:
    given = {"name": options.name, "base_url": options.base_url, "email": options.email, "zone": options.zone}
    if options.demo:
        given = {key: value or _DEMO.get(key) for key, value in given.items()}
    missing = [f"--{key.replace('_', '-')}" for key in ("name", "base_url", "email") if not given[key]]
    if missing:
        raise UsageError(f"init needs {', '.join(missing)} (or --demo)")
    passphrase_file = str(Path(options.passphrase_file).absolute()) if options.passphrase_file else None
    config = configuration.build(_home(options), demo=options.demo, passphrase_file=passphrase_file, **given)
    at = _at(options, demo=options.demo)
    desk = setup.create(config, _passphrase(config, confirm=True), at)
    _say(options, words.created_json(desk), words.created(desk))
    return EXIT_DONE


def _issue(options: argparse.Namespace) -> int:
    read = [(name, _read(name)) for name in options.result]  # all of them before the first act
    desk, at = _open(options)
    worst = EXIT_DONE
    answers: list[dict[str, Any]] = []
    try:
        for name, data in read:
            answer = accept.accept(desk, data, at)
            answers.append(words.answer_json(answer))
            if not options.json:
                terminal.emit(words.answer(answer, name))
            worst = max(worst, EXIT_REFUSED if answer.answer is Answer.REFUSED else EXIT_DONE)
    finally:
        # What was answered is told, also when a later record could not be.
        if options.json and answers:
            terminal.emit(json.dumps(answers if len(read) > 1 else answers[0], indent=2))
    return worst


def _hold_list(options: argparse.Namespace) -> int:
    desk, at = _open(options)
    waiting = hold.waiting(desk, at)
    _say(options, [words.held_json(each) for each in waiting], words.held(waiting))
    return EXIT_DONE


def _hold_release(options: argparse.Namespace) -> int:
    return _hold_decide(options, hold.release)


def _hold_refuse(options: argparse.Namespace) -> int:
    return _hold_decide(options, hold.refuse)


def _hold_decide(options: argparse.Namespace, act: Callable[..., accept.Accepted]) -> int:
    desk, at = _open(options)
    answer = act(desk, options.result_id, decided_by=options.by, reference=options.decision, at=at)
    _say(options, words.answer_json(answer), words.answer(answer, options.result_id))
    # A refusal that was asked for is done; one that nobody asked for is not.
    return EXIT_REFUSED if answer.answer is Answer.REFUSED and act is hold.release else EXIT_DONE


def _revoke(options: argparse.Namespace) -> int:
    desk, at = _open(options)
    revoked = revoke.revoke(desk, options.public_id, reason=options.reason, reference=options.decision, at=at)
    published = None
    try:
        published = None if options.no_publish else publish.publish(desk, at)
    finally:
        # It is withdrawn in the register, also when it could not be published.
        _say(options, words.revoked_json(revoked, published), words.revoked(revoked, published))
    return EXIT_DONE


def _publish(options: argparse.Namespace) -> int:
    desk, at = _open(options)
    published = publish.publish(desk, at)
    _say(options, words.published_json(published), words.published(published))
    return EXIT_DONE


def _show(options: argparse.Namespace) -> int:
    desk, at = _open(options)
    shown = show.show(desk, options.public_id, at)
    _say(options, shown, words.shown(shown))
    return EXIT_DONE


def _keys_generate(options: argparse.Namespace) -> int:
    desk, at = _open(options)
    key_id = rotate.generate(desk, at)
    _say(
        options, {"announced": key_id}, f"Announced {key_id}: it stands in did.json from now on, and does not sign yet."
    )
    return EXIT_DONE


def _keys_list(options: argparse.Namespace) -> int:
    desk, _ = _open(options)
    registry = desk.registry()
    _say(options, words.keys_json(registry), words.keys(registry))
    return EXIT_DONE


# The edge: home, clock, files, passphrase.


def _home(options: argparse.Namespace) -> Path:
    return Path(options.home or os.environ.get("CERTIFY_HOME") or _DEFAULT_HOME).absolute()


def _open(options: argparse.Namespace) -> tuple[Desk, datetime]:
    config = configuration.load(_home(options), os.environ)
    at = _at(options, demo=config.demo)
    return Desk(config, load_catalog(), open_register(config.database), _passphrase(config)), at


def _at(options: argparse.Namespace, *, demo: bool) -> datetime:
    if options.at is None:
        return datetime.now(UTC)
    if not demo:
        raise UsageError("--at works only in a home made by certify init --demo")
    try:
        return parse(options.at)
    except FormatError as error:
        raise UsageError(f"--at: {error.detail}") from None


def _passphrase(config: Config, *, confirm: bool = False) -> Callable[[], bytes]:
    if config.passphrase_file is not None:
        return setup.file_passphrase(config.passphrase_file)
    return lambda: _ask_passphrase(confirm=confirm)


def _ask_passphrase(*, confirm: bool) -> bytes:
    if sys.stdin is None or not sys.stdin.isatty():
        raise IssuerError(
            "key.passphrase-file", "There is no terminal to ask for the passphrase: set a passphrase file."
        )
    passphrase = getpass.getpass("Passphrase of the signing key: ")
    if confirm and getpass.getpass("The same again: ") != passphrase:
        raise UsageError("the two passphrases differ")
    if not passphrase:
        raise UsageError("no passphrase was given")
    return passphrase.encode()


def _read(name: str) -> bytes:
    """One byte more than a record may have: the strict reader then refuses it with its own code."""
    try:
        if name == "-" and sys.stdin is not None:
            return sys.stdin.buffer.read(MAX_RECORD_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_RECORD_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise UsageError(f"{name} cannot be read: {reason}") from None


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--home", metavar="DIR", help=f"the issuer's home (else CERTIFY_HOME, else {_DEFAULT_HOME})")
    common.add_argument("--at", metavar="RFC3339", help="act at this time (demo homes only)")
    common.add_argument("--json", action="store_true", help="print JSON for programs")
    parser = argparse.ArgumentParser(prog="certify", description="Issue, correct and withdraw verifiable credentials.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(group: Any, name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = group.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(run=run)
        return made

    init = command(commands, "init", _init, "create an issuer's home: configuration, key, register, public files")
    init.add_argument("--demo", action="store_true", help="a demonstration issuer, marked as such in every credential")
    init.add_argument("--name", help="the issuer's name, as it is signed")
    init.add_argument("--base-url", metavar="URL", help="https://HOST where the public files will be served")
    init.add_argument("--email", help="the address for complaints, as it is signed")
    init.add_argument("--zone", default="UTC", help="the time zone in which days end (default UTC)")
    init.add_argument("--passphrase-file", metavar="FILE", help="where the signing key's passphrase is read")

    issue = command(commands, "issue", _issue, "answer result records and issue what was earned")
    issue.add_argument("result", nargs="+", metavar="RESULT", help="a result record; - reads standard input")

    revoking = command(commands, "revoke", _revoke, "withdraw a credential, for ever")
    revoking.add_argument("public_id", metavar="ID")
    revoking.add_argument("--reason", required=True, choices=reasons("revocation"))
    revoking.add_argument("--decision", required=True, metavar="REF", help="the reference of the decision")
    revoking.add_argument("--no-publish", action="store_true", help="leave the publication to certify publish")

    command(commands, "publish", _publish, "sign the status lists and write all public files")
    command(commands, "show", _show, "show one credential with its history").add_argument("public_id", metavar="ID")

    holding = commands.add_parser("hold", help="held result records").add_subparsers(required=True, metavar="ACT")
    command(holding, "list", _hold_list, "list the records that wait for a decision")
    for name, run, text in (
        ("release", _hold_release, "decide in the candidate's favour"),
        ("refuse", _hold_refuse, "decide against the candidate"),
    ):
        deciding = command(holding, name, run, text)
        deciding.add_argument("result_id", metavar="RESULT_ID")
        deciding.add_argument("--decision", required=True, metavar="REF", help="the reference of the decision")
        deciding.add_argument("--by", required=True, metavar="WHO", help="the role or staff id that decided")

    managing = commands.add_parser("keys", help="signing keys").add_subparsers(required=True, metavar="ACT")
    command(managing, "generate", _keys_generate, "generate and announce a key")
    command(managing, "list", _keys_list, "list all keys and their states")
    return parser

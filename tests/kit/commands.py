"""Every command of `certify`, as its own parser has them."""

import argparse
from collections.abc import Iterator

from issuer.cli import parser


def every() -> dict[str, argparse.ArgumentParser]:
    """The words of each command, and its parser."""
    return dict(_below(parser(), ()))


def _below(made: argparse.ArgumentParser, words: tuple[str, ...]) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    groups = [action for action in made._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield " ".join(words), made
    for group in groups:
        for name, each in group.choices.items():
            yield from _below(each, (*words, name))

"""What the issuer raises when an act cannot be done: a stable code, and a sentence that says what to do next."""

from typing import Final

_OPERATORS: Final = {"config", "disk", "key", "publish", "register", "service", "status"}
"""Families of codes whose sentences are for the operator alone: they name files, or quote the database."""


class IssuerError(Exception):
    """The root of the package's errors. Nothing was changed, or what was changed is named in `detail`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def is_for_operators(code: str) -> bool:
    """Whether the sentence of this code is for the operator alone."""
    return code.partition(".")[0] in _OPERATORS


def outside(code: str, detail: str) -> str:
    """What everybody else is told, on pages and in answers of the API."""
    if not is_for_operators(code):
        return detail
    return (
        "The service cannot do this now. Its operator finds the reason in the log, under the number of the request, "
        "and by certify doctor. Try again later."
    )

"""What the issuer raises when an act cannot be done: a stable code, and a sentence that says what to do next."""


class IssuerError(Exception):
    """The root of the package's errors. Nothing was changed, or what was changed is named in `detail`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail

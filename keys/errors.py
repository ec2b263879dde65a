"""What this package raises: a stable code, and a sentence that says what to do next."""


class KeysError(Exception):
    """The root of the package's errors. Neither member ever holds a passphrase or a private key."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class KeyFileError(KeysError):
    """A private key cannot be created, opened or used."""


class KeyStateError(KeysError):
    """The state of a key does not allow the act; nothing has changed."""


class RegistryError(KeysError):
    """The key registry is missing, or is not what this package writes."""

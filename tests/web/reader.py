"""The Python end of run_qr.mjs, and what our own codec says in the same form."""

from base64 import b64encode
from collections.abc import Callable, Mapping

from tests.web.running import Answer, Running
from verifier.format.errors import FormatError


class Reader(Running):
    """The codec in JavaScript, running."""

    SCRIPT = "run_qr.mjs"

    def inflate(self, data: bytes, dictionary: bytes, most: int) -> Answer:
        return self.request(op="inflate", data=coded(data), dictionary=coded(dictionary), most=most)

    def digits(self, text: str) -> Answer:
        return self.request(op="digits", text=text)

    def decode(self, data: bytes, dictionaries: Mapping[str, bytes]) -> Answer:
        return self.request(op="decode", data=coded(data), dictionaries=_known(dictionaries))

    def read(self, data: bytes, dictionaries: Mapping[str, bytes]) -> Answer:
        return self.request(op="read", data=coded(data), dictionaries=_known(dictionaries))


def _known(dictionaries: Mapping[str, bytes]) -> dict[str, str]:
    return {name: coded(each) for name, each in dictionaries.items()}


def coded(data: bytes) -> str:
    return b64encode(data).decode()


def ours(work: Callable[[], bytes]) -> Answer:
    """The bytes that come of it, or the refusal, as the reader answers."""
    try:
        return {"data": coded(work())}
    except FormatError as error:
        return {"code": error.code, "detail": error.detail}

"""PDF files that carry a credential as an attached file (ISO 32000-1 sections 7.5.6, 7.5.7, 7.11.4 and 14.13).

The file is read from its begin to its end, stream by stream, and not by its tables: a table may be missing or tell
another story, and an attached file is a stream, which always stands by itself. What a page shows is not compared.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from ..limits import (
    MAX_CREDENTIAL_BYTES,
    MAX_PDF_ATTACHMENTS,
    MAX_PDF_DICTIONARY_BYTES,
    MAX_PDF_PLACE,
    MAX_PDF_STREAMS,
)
from . import jose
from .errors import FormatError
from .pdftokens import dictionary
from .strictjson import load_object
from .types import as_list

_BEGINS: Final = b"%PDF-"
_NO_PDF: Final = re.compile(rb'(?:\xef\xbb\xbf)?[\t\n\r ]*[{\["]')
_BLANK: Final = rb"[\0\t\n\f\r ]"
_OBJECT: Final = re.compile(rb"([0-9]{1,10})%b{1,4}[0-9]{1,5}%b{1,4}obj%b{0,4}<<" % (_BLANK, _BLANK, _BLANK))
_OBJECT_ENDS: Final = b"endobj"
_STREAM: Final = re.compile(rb">>%b{0,4}stream(?:\r\n|[\r\n])" % _BLANK)
_LENGTH: Final = re.compile(rb"/Length%b{1,4}([0-9]{1,10})" % _BLANK)
_ENDS: Final = b"endstream"
_AT_END: Final = re.compile(rb"%b{0,4}endstream" % _BLANK)
_LINE_END: Final = re.compile(rb"(?:\r\n|\r|\n)\Z")
_ATTACHED: Final = b"/EmbeddedFile"
_ENCRYPTED: Final = b"/Encrypt"
_OBJECT_LIKE: Final = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\r ]*\{")
_PLAIN: Final = (b"", b"null", b"[ ]")
_DEFLATED: Final = (b"/FlateDecode", b"[ /FlateDecode ]")
_USUAL: Final = (*_PLAIN, b"[ null ]", b"<< >>", b"<< /Predictor 1 >>")
_Stream = tuple[dict[bytes, bytes], bytes]


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does, also behind what a mail program or a server has put before it."""
    begin = data[: MAX_PDF_PLACE + len(_BEGINS)]
    return _BEGINS in begin and not _NO_PDF.match(begin)


def contents(data: bytes) -> list[bytes]:
    """Every attached file that is a credential by its outline; what cannot be read only counts where there is none.

    Raises FormatError `pdf.form`, `carrier.unread` for what is stored in a way that is not read, or `carrier.size` for
    a JSON text that inflates to more than MAX_CREDENTIAL_BYTES.
    """
    attached = dict(_attached(data)) if _ATTACHED in data else {}
    found, problems = _sorted_out(attached.values())
    if not found and _ENCRYPTED in data:
        raise _unread("The PDF is encrypted.")
    if not found and problems:
        raise problems[0]
    return found


def attachments(data: bytes) -> list[bytes]:
    """Every attached file, whatever it is. Raises FormatError as `contents` does."""
    return [_file(entries, body) for entries, body in dict(_attached(data)).values()] if _ATTACHED in data else []


def _sorted_out(attached: Iterable[_Stream]) -> tuple[list[bytes], list[FormatError]]:
    """The credentials; where there is none, JSON texts that are damaged, of which the reader will say how."""
    found: list[bytes] = []
    damaged: list[bytes] = []
    problems: list[FormatError] = []
    for entries, body in attached:
        try:
            content = _file(entries, body)
        except FormatError as problem:
            problems.append(problem)
            continue
        if jose.looks_like(content):
            found.append(content)
        elif _OBJECT_LIKE.match(content):
            _sort(content, found, damaged)
    return found or damaged, problems


def _sort(content: bytes, credentials: list[bytes], damaged: list[bytes]) -> None:
    """A JSON object that is neither a credential nor a presentation, such as the data of an invoice, is passed over."""
    try:
        document = load_object(content)
    except FormatError:
        damaged.append(content)
        return
    if "proof" in document or any(str(each).startswith("Verifiable") for each in as_list(document.get("type"))):
        credentials.append(content)


def _attached(data: bytes) -> Iterator[tuple[bytes, _Stream]]:
    """Number, dictionary and bytes of every stream that says that it is an attached file, as all writers do.

    Of an object that a later save of the PDF wrote anew (section 7.5.6) the last one counts, as it does in a `dict`.
    """
    looked_at = 0
    for number, header, body in _streams(data):
        if _ATTACHED not in header:
            continue
        looked_at += 1
        if looked_at > MAX_PDF_ATTACHMENTS or len(header) > MAX_PDF_DICTIONARY_BYTES:
            raise _form(f"The PDF has more than {MAX_PDF_ATTACHMENTS} attached files, or describes one at length.")
        entries = dictionary(header)
        if entries.get(b"/Type") == _ATTACHED:
            yield number, (entries, body)


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Number of the object, its dictionary behind the `<<`, and the bytes of every stream."""
    place = 0
    for _ in range(MAX_PDF_STREAMS):
        stream = _STREAM.search(data, place)
        if stream is None:
            return
        ended = data.rfind(_OBJECT_ENDS, place, stream.start())
        begin = _OBJECT.search(data, max(place, ended), stream.start())
        place = stream.end()
        if begin:
            header = data[begin.end() : stream.start() + 2]
            body, place = _body(data, place, _LENGTH.search(header))
            yield begin[1], header, body
    raise _unread("The PDF has too many parts.")


def _body(data: bytes, start: int, length: re.Match[bytes] | None) -> tuple[bytes, int]:
    """The bytes of a stream, and the place behind them; its length may be wrong, or stand elsewhere."""
    if length:
        end = start + int(length[1])
        if _AT_END.match(data, end):
            return data[start:end], end
    end = data.find(_ENDS, start)
    if end < 0:
        raise _form("The PDF is cut off, or a part of it is damaged.")
    return _LINE_END.sub(b"", data[start:end]), end


def _file(entries: dict[bytes, bytes], body: bytes) -> bytes:
    """What the stream holds; nothing where that is too large and cannot be a credential anyway."""
    kind = entries.get(b"/Filter", b"")
    if kind not in _PLAIN + _DEFLATED or entries.get(b"/DecodeParms", b"") not in _USUAL:
        raise _unread("A file attached to the PDF is stored in a way that is not read here.")
    content = body if kind in _PLAIN else _inflated(body)
    if len(content) <= MAX_CREDENTIAL_BYTES:
        return content
    if _OBJECT_LIKE.match(content):
        raise FormatError("carrier.size", "A file attached to the PDF is too large.")
    return b""


def _inflated(body: bytes) -> bytes:
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(body, MAX_CREDENTIAL_BYTES + 1)
    except zlib.error:
        raise _damaged() from None
    if len(content) <= MAX_CREDENTIAL_BYTES and (not inflate.eof or inflate.unused_data):
        raise _damaged()
    return content


def _damaged() -> FormatError:
    return _form("A file attached to the PDF is damaged.")


def _form(detail: str) -> FormatError:
    return FormatError("pdf.form", detail)


def _unread(detail: str) -> FormatError:
    return FormatError("carrier.unread", detail)

"""PDF files that carry a credential as an attached file (ISO 32000-1 sections 7.5.7, 7.11.4 and 14.13).

The file is read from its begin to its end, object by object, and not by its tables: a table may be missing or tell
another story, and an attached file is a stream, which always stands by itself. What a page shows is not compared.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from ..limits import MAX_CREDENTIAL_BYTES, MAX_PDF_ATTACHMENTS
from . import jose
from .errors import FormatError
from .pdftokens import dictionary

_BEGINS: Final = b"%PDF-"
_OBJECT: Final = re.compile(rb"[0-9][\0\t\n\f\r ]{1,4}obj[\0\t\n\f\r ]{0,4}<<")
_STREAM: Final = re.compile(rb"[\0\t\n\f\r ]{0,4}stream(?:\r\n|[\r\n])")
_ENDS: Final = b"endstream"
_AT_END: Final = re.compile(rb"[\0\t\n\f\r ]{0,4}endstream")
_SPACE: Final = b"\t\n\r "
_LINE_END: Final = re.compile(rb"(?:\r\n|\r|\n)\Z")
_DIGITS: Final = re.compile(rb"[0-9]{1,10}")
_PLAIN: Final = ((), (b"null",), (b"[", b"]"))
_DEFLATED: Final = ((b"/FlateDecode",), (b"[", b"/FlateDecode", b"]"))
_Entries = dict[bytes, tuple[bytes, ...]]


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return data.startswith(_BEGINS)


def contents(data: bytes) -> list[bytes]:
    """Every attached file that is a JSON object or a signed token by its outline.

    Raises FormatError `pdf.form`, or `carrier.size` for one that inflates to more than MAX_CREDENTIAL_BYTES.
    """
    if b"/Encrypt" in data:
        raise FormatError("pdf.form", "The PDF is encrypted.")
    attached = list(_attached(data))
    if len(attached) > MAX_PDF_ATTACHMENTS:
        raise FormatError("pdf.form", f"The PDF has more than {MAX_PDF_ATTACHMENTS} attached files.")
    found = [_file(entries, body) for entries, body in attached]
    return [each for each in found if each.lstrip(_SPACE).startswith(b"{") or jose.looks_like(each)]


def _attached(data: bytes) -> Iterator[tuple[_Entries, bytes]]:
    """Dictionary and bytes of every stream that says that it is an attached file, as all writers do."""
    place = 0
    while begin := _OBJECT.search(data, place):
        entries, place = dictionary(data, begin.end())
        stream = _STREAM.match(data, place)
        if stream:
            body, place = _body(data, stream.end(), entries.get(b"/Length", ()))
            if entries.get(b"/Type") == (b"/EmbeddedFile",):
                yield entries, body


def _body(data: bytes, start: int, length: tuple[bytes, ...]) -> tuple[bytes, int]:
    """The bytes of a stream, and the place behind them; its length may be wrong, or stand elsewhere."""
    if len(length) == 1 and _DIGITS.fullmatch(length[0]):
        end = start + int(length[0])
        if _AT_END.match(data, end):
            return data[start:end], end
    end = data.find(_ENDS, start)
    if end < 0:
        raise FormatError("pdf.form", "The PDF is cut off, or a part of it is damaged.")
    return _LINE_END.sub(b"", data[start:end]), end


def _file(entries: _Entries, body: bytes) -> bytes:
    kind = entries.get(b"/Filter", ())
    if kind not in _PLAIN + _DEFLATED or entries.get(b"/DecodeParms", ()) not in _PLAIN:
        raise FormatError("pdf.form", "A file attached to the PDF is stored in a way that is not read here.")
    if kind in _PLAIN:
        return body
    inflate = zlib.decompressobj()
    try:
        content = inflate.decompress(body, MAX_CREDENTIAL_BYTES + 1)
    except zlib.error:
        raise _damaged() from None
    if len(content) > MAX_CREDENTIAL_BYTES:
        raise FormatError("carrier.size", "A file attached to the PDF is too large.")
    if not inflate.eof or inflate.unused_data:
        raise _damaged()
    return content


def _damaged() -> FormatError:
    return FormatError("pdf.form", "A file attached to the PDF is damaged.")

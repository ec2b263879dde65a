"""A certificate as others see it: another implementation of PDF reads its words, draws its page, lists its files."""

from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

DOTS_PER_INCH = 200
MM = 25.4 / 72


@dataclass(frozen=True)
class Printed:
    """`size` is in millimetres, `files` name -> content, `image` the page at 200 dots an inch."""

    pages: int
    size: tuple[int, int]
    text: str
    files: dict[str, bytes]
    metadata: dict[str, str]
    image: Any


def printed(data: bytes) -> Printed:
    document = pdfium.PdfDocument(data)
    page = document[0]
    width, height = page.get_size()
    attached = [document.get_attachment(number) for number in range(document.count_attachments())]
    return Printed(
        len(document),
        (round(width * MM), round(height * MM)),
        page.get_textpage().get_text_range().replace("\r\n", "\n"),
        {each.get_name(): bytes(each.get_data()) for each in attached},
        document.get_metadata_dict(),
        page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil(),
    )

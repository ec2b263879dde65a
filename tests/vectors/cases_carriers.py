"""Vectors of the check `readable`: images and PDF files that carry a credential, or should."""

import zlib

from tests.kit.carriers import (
    BINDING,
    SVG,
    attached,
    baked_png,
    baked_svg,
    element,
    itxt,
    pdf,
    pdf_with,
    png,
    svg,
)
from tests.kit.minting import ISSUER, changed, encoded
from tests.vectors.case import PLAIN, Case, Of, text, valid
from tests.vectors.cases_reading import TOKEN
from verifier.format.proof import JCS
from verifier.format.types import JsonObject
from verifier.limits import (
    MAX_CARRIER_BYTES,
    MAX_CREDENTIAL_BYTES,
    MAX_PDF_ATTACHMENTS,
    MAX_PDF_DICTIONARY_BYTES,
    MAX_PDF_PLACE,
    MAX_PDF_STREAMS,
    MAX_PNG_CHUNKS,
    MAX_SVG_ATTRIBUTES,
    MAX_SVG_ELEMENTS,
    MAX_SVG_PIECES,
)

READABLE = Of("readable")
GOOD = encoded(ISSUER.secured(PLAIN))
OTHER = encoded(ISSUER.secured(PLAIN, JCS))
SIGNED = TOKEN.encode()
BAKED_PNG, BAKED_SVG, FILED = baked_png(GOOD), baked_svg(GOOD), pdf_with(GOOD)
DTD = '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ESCAPED = GOOD.decode().replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace(":", "&#58;")
DOCTYPE = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!-- drawn by hand -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
)
OB = "https://purl.imsglobal.org/ob/v3p0"
BOMB = b"{" + b" " * (MAX_CREDENTIAL_BYTES + 1)
PICTURED: JsonObject = changed(PLAIN, image={"id": f"data:image/png;base64,{'A' * 700_000}", "type": "Image"})
SCRAMBLED = bytes(byte ^ 85 for byte in GOOD)
LIKE_OBJECTS = b"<</A(\\(7 0 obj<<)/B[<</C<4142>>>]/Length 11>>stream\r\n7 0 obj<<(((\nendstream"
LATIN = svg("é").decode().encode("latin-1")
NO_BYTES = attached(b"", b"/Filter/FlateDecode", deflate=False)

PNG: tuple[Case, ...] = (
    READABLE.invalid("png-cut", "png.form", "A PNG badge that was cut off.", text(BAKED_PNG[:-20])),
    READABLE.invalid(
        "png-checksum",
        "png.form",
        "A PNG badge with one letter changed, and the checksum as it was.",
        text(BAKED_PNG.replace(b"Verifiable", b"Verifiably", 1)),
    ),
    READABLE.undecided(
        "png-behind", "carrier.none", "A credential behind the end of an image.", text(png() + itxt(GOOD))
    ),
    READABLE.invalid(
        "png-chunks",
        "png.form",
        "More chunks than an image has.",
        text(png(*[itxt(b"", keyword=b"x")] * MAX_PNG_CHUNKS)),
    ),
    READABLE.invalid(
        "png-compressed",
        "png.form",
        "A PNG badge with its credential compressed, which Open Badges forbids.",
        text(png(itxt(zlib.compress(GOOD), head=b"\1\0\0\0"))),
    ),
    READABLE.invalid(
        "png-keyword", "png.form", "A chunk without the zero behind the language.", text(png(itxt(b"", head=b"\0\0en")))
    ),
    READABLE.undecided("png-plain", "carrier.none", "An image that is no badge.", text(png())),
    READABLE.undecided(
        "png-older",
        "kind.open-badges-2",
        "A badge of Open Badges 2.0, which holds an address.",
        text(png(itxt(b"https://issuer.example/badge", keyword=b"openbadges"))),
    ),
    READABLE.invalid(
        "png-two", "carrier.several", "A PNG badge with two credentials.", text(png(itxt(GOOD), itxt(OTHER)))
    ),
    READABLE.invalid("png-text", "json.syntax", "A PNG badge that carries no JSON.", text(png(itxt(b"a badge")))),
    READABLE.invalid("png-in-png", "json.encoding", "A PNG badge in a PNG badge.", text(png(itxt(BAKED_PNG)))),
    READABLE.invalid(
        "png-large",
        "json.size",
        "A PNG badge larger than a file may be.",
        text(png(itxt(GOOD), itxt(bytes(MAX_CARRIER_BYTES), keyword=b"x"))),
    ),
)
SVG_CASES: tuple[Case, ...] = (
    READABLE.invalid("svg-cut", "svg.form", "An SVG badge that was cut off.", text(BAKED_SVG[:-20] + b"<rect x='")),
    READABLE.invalid(
        "svg-dtd", "svg.form", "A document type that defines entities.", text(svg(element(GOOD), before=DTD))
    ),
    READABLE.invalid(
        "svg-dtd-long", "svg.form", "One longer than any.", text(svg("", before=f"<!DOCTYPE svg {' ' * 1_024}>"))
    ),
    READABLE.invalid(
        "svg-dtd-inside",
        "svg.form",
        "A document type within the element of the credential.",
        text(svg("<openbadges:credential><!DOCTYPE svg></openbadges:credential>")),
    ),
    READABLE.invalid(
        "svg-attributes",
        "svg.form",
        "More attributes than a tag has.",
        text(svg("", attributes=" a=''" * (MAX_SVG_ATTRIBUTES + 1))),
    ),
    READABLE.invalid(
        "svg-elements",
        "svg.form",
        "Many elements for a credential, where one is allowed.",
        text(svg("<openbadges:credential/>" * (MAX_SVG_ELEMENTS + 1))),
    ),
    READABLE.invalid(
        "svg-size",
        "carrier.size",
        "A credential larger than any, in references.",
        text(svg(f"<openbadges:credential>{'&lt;' * (MAX_CREDENTIAL_BYTES // 2 + 1)}</openbadges:credential>")),
    ),
    READABLE.undecided(
        "svg-utf-16", "carrier.unread", "An SVG badge in UTF-16.", text(baked_svg(GOOD).decode().encode("utf-16"))
    ),
    READABLE.undecided(
        "svg-declared-latin-1",
        "carrier.unread",
        "An SVG badge that says that it is in Latin-1.",
        text(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + LATIN),
    ),
    READABLE.invalid(
        "svg-entity",
        "svg.form",
        "A reference to an entity that only a document type could define.",
        text(svg("<openbadges:credential>&b;</openbadges:credential>")),
    ),
    READABLE.invalid(
        "svg-surrogate",
        "svg.form",
        "A reference to half of a surrogate pair.",
        text(svg("<openbadges:credential>&#xD800;</openbadges:credential>")),
    ),
    READABLE.invalid("svg-latin-1", "svg.form", "An SVG badge in Latin-1.", text(LATIN)),
    READABLE.invalid(
        "svg-prefix", "svg.form", "A prefix that stands for nothing.", text(svg(element(GOOD), attributes=""))
    ),
    READABLE.invalid(
        "svg-nested",
        "svg.form",
        "Another element within that of the credential.",
        text(svg("<openbadges:credential><g/></openbadges:credential>")),
    ),
    READABLE.invalid("svg-open", "svg.form", "An element that does not end.", text(svg("<openbadges:credential>{}"))),
    READABLE.invalid("svg-html", "file.html", "A page with an image in it.", text("<html><svg></svg></html>")),
    READABLE.invalid("svg-pieces", "svg.form", "More tags than an image has.", text(svg("<g/>" * MAX_SVG_PIECES))),
    READABLE.undecided("svg-plain", "carrier.none", "An SVG image that is no badge.", text(SVG)),
    READABLE.undecided(
        "svg-comment", "carrier.none", "A credential in a comment.", text(svg(f"<!--{element(b'{}')}-->"))
    ),
    READABLE.invalid(
        "svg-two", "carrier.several", "An SVG badge with two credentials.", text(svg(element(GOOD) + element(OTHER)))
    ),
    READABLE.invalid(
        "svg-both",
        "carrier.several",
        "A token beside a document in one element.",
        text(svg(element(GOOD, f' verify="{TOKEN}"'))),
    ),
)
PDF: tuple[Case, ...] = (
    READABLE.invalid("pdf-cut", "pdf.form", "A PDF that was cut off.", text(FILED[:200])),
    READABLE.invalid(
        "pdf-dictionary",
        "pdf.form",
        "A dictionary without an end.",
        text(pdf(b"<</Type/EmbeddedFile/Params<<>>stream\nx\nendstream")),
    ),
    READABLE.invalid(
        "pdf-dictionary-long",
        "pdf.form",
        "A file that is described at length.",
        text(pdf(attached(GOOD, b" " * MAX_PDF_DICTIONARY_BYTES))),
    ),
    READABLE.undecided(
        "pdf-streams",
        "carrier.unread",
        "More streams than a PDF has.",
        text(pdf(*[b"<<>>stream\n\nendstream"] * MAX_PDF_STREAMS, attached(GOOD))),
    ),
    READABLE.invalid(
        "pdf-json-cut", "json.syntax", "A file attached that was cut off before.", text(pdf_with(GOOD[:-9]))
    ),
    READABLE.undecided(
        "pdf-json-other", "carrier.none", "A PDF with the data of an invoice.", text(pdf_with(b'{"total": 1}'))
    ),
    READABLE.undecided(
        "pdf-late",
        "kind.photo",
        "A header behind more bytes than any reader passes over, of a picture.",
        text(b"BM" + bytes(MAX_PDF_PLACE) + FILED),
    ),
    READABLE.undecided("jpeg", "kind.photo", "A photograph.", text(b"\xff\xd8\xff\xe0\0\x10JFIF\0")),
    READABLE.undecided("heic", "kind.photo", "One of a telephone.", text(b"\0\0\0\x18ftypheic\0\0\0\0")),
    READABLE.undecided(
        "pdf-encrypted",
        "carrier.unread",
        "An encrypted PDF.",
        text(pdf(attached(SCRAMBLED, deflate=False), trailer=b"/Encrypt 9 0 R")),
    ),
    READABLE.undecided(
        "pdf-filter",
        "carrier.unread",
        "A file attached in another compression.",
        text(pdf(attached(GOOD, b"/Filter/LZWDecode"))),
    ),
    READABLE.undecided(
        "pdf-predictor",
        "carrier.unread",
        "A file attached with a predictor.",
        text(pdf(attached(GOOD, b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>"))),
    ),
    READABLE.invalid(
        "pdf-damaged",
        "pdf.form",
        "A file attached that is not the compression that it claims.",
        text(pdf(attached(GOOD, b"/Filter/FlateDecode", deflate=False))),
    ),
    READABLE.invalid(
        "pdf-empty",
        "pdf.form",
        "A file attached without a byte.",
        text(pdf(NO_BYTES)),
    ),
    READABLE.invalid(
        "pdf-trailing",
        "pdf.form",
        "Bytes behind the compression.",
        text(pdf(attached(zlib.compress(GOOD) + b"x", b"/Filter/FlateDecode", deflate=False))),
    ),
    READABLE.invalid(
        "pdf-many",
        "pdf.form",
        "More files than a certificate has.",
        text(pdf_with(*[b"x"] * (MAX_PDF_ATTACHMENTS + 1))),
    ),
    READABLE.invalid("pdf-bomb", "carrier.size", "A kilobyte that inflates to a megabyte.", text(pdf_with(BOMB))),
    READABLE.undecided("pdf-plain", "carrier.none", "A PDF without a file.", text(pdf(b"<</Type/Catalog>>"))),
    READABLE.undecided("pdf-invoice", "carrier.none", "A PDF with another file.", text(pdf_with(b"<invoice/>"))),
    READABLE.invalid("pdf-two", "carrier.several", "A PDF with two credentials.", text(pdf_with(GOOD, OTHER))),
)
VALID: tuple[Case, ...] = (
    valid("valid-png", "A PNG badge.", text(BAKED_PNG)),
    valid(
        "valid-png-language",
        "One with a language and a translated keyword.",
        text(png(itxt(GOOD, head=b"\0\0en\0x\0"))),
    ),
    valid(
        "valid-png-behind",
        "One with bytes behind its end, also such as would be another.",
        text(BAKED_PNG + b"\n" + itxt(OTHER)),
    ),
    valid("valid-png-jwt", "One that carries a token.", text(baked_png(SIGNED))),
    valid("valid-png-twice", "One that carries the same twice.", text(png(itxt(GOOD), itxt(GOOD)))),
    valid("valid-svg", "An SVG badge.", text(BAKED_SVG)),
    valid(
        "valid-svg-declared",
        "One with a declaration, a byte order mark, a comment and a bracket in quotes.",
        text(svg(f"<!-- > --><g id='>'/>{element(GOOD)}", before='\ufeff<?xml version="1.0"?>\n')),
    ),
    valid(
        "valid-svg-escaped",
        "One without CDATA, in references.",
        text(svg(f"<openbadges:credential>{ESCAPED}</openbadges:credential>")),
    ),
    valid(
        "valid-svg-own",
        "One that binds the prefix at the element.",
        text(svg(element(GOOD, f" {BINDING}"), attributes="")),
    ),
    valid("valid-svg-jwt", "One that carries a token.", text(svg(f'<openbadges:credential verify="{TOKEN}"/>'))),
    valid("valid-png-large", "A badge of megabytes.", text(png(itxt(bytes(3 << 20), keyword=b"x"), itxt(GOOD)))),
    valid(
        "valid-svg-doctype",
        "One with the document type of SVG 1.1, as drawing programs write it.",
        text(svg(element(GOOD), before=DOCTYPE)),
    ),
    valid(
        "valid-svg-prefix",
        "One that calls the namespace otherwise.",
        text(svg(element(GOOD).replace("openbadges:", "ob:"), attributes=f'xmlns:ob="{OB}"')),
    ),
    valid(
        "valid-svg-default",
        "One that needs no prefix.",
        text(svg(element(GOOD, f' xmlns="{OB}"').replace("openbadges:", ""), attributes="")),
    ),
    valid(
        "valid-svg-prefixed",
        "One whose own elements have a prefix.",
        text(f"<svg:svg xmlns:svg='http://www.w3.org/2000/svg' {BINDING}>{element(GOOD)}</svg:svg>"),
    ),
    valid(
        "valid-svg-namespace",
        "One under the address of the context.",
        text(svg(element(GOOD), attributes=BINDING.replace("/ob/", "/spec/ob/"))),
    ),
    valid(
        "valid-svg-older-namespace",
        "One under the namespace of Open Badges 2.0.",
        text(svg(element(GOOD), attributes='xmlns:openbadges="http://openbadges.org"')),
    ),
    valid(
        "valid-svg-foreign-credential",
        "One beside a credential of another vocabulary.",
        text(svg(f'<o:credential xmlns:o="https://else.example">{{}}</o:credential>{element(GOOD)}')),
    ),
    valid("valid-svg-large", "A drawing of megabytes.", text(svg(f"<path d='{'M1 1' * (1 << 19)}'/>{element(GOOD)}"))),
    valid(
        "valid-pdf-before", "One behind the head of a message.", text(b"Content-Type: application/pdf\r\n\r\n" + FILED)
    ),
    valid("valid-pdf-json", "One beside JSON that is no credential.", text(pdf_with(b'{"total": 1}', GOOD))),
    valid(
        "valid-pdf-unread",
        "One beside files that are stored otherwise, damaged or too large.",
        text(
            pdf(
                attached(GOOD, b"/Filter/LZWDecode"),
                attached(GOOD, b"/Filter/FlateDecode", deflate=False),
                attached(BOMB),
                attached(b"{"),
                attached(GOOD),
            )
        ),
    ),
    valid(
        "valid-pdf-encrypted",
        "An encrypted PDF whose attached file is not.",
        text(pdf(attached(GOOD), trailer=b"/Encrypt 9 0 R")),
    ),
    valid(
        "valid-pdf-revision",
        "One that was saved again with a newer file in the place of the older.",
        text(pdf(attached(OTHER)) + pdf(attached(GOOD))),
    ),
    valid(
        "valid-pdf-parameters",
        "One with the parameters that are the default.",
        text(pdf(attached(GOOD, b"/Filter/FlateDecode/DecodeParms<</Predictor 1>>"))),
    ),
    valid(
        "valid-pdf-large",
        "One of megabytes.",
        text(pdf(b"<<>>stream\n" + b"x" * (3 << 20) + b"\nendstream", attached(GOOD))),
    ),
    valid("valid-picture", "A credential with a picture in it.", text(encoded(ISSUER.secured(PICTURED)))),
    valid("valid-pdf", "A PDF certificate.", text(FILED)),
    valid("valid-pdf-plain", "One that is not compressed.", text(pdf(attached(GOOD, deflate=False)))),
    valid("valid-pdf-length", "One whose length stands elsewhere.", text(pdf(attached(GOOD, length=b"9 0 R")))),
    valid("valid-pdf-wrong-length", "One whose length is wrong.", text(pdf(attached(GOOD, length=b"7")))),
    valid(
        "valid-pdf-array",
        "One with its compression in an array.",
        text(pdf(attached(GOOD, b"/Filter [ /FlateDecode ] /DecodeParms null % a comment >>\n"))),
    ),
    valid("valid-pdf-jwt", "One that carries a token.", text(pdf_with(SIGNED))),
    valid("valid-pdf-others", "One beside another file, and twice.", text(pdf_with(b"<invoice/>", GOOD, GOOD))),
    valid(
        "valid-pdf-objects",
        "One behind texts and streams that look like objects.",
        text(
            pdf(
                LIKE_OBJECTS,
                attached(GOOD),
            )
        ),
    ),
)
CASES: tuple[Case, ...] = (*PNG, *SVG_CASES, *PDF)

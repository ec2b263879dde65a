"""One rule for text that people will read: what may not stand in a name, a title or a reference.

A text that ends in a credential is made tidy first (`tidy`), and is then fit or not (`fault`).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# Embeddings, overrides and isolates: they can make a printed name read as another one (UAX #9, section 2).
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROL = frozenset(("Cc", "Zl", "Zp"))
_INVISIBLE = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))
_HIDDEN: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
"""Categories of which no character has a shape that everybody sees; format characters, so tags too, among them."""
_SHAPELESS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
"""Letters, marks and symbols without a shape: joiner of graphemes, Hangul fillers, inherent vowels, blank Braille; and
what stands for an object or a character that is not there.
"""
_LOST: Final = "\ufffd"
_TWICE: Final = re.compile("[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""What becomes of an accented letter in UTF-8 that a program has read as Windows-1252; no language writes the two."""
_JOINERS: Final = frozenset("\u200c\u200d")
_JOINED: Final = ((0x0600, 0x08FF), (0x0900, 0x109F), (0x1780, 0x18AF), (0xA8E0, 0xAAFF), (0x11000, 0x11FFF))
"""Scripts in whose words a joiner decides how letters look: Arabic and its neighbours, those of South Asia and beyond,
Khmer and Mongolian.
"""
_VIRAMA: Final = 9
"""Combining class of the marks that end a syllable; a joiner after one may also end the word (old Malayalam)."""
_SELECTORS: Final = ((0x180B, 0x180D), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
"""They choose one shape of the character before, as in Japanese names; a row of them carries a hidden message."""
_PLANE_14: Final = range(0xE0000, 0xF0000)
_NOTHING: Final = frozenset(
    ("n/a", "n.a.", "#n/a", "null", "(null)", "none", "(none)", "undefined", "unknown", "tbd", "[object object]")
)
"""What programs and people write where there is no text, whatever the case."""
_NOT_A_NUMBER: Final = frozenset(("nan", "NaN", "NAN"))
"""The same, but `Nan` is a name."""


def has_control(text: str) -> bool:
    """Whether a control, line-breaking or bidi-override character stands in `text`."""
    return any(char in _BIDI or unicodedata.category(char) in _CONTROL for char in text)


def is_blank(text: str) -> bool:
    """Whether nothing in `text` would be seen."""
    return all(unicodedata.category(char) in _INVISIBLE for char in text)


def tidy(text: str) -> str:
    """`text` as it is signed: no space around it, and letters with their marks composed (NFC)."""
    return unicodedata.normalize("NFC", text.strip())


def fault(text: str, longest: int) -> str | None:
    """What keeps a tidy text from being signed, and what to do, as the end of a sentence; None: nothing does.

    Characters that cannot be seen are refused, but for joiners and selectors where a script writes them. No part of
    `text` is quoted but the code point of what is wrong with it.
    """
    if len(text) > longest:
        return f"has more than {longest} characters: shorten it"
    plain = text.isascii() and text.isprintable()  # most names: nothing to look for
    found = None if plain else next(_unfit(text), None)
    if found == _LOST:
        return "holds U+FFFD, the sign for a character that was lost on its way: take it anew from where it came from"
    if found is not None:
        return f"holds a character that nobody sees (U+{ord(found):04X}): leave it out"
    if _TWICE.search(text):
        return "holds letters that were read in a wrong encoding: take it anew from where it came from"
    if not any(unicodedata.category(char) == "Cn" or unicodedata.category(char)[0] in "LN" for char in text):
        return "has no letter and no digit: give the text itself"
    if text.casefold() in _NOTHING or text in _NOT_A_NUMBER:
        return "says that there is none: give the text itself"
    return None


def _unfit(text: str) -> Iterator[str]:
    for place, char in enumerate(text):
        if char in _JOINERS:
            fits = _joins(text, place)
        elif _is_in(_SELECTORS, char):
            fits = place > 0 and not _is_in(_SELECTORS, text[place - 1]) and not text[place - 1].isspace()
        else:
            fits = not (char in _SHAPELESS or _is_hidden(char))
        if not fits:
            yield char


def _is_hidden(char: str) -> bool:
    """A letter that is younger than our tables has no category either, and is somebody's name."""
    point = ord(char)
    nobody = point in _PLANE_14 or point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return nobody or unicodedata.category(char) in _HIDDEN


def _joins(text: str, place: int) -> bool:
    """Whether the joiner stands between letters of a script that has joiners, or ends a syllable."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not (before and _is_joined(before)):
        return False
    return unicodedata.combining(before) == _VIRAMA or bool(after and _is_joined(after))


def _is_joined(char: str) -> bool:
    return _is_in(_JOINED, char) and unicodedata.category(char)[0] in "LM"


def _is_in(ranges: tuple[tuple[int, int], ...], char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in ranges)

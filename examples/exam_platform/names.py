"""Names as the issuer takes them (its code candidate.name): a copy of its rule, held to it by a test. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

MAX_NAME: Final = 200
_HIDDEN: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
"""Categories of which no character has a shape that everybody sees; format characters, so tags too, among them."""
_SHAPELESS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
"""Letters, marks and symbols without a shape: joiner of graphemes, Hangul fillers, inherent vowels, blank Braille; and
what stands for an object or a character that is not there.
"""
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


def clean_name(text: str) -> str | None:
    """The name as it can be signed and printed (NFC, 1 to 200 characters, nothing that hides), or None."""
    name = unicodedata.normalize("NFC", text.strip())
    hides = len(name) > MAX_NAME or next(_unfit(name), None) is not None or _TWICE.search(name) is not None
    says = any(unicodedata.category(char) == "Cn" or unicodedata.category(char)[0] in "LN" for char in name)
    nothing = name.casefold() in _NOTHING or name in _NOT_A_NUMBER
    return name if says and not hides and not nothing else None


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

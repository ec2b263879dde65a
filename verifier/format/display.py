"""Text from a credential made safe to show: what is invisible, or moves other text about, is made visible."""

import unicodedata
from typing import Final

MAX_SENTENCE: Final = 8_000
"""Characters of a sentence of the program's own: it may name a few paths, and what to do stands at its end."""
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
# Letters, marks and symbols that have no shape of their own: joiner, Hangul fillers, vowel inherent, blank Braille.
_BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def visible(text: str, limit: int = 300) -> str:
    """`text` with control, format, bidi and zero-width characters written as ⟨U+202E⟩, cut to `limit` characters."""
    shown = "".join(_visible(character) for character in text[:limit])
    return shown + "…" if len(text) > limit else shown


def whole(sentence: str) -> str:
    """A sentence that this program has made, as `visible`: cut where no such sentence is as long."""
    return visible(sentence, MAX_SENTENCE)


def _visible(character: str) -> str:
    if unicodedata.category(character) in _HIDDEN_CATEGORIES or character in _BLANK:
        return f"\u27e8U+{ord(character):04X}\u27e9"
    return character

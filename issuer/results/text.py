"""One rule for text that people will read: what may not stand in a name, a title or a reference."""

import unicodedata

# Embeddings, overrides and isolates: they can make a printed name read as another one (UAX #9, section 2).
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROL = frozenset(("Cc", "Zl", "Zp"))
_INVISIBLE = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))


def has_control(text: str) -> bool:
    """Whether a control, line-breaking or bidi-override character stands in `text`."""
    return any(char in _BIDI or unicodedata.category(char) in _CONTROL for char in text)


def is_blank(text: str) -> bool:
    """Whether nothing in `text` would be seen."""
    return all(unicodedata.category(char) in _INVISIBLE for char in text)

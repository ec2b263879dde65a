"""The fonts of certificates: folders of installed packages, and which families come first for a name."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import typst

_PACKAGES: Final = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "justmytype_intl_cjk")
"""Each holds fonts under the OFL; the last one, of 50 MB, is an extra."""
_FIRST: Final = ("Noto Sans", "Noto Sans Arabic")
_HAN: Final = ("Noto Sans SC", "Noto Sans TC", "Noto Sans JP", "Noto Sans KR")
_KANA: Final = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


@cache
def available(folder: Path | None) -> typst.Fonts:
    """The fonts of the packages that are installed and of one more folder; nothing of the system beside."""
    folders = [*_of_packages(), *([folder] if folder else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def families(fonts: typst.Fonts, text: str) -> list[str]:
    """Every family, those first that suit the scripts of the text: Han characters look different in each language."""
    last = "Noto Sans JP" if _KANA.search(text) else "Noto Sans KR" if _HANGUL.search(text) else _HAN[0]
    wanted = (*_FIRST, last, *_HAN)
    found = sorted(set(fonts.families()))
    return list(dict.fromkeys([*(name for name in wanted if name in found), *found]))


def _of_packages() -> list[Path]:
    specs = (find_spec(name) for name in _PACKAGES)
    return [Path(place) for spec in specs if spec for place in spec.submodule_search_locations or ()]

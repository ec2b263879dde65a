"""Reads a page as the scripted candidate sees it: its one form, the labels of its choices, its legend. No script."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Page:
    """`fields` is what the form would send untouched; `choices` the radio buttons' values by the text beside them."""

    title: str = ""
    legend: str = ""
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)


def read_page(html: str) -> Page:
    """The page in `html`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._values: dict[str, str] = {}
        self._inside, self._text, self._label_for = "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.page.action = given["action"]
        elif tag == "input":
            self._input(given, checked="checked" in given)
        elif tag in {"title", "legend", "label"}:
            self._inside, self._text, self._label_for = tag, "", given.get("for", "")

    def _input(self, given: dict[str, str], *, checked: bool) -> None:
        kind = given.get("type", "text")
        if kind == "radio":
            self._values[given["id"]] = given["value"]
        if kind not in {"radio", "checkbox"} or checked:
            self.page.fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag != self._inside:
            return
        text, self._inside = " ".join(self._text.split()), ""
        if tag == "title":
            self.page.title = text
        elif tag == "legend":
            self.page.legend = text
        elif self._label_for in self._values:
            self.page.choices[text] = self._values[self._label_for]

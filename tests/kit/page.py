"""An HTML page as a test reads it: its elements, its text, its forms; and whether it is put together properly."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "img", "input", "br", "hr", "path", "circle"}
INLINE = {"a", "strong", "code", "time", "span"}
LOADING = {"img": "src", "link": "href", "script": "src", "iframe": "src", "form": "action", "object": "data"}


@dataclass
class Form:
    """One form: where it goes, and what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """`elements`: (tag, attributes) in order; `text`: all of it, on one line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.forms: list[Form] = []
        self.headings: list[int] = []
        self._open: list[str] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], self._open
        self.text = " ".join("".join(self._text).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._apart(tag)
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self._open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag == "form":
            self.forms.append(Form(attributes["action"], attributes["method"]))
        if tag in {"input", "textarea"} and self.forms and "name" in attributes:
            self.forms[-1].fields[attributes["name"]] = attributes.get("value", "")

    def _apart(self, tag: str) -> None:
        if tag not in INLINE:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._apart(tag)
        if tag not in VOID:
            assert self._open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if "title" not in self._open:
            self._text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def loaded(self) -> list[str]:
        """Every address that a browser would ask by itself, or send a form to."""
        return [attributes.get(LOADING[tag], "") for tag, attributes in self.elements if tag in LOADING]

    def form(self, action: str) -> Form:
        return next(form for form in self.forms if form.action == action)


def page(response: Any, status: int = 200) -> Page:
    """The page of an answer, which must be sound: one h1, headings in order, labels, landmarks, nothing foreign."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "text/html; charset=utf-8"
    read = Page(response.get_data(as_text=True))
    assert read.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(read.headings, read.headings[1:], strict=False))
    assert [len(read.all(tag)) for tag in ("main", "header", "footer")] == [1, 1, 1]
    assert all(address.startswith(("/", "data:,")) and not address.startswith("//") for address in read.loaded)
    labelled = {label["for"] for label in read.all("label")}
    asked = [each for each in (*read.all("input"), *read.all("textarea")) if each.get("type") != "hidden"]
    assert {each["id"] for each in asked} == labelled
    identifiers = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    assert not read.all("script")
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    return read

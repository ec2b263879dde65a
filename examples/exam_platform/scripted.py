"""A candidate without hands: sits the exam over HTTP like a person, and prints where the exam sends it at the end.

python -m examples.exam_platform.scripted http://127.0.0.1:8090/ --key examples/exam_platform/questions.json --fail
"""

import argparse
import sys
from dataclasses import dataclass, field
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from pathlib import Path
from typing import IO, Final
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, Request, build_opener

from .exam import Exam, load_exam
from .forms import Page, read_page

TIMEOUT_SECONDS: Final = 30


class _AsAnswered(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """A redirection is an answer to look at."""


def _opener() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()), _AsAnswered())


@dataclass(slots=True)
class Browser:
    """Cookies, and the last page. `address` may lie outside of the exam: then it was not asked for."""

    start: str
    address: str = ""
    status: int = 0
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    opener: OpenerDirector = field(default_factory=_opener)

    @property
    def page(self) -> Page:
        return read_page(self.html)

    def get(self, address: str) -> Page:
        """Open a page of the exam, and follow it wherever it leads within the exam."""
        self.address = urljoin(self.address or self.start, address)
        if urlsplit(self.address).netloc == urlsplit(self.start).netloc:
            self._ask(Request(self.address))  # noqa: S310 - an address of the exam, compared above
        return self.page

    def send(self, **changes: str | None) -> Page:
        """Send the form of this page with these fields changed; None leaves a field out."""
        fields = {name: value for name, value in {**self.page.fields, **changes}.items() if value is not None}
        target = urljoin(self.address, self.page.action)
        self.address = target
        self._ask(Request(target, urlencode(fields).encode()))  # noqa: S310 - the form came from the exam
        return self.page

    def _ask(self, request: Request) -> None:
        try:
            response = self.opener.open(request, timeout=TIMEOUT_SECONDS)
        except HTTPError as error:
            response = error
        with response:
            self.status, self.headers = response.status, dict(response.headers)
            self.html = response.read().decode()
        if self.status in {302, 303}:
            self.get(self.headers["Location"])


def begin(browser: Browser, name: str, **fields: str) -> Page:
    """Fill in the first page and start; the answer is the first question, or the form with what is missing."""
    browser.get(browser.start)
    return browser.send(**{"name": name, "terms": "yes", **fields})


def answer_all(browser: Browser, exam: Exam, right: int) -> None:
    """Answer question after question, the first `right` of them as the key has it, up to the overview."""
    for number in range(len(exam.questions)):
        browser.send(choice=choice(browser.page, exam, right=number < right), go="next")


def choice(page: Page, exam: Exam, *, right: bool) -> str:
    """The value of the right radio button, or of a wrong one: found by its text, as a person does."""
    question = next(each for each in exam.questions.values() if each.ask == page.legend and _fits(page, each.options))
    wanted = next(text for option, text in question.options.items() if (option == question.best) is right)
    return page.choices[wanted]


def _fits(page: Page, options: dict[str, str]) -> bool:
    """Two questions may ask with the same words."""
    return set(options.values()) == set(page.choices)


def sit(start: str, exam: Exam, name: str, right: int, **fields: str) -> Browser:
    """A whole sitting; the browser's `address` is where it ended."""
    browser = Browser(start)
    begin(browser, name, **fields)
    if browser.status == 200:
        answer_all(browser, exam, right)
        browser.send()
    return browser


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripted", description="Sit the exam without hands.", allow_abbrev=False)
    parser.add_argument("address", help="of the exam's first page")
    parser.add_argument("--key", type=Path, required=True, help="the file of questions with their key")
    parser.add_argument("--name", default="Ada Example")
    parser.add_argument("--email", default="")
    parser.add_argument("--fail", action="store_true", help="answer one question less right than a pass takes")
    options = parser.parse_args()
    exam = load_exam(options.key)
    right = exam.pass_raw - 1 if options.fail else len(exam.questions)
    browser = sit(options.address, exam, options.name, right, email=options.email)
    print(browser.address)
    if urlsplit(browser.address).netloc == urlsplit(browser.start).netloc:
        print(f"scripted: the exam kept its candidate: {browser.status} {browser.page.title}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

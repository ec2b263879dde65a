"""What certificates and QR codes cost: many at once by the real commands, and each part of one.

Run it as `make bench` or `python benchmarks/bench_certificate.py [NUMBER]`. Milliseconds are those of this machine.
Home and key are made for the run and thrown away.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # benchmarks/ is not installed

from benchmarks.bench_batch import AT, CREATED, certify  # noqa: E402 - the path comes first
from benchmarks.bench_verify import RESULT  # noqa: E402
from issuer import config  # noqa: E402
from issuer.catalog import load_catalog  # noqa: E402
from issuer.deliver import drawing  # noqa: E402
from issuer.register import open_register  # noqa: E402
from issuer.service import deliver, qr  # noqa: E402
from issuer.service.desk import Desk  # noqa: E402
from verifier import Trust, verify  # noqa: E402
from verifier.format.timestamp import parse  # noqa: E402

NUMBER = 100
NAMES = ("Ada Example", "ليلى المثال", "王示例", "Zoë Kovářová-Nguyễn", "山田はなこ")
FEW = 20


def issue(folder: Path, number: int) -> None:
    record = json.loads(RESULT.read_bytes())
    path = folder / "batch.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for each in range(number):
            record["resultId"], record["attempt"]["attemptId"] = f"res-{each}", f"att-{each}"
            record["candidate"] |= {"candidateId": f"cand-{each}", "email": f"n{each}@candidate.example"}
            record["candidate"]["displayName"] = f"{NAMES[each % len(NAMES)]} {each}"
            file.write(json.dumps(record) + "\n")
    home = ("--home", f"{folder}/home")
    certify("init", "--demo", *home, "--at", CREATED)
    certify("batch", str(path), *home, "--at", AT)


def peak() -> float:
    """MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def parts(folder: Path) -> dict[str, float]:
    """Milliseconds of each part, by the clock, and of reading one back."""
    settings = config.load(folder / "home", {})
    desk = Desk(settings, load_catalog(), open_register(settings.database), lambda: b"")
    at = parse(AT)
    wanted = deliver.in_force(desk, at)[:FEW]
    times: dict[str, float] = {}

    def timed(name: str, begun: float) -> None:
        times[name] = times.get(name, 0) + (time.perf_counter() - begun) * 1000 / len(wanted)

    trust = Trust.read((folder / "home" / "public" / "trust.json").read_bytes())
    for public_id in wanted:
        begun = time.perf_counter()
        code = qr.code(desk, public_id, at)
        drawing.symbol(code)
        timed("QR code chosen and drawn", begun)
        begun = time.perf_counter()
        made = deliver.certificate(desk, public_id, at)
        timed("a whole certificate", begun)
        begun = time.perf_counter()
        report = verify(made.content, trust=trust, at=at)
        timed("the PDF verified", begun)
        assert report  # noqa: S101 - a wrong answer is not worth timing
    return times


def many(folder: Path, what: str) -> tuple[list[int], float, float, float]:
    """Sizes in bytes, seconds, and the peak of memory before and after."""
    before, begun = peak(), time.monotonic()
    certify(what, "--all", "--home", f"{folder}/home", "--out", f"{folder}/{what}", "--at", AT)
    seconds = time.monotonic() - begun
    return [path.stat().st_size for path in (folder / what).iterdir()], seconds, before, peak()


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        issue(folder, number)
        times = parts(folder)
        made = {what: many(folder, what) for what in ("certificate", "qr")}
    print(f"\n{'certificate':<40} {'ms':>8}")
    for part, milliseconds in times.items():
        print(f"  {part:<38} {milliseconds:8.1f}")
    print(f"\n{'all at once':<20} {'files':>8} {'seconds':>8} {'a second':>9} {'KiB each':>10} {'peak MiB':>14}")
    for what, (sizes, seconds, before, after) in made.items():
        kib = f"{min(sizes) // 1024} to {max(sizes) // 1024}"
        rate, memory = len(sizes) / seconds, f"{before:.0f} to {after:.0f}"
        print(f"  {what:<18} {len(sizes):8,} {seconds:8.1f} {rate:9.1f} {kib:>10} {memory:>14}")


if __name__ == "__main__":
    main()

"""What signing and verifying cost: our walk, PyLD, and the floor under both, side by side in one run.

Run it as `make bench` or `python benchmarks/bench_verify.py`. The figures are CPU milliseconds of this machine: only
the ratios mean something elsewhere. The key is made for the run and thrown away.
"""

import json
import time
import tracemalloc
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from issuer import secondopinion, status
from issuer.catalog import load_catalog
from issuer.config import Config
from issuer.credential import Award, StatusEntry, build, list_url
from issuer.diddoc import method_id, trust_file
from issuer.results import read_record
from issuer.signing import secure
from keys import KeyRecord, KeyState, Registry
from verifier import Trust, verify
from verifier.format import multikey, proof

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "examples" / "results" / "aima-pass.json"
AT = datetime(2026, 7, 1, 9, 32, 13, tzinfo=UTC)
SUITES = (proof.RDFC, proof.JCS)  # what we issue
ROUNDS = 7
SECONDS_PER_ROUND = 0.06

Work = Callable[[], object]


class ThrowAwaySigner(NamedTuple):
    """A signer for one run."""

    key: Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


class Bench:
    """One issuer, one AIMA credential, and every way to sign and verify it."""

    def __init__(self) -> None:
        self.config = Config(
            home=ROOT,
            name="DEMO Benchmark",
            base_url="https://credentials.example",
            email="complaints@credentials.example",
            zone=ZoneInfo("UTC"),
            demo=True,
            passphrase_file=None,
        )
        self.signer = ThrowAwaySigner(Ed25519PrivateKey.generate())
        record = KeyRecord(
            "key-2026-1", multikey.encode(self.signer.public_key), "file:none", KeyState.ACTIVE, AT, AT, AT
        )
        self.registry = Registry((record,))
        self.method = method_id(self.config.did, record)
        self.credential = self._credential()
        self.trust = self._trust()
        self.options = {suite: self._options(suite) for suite in SUITES}
        self.inputs = {suite: proof.hash_input(self.credential, self.options[suite]) for suite in SUITES}
        self.signatures = {suite: self.signer.sign(self.inputs[suite].data) for suite in SUITES}
        self.files = {suite: encoded(self.secured(suite)) for suite in SUITES}

    def _credential(self) -> dict[str, Any]:
        catalog = load_catalog()
        result = read_record(RESULT.read_bytes())
        blueprint = catalog.blueprints[result.blueprint]
        achievement = catalog.achievement(blueprint, self.config.base_url)
        award = Award("urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a10", "AIMA-2026-7K3Q9FW8", AT, AT + timedelta(730))
        entries = (StatusEntry("revocation", 1, 48213),)
        return build(self.config, blueprint, achievement, award, result, valid_from=AT, status=entries)

    def _trust(self) -> Trust:
        url = list_url(self.config, "revocation", 1)
        unsigned = status.build(
            url, self.config.did, "revocation", length=131_072, indices=frozenset(range(0, 131_072, 997)), valid_from=AT
        )
        lists = {url: secure(unsigned, self.signer, self.method, proof.RDFC, AT)}
        file = trust_file(self.config.did, self.config.name, self.registry, as_of=AT, status_lists=lists, schemas={})
        return Trust.read(encoded(file))

    def _options(self, suite: str) -> dict[str, Any]:
        return dict(proof.new_options(self.credential, suite, self.method, "2026-07-01T09:32:13Z"))

    def secured(self, suite: str) -> dict[str, Any]:
        """As the issuer signs: for eddsa-rdfc-2022 with the second opinion."""
        return secure(self.credential, self.signer, self.method, suite, AT)

    def issued(self) -> dict[str, Any]:
        """The same for a credential that was not seen before, in a second in which others were signed."""
        another = {**self.credential, "id": f"urn:uuid:{uuid.uuid4()}"}
        return secure(another, self.signer, self.method, proof.RDFC, AT)

    def hash_input(self, suite: str) -> bytes:
        """What is signed, from the document."""
        return proof.hash_input(self.credential, self.options[suite]).data

    def pyld(self) -> bytes:
        """As `hash_input` for eddsa-rdfc-2022, with PyLD's canonical forms in the place of ours."""
        options = {**self.options[proof.RDFC], "@context": self.credential["@context"]}
        return proof.HashInput(secondopinion.canonicalize(options), secondopinion.canonicalize(self.credential)).data

    def sign(self, data: bytes) -> bytes:
        return self.signer.sign(data)

    def check(self, data: bytes, suite: str) -> None:
        """Ed25519 verification, the key loaded from its bytes as a verifier has to."""
        self.signer.key.public_key().verify(self.signatures[suite], data)

    def report(self, suite: str) -> None:
        """The whole `verify`: bytes in, every check, the status list included."""
        report = verify(self.files[suite], trust=self.trust, at=AT)
        assert report, report.summary  # noqa: S101 - a wrong answer is not worth timing


def encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def cases(bench: Bench) -> dict[str, dict[str, Work]]:
    """Title -> the ways that are compared; the first one of each is the measure for the others."""
    rdfc, jcs = proof.RDFC, proof.JCS
    return {
        "sign": {
            "floor: two SHA-256 and Ed25519 over given bytes": lambda: bench.sign(bench.inputs[rdfc].data),
            "eddsa-jcs-2022": lambda: bench.sign(bench.hash_input(jcs)),
            "eddsa-rdfc-2022, our walk": lambda: bench.sign(bench.hash_input(rdfc)),
            "eddsa-rdfc-2022, PyLD": lambda: bench.sign(bench.pyld()),
            "eddsa-rdfc-2022, as issued (our walk, then PyLD)": bench.issued,
        },
        "verify": {
            "floor: two SHA-256 and Ed25519 over given bytes": lambda: bench.check(bench.inputs[rdfc].data, rdfc),
            "eddsa-jcs-2022": lambda: bench.check(bench.hash_input(jcs), jcs),
            "eddsa-rdfc-2022, our walk": lambda: bench.check(bench.hash_input(rdfc), rdfc),
            "eddsa-rdfc-2022, PyLD": lambda: bench.check(bench.pyld(), rdfc),
            "whole report, compact rendering": lambda: bench.report(jcs),
            "whole report, file rendering": lambda: bench.report(rdfc),
        },
    }


def cost(work: Work, times: int) -> float:
    """CPU milliseconds of one call."""
    begun = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - begun) * 1000 / times


def repetitions(work: Work) -> int:
    """How many calls fill one round; the first call, which fills caches, is not counted."""
    work()
    return max(1, int(SECONDS_PER_ROUND * 1000 / max(cost(work, 3), 0.001)))


def measure(works: dict[str, Work]) -> dict[str, float]:
    """The median of several rounds, in which the ways take turns, so that a slow moment meets all of them."""
    times = {name: repetitions(work) for name, work in works.items()}
    rounds = [{name: cost(work, times[name]) for name, work in works.items()} for _ in range(ROUNDS)]
    return {name: median(each[name] for each in rounds) for name in works}


def peak(work: Work) -> float:
    """KiB that one call holds at its highest, with every cache filled before."""
    work()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1024
    finally:
        tracemalloc.stop()


def main() -> None:
    bench = Bench()
    for title, works in cases(bench).items():
        milliseconds = measure(works)
        floor = next(iter(milliseconds.values()))
        pyld = milliseconds["eddsa-rdfc-2022, PyLD"]
        print(f"\n{title:<52} {'CPU ms':>8} {'x floor':>8} {'PyLD is':>9} {'peak KiB':>9}")
        for name, value in milliseconds.items():
            print(f"  {name:<50} {value:8.3f} {value / floor:8.1f} {pyld / value:7.1f} x {peak(works[name]):9.0f}")
    sizes = ", ".join(f"{suite} {len(file):,}" for suite, file in bench.files.items())
    print(f"\nBytes of the AIMA credential: {sizes}")


if __name__ == "__main__":
    main()

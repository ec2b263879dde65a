"""Feeds the verifier with bytes that libFuzzer and our own mutations make up, guided by what code they reach.

Fails on any exception that is no documented refusal, on an input that takes more than 20 seconds, and on one that takes
more than 256 MiB. Run it as `make fuzz`; fuzz/README.md says more.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import atheris  # lives in an environment of its own

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["verifier"]):
    import verifier
    from verifier import memory, output, wanted
    from verifier.format import jose, nquads, proof, rdfc, statuslist, strictjson
    from verifier.format.errors import FormatError
    from verifier.format.types import JsonObject
    from verifier.limits import MAX_VERIFY_SECONDS

from tests.kit.credentials import aima, caig  # noqa: E402 - the path comes first, and what is watched
from tests.kit.minting import AT, HOLDER, ISSUER, encoded  # noqa: E402
from tests.kit.mutation import structural  # noqa: E402
from tests.kit.securing import chain, ed25519_2020, enveloped, jwt, presentation, proof_set  # noqa: E402
from tests.vectors.cases import CASES  # noqa: E402

MOST_BYTES = 256 << 20
LONGEST_SEED = 16_384
TRUST = ISSUER.trust()
POLICY = verifier.Policy(challenge="c", domain="d")
ACCEPTED = frozenset({ISSUER.did})


class TooMuchError(Exception):
    """An input took more time or memory than any may."""


# --- What is called -----------------------------------------------------------------------------------------


def examine(data: bytes, trust: verifier.Trust = TRUST) -> verifier.Report:
    """Every public thing that can be done with a file."""
    report = verifier.verify(data, trust=trust, at=AT, policy=POLICY)
    json.dumps(report.to_json())
    output.text(report, details=True)
    verifier.Trust.read(memory.remember(trust, report, ACCEPTED, AT))
    return report


def examine_signed(document: JsonObject) -> None:
    """The same document with a good signature: what an issuer who means harm could have made."""
    for suite in (proof.RDFC, proof.JCS):
        try:
            signed = ISSUER.secured(document, suite)
            held = HOLDER.signed(HOLDER.presentation(signed), proof.JCS)
        except FormatError:
            continue
        examine(encoded(signed))
        examine(encoded(held))
    examine(jwt(document))


def examine_trust(data: bytes) -> None:
    try:
        trust = verifier.Trust.read(data)
    except verifier.TrustError:
        return
    for credential in CREDENTIALS:
        examine(credential, TRUST + trust)


def refused(call: Callable[[], object]) -> None:
    """A call that may refuse its input, in the documented way."""
    try:
        call()
    except FormatError:
        return


def test_one_input(data: bytes) -> None:
    """One input, as every kind of thing that it may be."""
    begun, before = time.monotonic(), held_now()
    examine(data)
    examine_trust(data)
    refused(lambda: nquads.read(data))
    refused(lambda: statuslist.decode(data.decode("utf-8", "replace")))
    if jose.looks_like(data):
        refused(lambda: jose.parse(data))
    try:
        value = strictjson.loads(data)
    except FormatError:
        value = None
    if isinstance(value, dict):
        wanted.requirements(value)
    if isinstance(value, dict) and "@context" in value:
        examine_signed({name: each for name, each in value.items() if name != "proof"})
    if time.monotonic() - begun > MAX_VERIFY_SECONDS:
        raise TooMuchError("time")
    if held_at_most() - before > MOST_BYTES:
        raise TooMuchError("memory")


def held_now() -> int:
    """Bytes of resident memory; sets the mark of the highest back, too (Linux; elsewhere 0)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return 0
    return _memory("VmRSS")


def held_at_most() -> int:
    return _memory("VmHWM")


def _memory(name: str) -> int:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(name)), 0)


# --- What is tried --------------------------------------------------------------------------------------------

CREDENTIALS = [encoded(ISSUER.secured(aima())), jwt(caig())]


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Half of the time a change that leaves JSON or a token whole, so that it gets further than the reader."""
    chance = random.Random(seed)  # noqa: S311 - mutations need no secure randomness
    if chance.random() < 0.5:
        try:
            changed = structural(data, chance)
        except Exception:  # noqa: BLE001 - what it is made from may be anything
            changed = b""
        if 0 < len(changed) <= max_size:
            return changed
    return bytes(atheris.Mutate(data, max_size))


def seeds() -> dict[str, bytes]:
    """Examples, vectors, one of each kind, and trust."""
    found = {path.name: path.read_bytes() for path in sorted((ROOT / "examples").glob("*.json"))}
    found |= {f"trust-{name}": encoded(value) for name, value in ISSUER.trust_file().items() if isinstance(value, dict)}
    found["trust"] = encoded(ISSUER.trust_file(statusLists={}))
    found |= {f"list-{n}": encoded(value) for n, value in enumerate(ISSUER.lists().values())}
    found |= {f"vector-{case.name}": case.build().data for case in CASES}
    bare = aima()
    found |= {
        "set": encoded(proof_set(bare, 3)),
        "chain": encoded(chain(bare, 3)),
        "ed25519-2020": encoded(ed25519_2020(bare)),
        "token": jwt(bare),
        "presentation": encoded(presentation(ISSUER.secured(bare), enveloped(jwt(bare)), challenge="c", domain="d")),
        "nquads": rdfc.canonicalize(bare),
        "bits": statuslist.encode(bytes(16_384)).encode(),
    }
    return {name: data for name, data in found.items() if 0 < len(data) <= LONGEST_SEED}


def write_seeds(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (_, data) in enumerate(sorted(seeds().items())):
        (folder / f"seed-{number:04}").write_bytes(data)


def main() -> None:
    """Arguments are libFuzzer's; folders and limits are given unless they are among them."""
    build = ROOT / "build" / "fuzz"
    write_seeds(build / "seeds")
    (build / "corpus").mkdir(exist_ok=True)
    defaults = [
        f"-timeout={MAX_VERIFY_SECONDS + 10}",
        "-rss_limit_mb=2048",  # of this whole process, which keeps what it has learned; each input is held to less
        f"-max_len={4 * LONGEST_SEED}",
        f"-artifact_prefix={build}{os.sep}",
    ]
    folders = [str(build / "corpus"), str(build / "seeds")]
    given = sys.argv[1:]
    if any(not argument.startswith("-") for argument in given):
        folders = []  # a file to try again
    atheris.Setup([sys.argv[0], *defaults, *given, *folders], test_one_input, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

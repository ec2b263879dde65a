"""The main job, end to end, as an operator and a reader do it: every line that starts with $ is a real command."""

import json
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"
MARKER = DEMO / "made-by-make-demo"
BIN = Path(sys.executable).parent
HOME = "demo/issuer"
TRUST = "demo/issuer/public/trust.json"

CREATED, AIMA_AT, CAIG_AT = "2026-06-15T08:00:00Z", "2026-07-01T09:32:13Z", "2026-07-08T01:32:13Z"
CHECKED, WITHDRAWN, LATER = "2026-07-09T10:00:00Z", "2026-07-14T09:00:00Z", "2026-07-14T09:05:00Z"


def main() -> None:
    begin()
    say("1. An issuer is created: its key, its register, and the files that anyone may fetch.")
    certify("init", "--demo", at=CREATED)

    say("2. Two results arrive from the exam platform. Both are passes, and become signed credentials.")
    aima = issue("aima-pass.json", AIMA_AT)
    caig = issue("caig-pass.json", CAIG_AT)

    say("3. Anyone checks them without a network: the file, and the issuer's trust file.")
    verify(aima, "--trust", TRUST, at=CHECKED, expected=0)
    verify(caig, "--trust", TRUST, at=CHECKED, expected=0)

    say("4. Somebody changes the name in a copy.")
    verify(tampered(aima), "--trust", TRUST, at=CHECKED, expected=1)

    say("5. Somebody has the issuer's keys but not its withdrawal lists: that is no green light.")
    did = ("--did-doc", f"{HOME}/public/.well-known/did.json", "--accept-issuer", "did:web:credentials.example")
    verify(caig, *did, at=CHECKED, expected=3)

    say("6. The AIMA is withdrawn, and what is published changes with it.")
    public_id = Path(aima).name.removesuffix(".r1.json")
    because = ("--reason", "identity-error", "--decision", "DEC-2026-014")
    certify("revoke", public_id, *because, "--no-publish", at=WITHDRAWN)
    certify("publish", at=WITHDRAWN)
    verify(aima, "--trust", TRUST, at=LATER, expected=1)

    say("7. The CAIG that rests on it stays in force, and waits for a person to review it.")
    certify("show", Path(caig).name.removesuffix(".r1.json"), at=LATER)

    say("8. The same as a service, by today's clock: somebody sits the exam in a browser without hands, and passes.")
    serve()
    end(aima, caig)


def begin() -> None:
    """Start afresh, but never delete a folder that this program did not make."""
    if DEMO.exists():
        if not MARKER.exists():
            stop(f"{DEMO} was not made by this demo. Move it away, then run make demo again.")
        shutil.rmtree(DEMO)
    DEMO.mkdir()
    MARKER.write_text("This folder is deleted by the next make demo.\n", encoding="utf-8")


def issue(name: str, at: str) -> str:
    """Issue one result, and answer where its file lies."""
    path = f"examples/results/{name}"
    certify("issue", path, at=at)
    again = json.loads(run("certify", "issue", path, "--home", HOME, "--at", at, "--json", quiet=True).stdout)
    return str(Path(again["files"][0]).relative_to(ROOT))


def tampered(name: str) -> str:
    credential: dict[str, Any] = json.loads((ROOT / name).read_bytes())
    credential["credentialSubject"]["identifier"][0]["identityHash"] = "Eve Example"
    path = DEMO / "tampered.json"
    path.write_text(json.dumps(credential, indent=2), encoding="utf-8")
    return str(path.relative_to(ROOT))


def certify(*arguments: str, at: str) -> None:
    expect(0, run("certify", *arguments, "--home", HOME, "--at", at))


def verify(name: str, *arguments: str, at: str, expected: int) -> None:
    expect(expected, run("certify-verify", name, *arguments, "--at", at))


def serve() -> None:
    """On ports that are free just now, so that the demo runs beside whatever else there is."""
    ports = ("--folder", "demo/service", "--port", free_port(), "--exam-port", free_port())
    print(f"\n$ python examples/serve.py --once {shlex.join(ports)}", flush=True)
    if subprocess.run([sys.executable, "examples/serve.py", "--once", *ports], cwd=ROOT, check=False).returncode:
        stop("The service could not be shown. This is a fault of the project; please report it.")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def run(program: str, *arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(BIN / program), *arguments], cwd=ROOT, capture_output=True, check=False, text=True, encoding="utf-8"
    )
    if not quiet:
        print(f"\n$ {program} {shlex.join(arguments)}")
        print("\n".join(f"    {line}".rstrip() for line in (done.stdout + done.stderr).strip().splitlines()))
        print(f"    (exit {done.returncode})")
    return done


def expect(status: int, done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode != status:
        stop(f"The demo expected exit {status}. This is a fault of the project; please report it.")


def end(aima: str, caig: str) -> None:
    say("Done. What was made is yours to look at:")
    print(f"""
    {aima}
    {caig}
        the credentials as the candidates get them; *.compact.json beside them is what a QR code will carry
    {HOME}/public
        what a web server would serve: did.json, status lists, schemas, achievements, trust.json
    {HOME}
        the issuer's home: certify.toml, keys, register

Sit the exam yourself, look into the console, fetch your credential: make serve""")


def say(text: str) -> None:
    print(f"\n== {text}", flush=True)


def stop(text: str) -> NoReturn:
    sys.exit(f"demo: {text}")


if __name__ == "__main__":
    main()

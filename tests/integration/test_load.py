"""The service under load, also while its processes are killed: no record lost, no credential doubled."""

import json
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.kit import databases
from tests.kit.home import Home
from tests.kit.serving import Server, recent, serving
from tests.kit.web import Platform
from verifier import Trust, verify
from verifier.format import statuslist

pytestmark = pytest.mark.skipif(not databases.SERVER, reason="Several hosts need PostgreSQL: make test-postgres.")
WORKERS, CLIENTS, EACH, SHARED, WITHDRAWN = 4, 8, 200, 40, 400
KILLS, KILLED_RECORDS, SEED = 50, 300, 20_261_126


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.json("init", "--demo", "--database", databases.new())
    return home


@pytest.fixture
def platform(home: Home) -> Platform:
    made = Platform()
    home.json("platforms", "allow", made.name, made.key_id, made.key.multibase)
    return made


@pytest.fixture
def server(home: Home, platform: Platform) -> Iterator[Server]:
    with serving(home, WORKERS) as running:
        yield running


def whole(home: Home, ids: set[str]) -> None:
    """Every person has one award, every award one index, and every file verifies."""
    indices = home.rows("SELECT purpose, list_number, list_index FROM status_index")
    assert len(indices) == len(set(indices)) == len(ids)
    assert len(home.rows("SELECT * FROM award")) == len(home.rows("SELECT DISTINCT person_id FROM award")) == len(ids)
    trust = Trust.read((home.path / "public" / "trust.json").read_bytes())
    for public_id in sorted(ids)[::25]:
        data = (home.path / "issued" / f"{public_id}.r1.json").read_bytes()
        assert verify(data, trust=trust, at=datetime.now(UTC)).genuine
    assert home.json("log")["intact"]


@pytest.mark.slow
@pytest.mark.several_hosts
def test_many_clients_at_once(
    home: Home, platform: Platform, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    own = EACH - SHARED
    records = [recent(number) for number in range(SHARED + CLIENTS * own)]
    work = [[*records[SHARED + n * own : SHARED + (n + 1) * own], *records[:SHARED]] for n in range(CLIENTS)]
    begun = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        answered = list(pool.map(lambda part: [server.send(platform, one) for one in part], work))
    answers = [each for part in answered for each in part]
    issuing = time.monotonic() - begun
    assert {each.status for each in answers} == {200, 201}
    assert [each.status for each in answers].count(201) == len(records), "none twice"
    ids: dict[str, set[str]] = {}
    for each in answers:
        ids.setdefault(each.value["resultId"], set()).add(each.value["publicId"])
    assert len(ids) == len(records), "none lost"
    assert all(len(public_ids) == 1 for public_ids in ids.values())
    public_ids = sorted(public_id for (public_id,) in ids.values())
    whole(home, set(public_ids))

    token = home.json("tokens", "new", "load", "--role", "issuer")["token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = json.dumps({"reason": "scoring-error", "decision": "DEC-1"}).encode()
    begun = time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as pool:
        paths = [f"/api/credentials/{public_id}/revoke" for public_id in public_ids[:WITHDRAWN]]
        done = list(pool.map(lambda path: server.ask("POST", path, body, headers), paths))
    withdrawing = time.monotonic() - begun
    assert {each.status for each in done} == {200}, done[0]
    standing = json.loads((home.path / "public" / "status" / "revocation" / "1").read_bytes())
    bits = statuslist.decode(standing["credentialSubject"]["encodedList"])
    assert sum(byte.bit_count() for byte in bits) == WITHDRAWN
    with capsys.disabled():
        print(
            f"\nPostgreSQL, {WORKERS} workers, {CLIENTS} clients: {len(answers)} records in {issuing:.1f} s "
            f"({len(answers) / issuing:.1f} a second), {WITHDRAWN} withdrawals, each published, in {withdrawing:.1f} s"
        )


@pytest.mark.slow
@pytest.mark.several_hosts
def test_processes_that_are_killed_under_load(
    home: Home, platform: Platform, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    records = [recent(number) for number in range(KILLED_RECORDS)]
    chance, finished = random.Random(SEED), threading.Event()
    kills = 0

    def kill() -> None:
        nonlocal kills
        while kills < KILLS and not finished.wait(chance.uniform(0.2, 0.8)):
            server.kill_one(chance.randrange(WORKERS))
            kills += 1

    def until_answered(record: bytes) -> tuple[str, int]:
        for tries in range(1, 200):
            answer = server.send(platform, record)
            if answer.status in (200, 201):
                return answer.value["publicId"], tries
            assert answer.status in (0, 500, 503), answer
            time.sleep(0.2)
        raise AssertionError("never answered")

    killer = threading.Thread(target=kill)
    killer.start()
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(until_answered, records))
        while kills < KILLS:  # the rest of the rounds fall on records that are sent again
            found += list(pool.map(until_answered, chance.sample(records, 40)))
    finished.set()
    killer.join()
    public_ids = {public_id for public_id, _ in found}
    assert len(public_ids) == KILLED_RECORDS
    whole(home, public_ids)
    again = sum(tries for _, tries in found) - len(found)
    with capsys.disabled():
        print(f"\n{kills} processes killed under load; {again} requests sent again")

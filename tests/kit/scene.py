"""A service with one of everything that must stay where it is: a person, secrets, and those who come to ask."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from issuer.service.access import Role
from issuer.web.office import Office
from tests.kit.home import AIMA_AT, RESULTS, demo
from tests.kit.staff import PASSWORD, Browser, employ, logged_in, tokens
from tests.kit.web import Platform, Service, service

EARLIER = "2026-06-30T00:00:00Z"
NAME, EMAIL = "Quirina Zyxwv", "quirina.zyxwv@candidate.example"


@dataclass
class Scene:
    """`public_id`, `link`: the person's; `other`: the link of somebody else, who did not pass."""

    served: Service
    platform: Platform
    tokens: dict[Role, str]
    browsers: dict[Role, Browser]
    public_id: str
    link: str
    other: str

    @property
    def rules(self) -> set[tuple[str, str]]:
        """Every method and route that there is."""
        return {
            (method, rule.rule)
            for rule in self.served.client.application.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }

    @property
    def secrets(self) -> dict[str, str]:
        """What opens something, or is of the inside: it stands in no answer to anybody but its owner, and in no log."""
        home = self.served.home
        here: Office = self.served.client.application.extensions[Office.__name__]
        passphrase = here.desk.config.passphrase_file
        assert passphrase is not None
        return {
            "passphrase": passphrase.read_text(encoding="utf-8").strip(),
            "password": PASSWORD,
            "service key": here.key.hex(),
            "home": str(home.path),
            "traceback": "Traceback",
            "source": ".py",
            "link": self.link.removeprefix("/c/"),
            "other link": self.other.removeprefix("/c/"),
            **{f"token of {role}": token for role, token in self.tokens.items()},
            **{f"session of {role}": browser.cookie() for role, browser in self.browsers.items()},
        }

    @property
    def person(self) -> dict[str, str]:
        """What only staff, the person, and whoever has the public id may read."""
        return {"name": NAME, "e-mail": EMAIL, "candidate id": "cand_quirina"}


def record(name: str, **candidate: str) -> bytes:
    value: dict[str, Any] = json.loads((RESULTS / name).read_bytes())
    value["candidate"] |= candidate
    return json.dumps(value).encode()


@contextmanager
def scene(folder: Path) -> Iterator[Scene]:
    """On the day of the first exam; both persons came from the platform."""
    home, platform = demo(folder / "home"), Platform()
    platform.allow(home, EARLIER)
    employ(home, EARLIER)
    with service(home, AIMA_AT) as served:
        mine = record("aima-pass.json", displayName=NAME, email=EMAIL, candidateId="cand_quirina")
        first = platform.send(served, mine).json
        failed = json.loads(record("aima-fail.json"))
        for member in ("startedAt", "completedAt", "scoredAt"):
            failed["attempt"][member] = "2026-07-01T" + failed["attempt"][member].partition("T")[2]
        second = platform.send(served, json.dumps(failed).encode()).json
        assert (first["outcome"], second["outcome"]) == ("issued", "failed"), second
        browsers = {role: logged_in(served, role) for role in Role}
        links = ["/c/" + each["link"].partition("/c/")[2] for each in (first, second)]
        yield Scene(served, platform, tokens(home, AIMA_AT), browsers, first["publicId"], *links)

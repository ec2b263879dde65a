"""A candidate's page as a test opens it: the link of a person, and the forms on it sent as a browser would."""

from datetime import timedelta
from typing import Any

from issuer.register import records
from issuer.service import due, links
from issuer.service.due import Ended
from issuer.web.office import Office
from tests.kit.page import Page, page
from tests.kit.web import Service


def link(served: Service, result_id: str) -> str:
    """The address of the page of the person with this result."""
    here: Office = served.client.application.extensions[Office.__name__]
    at = served.clock.now
    with here.desk.writing(at) as connection:
        (platform,) = records.platforms(connection, result_id)
        row = records.standing(connection, platform, result_id)
        assert row is not None
        return f"/c/{links.current(connection, row.person_id, here.key, at)}"


def secret(served: Service, address: str) -> links.Link:
    """What the bearer of this address is known by."""
    here: Office = served.client.application.extensions[Office.__name__]
    return links.Link(address.removeprefix("/c/"), here.key)


def waited(served: Service, **time: int) -> list[Ended]:
    """Time passes, 72 hours unless told, and what is due then is done, as the service does by itself."""
    served.clock.now += timedelta(**time or {"hours": 72})
    here: Office = served.client.application.extensions[Office.__name__]
    return due.carry_out(here.desk, served.clock.now)


def opened(served: Service, address: str, status: int = 200) -> Page:
    return page(served.get(address), status)


def send(served: Service, read: Page, action: str, **changed: str) -> Any:
    """Send the form of a page that goes to `action`, with some fields filled in."""
    return served.post(action, data=read.form(action).fields | changed)


def follow(served: Service, answer: Any) -> Page:
    """Where an act leads back to."""
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return opened(served, answer.headers["Location"].partition("#")[0])

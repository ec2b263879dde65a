"""The layout of a case file: members to the bytes of a zip, and the words that explain them. Pure.

The same members give the same bytes: sorted, with a fixed time, as for the owner alone.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from verifier.format.timestamp import format_seconds

MANIFEST: Final = "manifest.json"
README: Final = "README.txt"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can hold."""
_UNIX: Final = 3
_OWNER_FILE: Final = 0o100600 << 16


@dataclass(frozen=True, slots=True)
class Told:
    """What the explanation depends on. `rendering`: the newest file rendering, if one is left."""

    public_id: str
    did: str
    erased: bool
    contact_deleted: bool
    rendering: str | None
    version: str
    at: datetime


def encode(value: Any) -> bytes:
    """The bytes of a JSON member."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"


def manifest(members: Mapping[str, bytes], told: Told) -> bytes:
    """Digest and size of every other member, and when and by what the file was made."""
    return encode(
        {
            "credential": told.public_id,
            "exportedAt": format_seconds(told.at),
            "exportedBy": f"certify {told.version}",
            "members": {
                name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
                for name, content in sorted(members.items())
            },
        }
    )


def pack(members: Mapping[str, bytes]) -> bytes:
    """The zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(members.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = _UNIX, _OWNER_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def explain(told: Told) -> bytes:
    """README.txt: what is what, in plain words."""
    parts = (_heading(told), _MEMBERS, _missing(told), _checking(told))
    return "\n".join(part for part in parts if part).encode()


def _heading(told: Told) -> str:
    warning = (
        "What named its holder was erased at their request."
        if told.erased
        else "It holds personal data: keep it as such, and delete it when the case is closed."
    )
    return f"""Case file of the credential {told.public_id}
Issuer {told.did}, exported {format_seconds(told.at)} by certify {told.version}.
{warning}
"""


_MEMBERS: Final = """manifest.json   SHA-256 and size of every other file here
award.json      the credential as the issuer's register has it: state, revisions, list entries, decisions, history
person.json     the key under which the register knows the holder, and nothing more of them
result.json     the exam result as the assessment platform sent it, byte for byte
decisions.json  that record's id, digest and answer, and every decision on it: when, by whom or which rule, on what
events.json     the events of this credential as they are sealed, each with its hash and that of the event before it;
                chainHolds says whether the whole chain of the register, other credentials included, was found unbroken
status/         signed versions of the status lists that the credential has entries on, named by purpose, number and
                date: for each change of one of its bits the last before and the first after it, and the newest
renderings/     what was signed and given to the holder, byte for byte
trust.json      the issuer's trust file and
did.json        its DID document, both as published when this was exported
"""


def _missing(told: Told) -> str:
    if told.erased:
        return (
            "The holder has asked for withdrawal and erasure. result.json and the renderings were deleted and are not\n"
            "here; what is left are ids, list entries, reasons, references and times.\n"
        )
    said = ""
    if told.contact_deleted:
        said += (
            "The e-mail address in result.json was deleted at the holder's request: its digest is another than in\n"
            "decisions.json, which is that of the bytes as they were received.\n"
        )
    if told.rendering is None:
        said += "Nothing was signed yet: there are no renderings.\n"
    return said


def _checking(told: Told) -> str:
    if told.rendering is None:
        return "certify-verify needs a rendering, and there is none.\n"
    return f"""To check the credential as it stands, in this folder:

    certify-verify {told.rendering} --trust trust.json

To check it as of an earlier day, with the list of that day (a revocation and a suspension list, where it has both):

    certify-verify {told.rendering} --did-doc did.json --accept-issuer {told.did} \\
        --status-list status/FILE --at 2026-07-01T00:00:00Z
"""

"""Where the nodes of a document are described, and whether their statements stand where they are shown.

Under RDFC statements about one id may stand at any object with that id, and the signature holds (docs/adr/0013).
"""

from dataclasses import dataclass, field

from .errors import FormatError
from .types import Json, JsonObject


@dataclass
class Parts:
    """The node objects of one document in its own graph, as a walk comes by them."""

    described: set[str] = field(default_factory=set)
    """The nodes of which an object says more than their id."""
    top: list[tuple[str, JsonObject]] = field(default_factory=list)
    """The node objects right under the document: its issuer, subject, status, and so on."""

    def note(self, subject: str, members: JsonObject, *, is_top: bool) -> None:
        """One more node object, without its @context."""
        if is_top:
            self.top.append((subject, members))
        if len(members) > 1:
            self.described.add(subject)

    def refuse_moved(self, root: str) -> None:
        """A part of the document that says nothing but an id which another part describes was emptied. Two parts that
        describe one id, each in its own way, may be what the issuer wrote, or not.

        Raises FormatError `terms.split` or `terms.unsupported`.
        """
        parts: dict[str, JsonObject] = {}
        for subject, members in self.top:
            about = subject[1:-1][:120]
            if len(members) == 1 and subject in self.described and subject != root:
                raise FormatError("terms.split", f"What is said about {about} stands in another place.")
            if parts.setdefault(subject, members) != members:
                raise FormatError("terms.unsupported", f"Two parts describe {about}, each in its own way.")


def refuse_divided(seen: dict[str, Json], subject: str, value: Json, path: str) -> None:
    """Raise FormatError `terms.split` when a set holds one node twice, and the two say different things.

    `seen`: what each node of the set says so far, by node; None for a mere reference.
    """
    said = value if isinstance(value, dict) and len(value) > 1 else None
    if seen.setdefault(subject, said) != said:
        raise FormatError("terms.split", f"{path} says what is said about {subject[1:-1][:120]} in two objects.")

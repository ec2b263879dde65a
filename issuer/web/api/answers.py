"""The JSON Schemas of what the API answers, by name: they stand in its description, and tests hold answers to them."""

from collections.abc import Mapping
from typing import Any, Final

from verifier import State as PublicState
from verifier import Verdict

from ...lifecycle import State
from ...results import RecordState
from ...service.accept import Answer
from ...service.batches import State as BatchState

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "integer"}
FLAG: Final[Schema] = {"type": "boolean"}
ANYTHING: Final[Schema] = {"type": "object"}
TIME: Final[Schema] = {"type": "string", "format": "date-time"}


def one_of(words: Any) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": [str(word) for word in words]}


def ref(name: str) -> Schema:
    """The schema of this name."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """It, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def array(schema: Schema) -> Schema:
    """Any number of these."""
    return {"type": "array", "items": schema}


def members(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object with these members, and no other."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_SUSPENSION: Final = members(since=TIME, due=TIME, reason=TEXT)
_REVISION: Final = members(number=NUMBER, validFrom=TIME, issued=maybe(TIME), cause=maybe(TEXT))
_ENTRY: Final = members(revision=NUMBER, purpose=TEXT, list=NUMBER, index=NUMBER, set=FLAG)
_DECISION: Final = members(
    at=TIME, by=TEXT, outcome=TEXT, setAside=array(TEXT), restsOn=maybe(TEXT), reference=maybe(TEXT)
)
_PUBLISHED: Final = maybe(members(lists={"type": "object", "additionalProperties": TIME}))
_COUNTS: Final = {str(answer): NUMBER for answer in Answer}
_NOT_PUBLISHED: Final = members(code=TEXT, detail=TEXT)
_LATE: Final = ("notPublished",)

ANSWERS: Final[Mapping[str, Schema]] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457, with a stable code; a refused record also has its id, codes and findings.",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "code": {"type": "string", "pattern": "^[a-z-]+(\\.[a-z-]+)?$"},
            "detail": TEXT,
            "requestId": maybe(TEXT),
            "resultId": maybe(TEXT),
            "codes": array(TEXT),
            "findings": array(ref("Finding")),
        },
        "required": ["type", "title", "status", "code", "detail"],
    },
    "Finding": members(code=TEXT, detail=TEXT),
    "Answer": members(
        ("link",),
        outcome=one_of(Answer),
        first=maybe(one_of(RecordState)),
        resultId=maybe(TEXT),
        publicId=maybe(TEXT),
        codes=array(TEXT),
        findings=array(ref("Finding")),
        link=maybe({"type": "string", "format": "uri"}),
    ),
    "Result": members(
        resultId=TEXT, platform=TEXT, outcome=one_of(("issued", "failed", "held", "refused")), publicId=maybe(TEXT)
    ),
    "Lookup": members(
        id=TEXT,
        checkedAt=TIME,
        state=one_of(PublicState),
        credential=members(code=TEXT, name=TEXT, blueprint=TEXT),
        holder=maybe(members(name=TEXT)),
        awarded=TIME,
        validUntil=TIME,
        replaced=maybe(members(by=TIME)),
        proof=members(signature=FLAG, issuer=TEXT, statusAsOf=maybe(TIME)),
    ),
    "Report": members(
        ("credential", "credentials"),
        verdict=one_of(Verdict),
        genuine=maybe(FLAG),
        inForce=maybe(FLAG),
        state=one_of(PublicState),
        summary=TEXT,
        checkedAt=TIME,
        trustAsOf=maybe(TIME),
        checks=array(ANYTHING),
        warnings=array(members(code=TEXT, detail=TEXT)),
        status=ANYTHING,
        credential=ANYTHING,
        credentials=array(ref("Report")),
    ),
    "Credential": members(
        publicId=TEXT,
        id=TEXT,
        credential=TEXT,
        blueprint=TEXT,
        person=TEXT,
        state=one_of(State),
        awarded=TIME,
        validUntil=TIME,
        renews=maybe(TEXT),
        restsOn=maybe(TEXT),
        suspended=maybe(_SUSPENSION),
        withdrawn=maybe(TIME),
        reason=maybe(TEXT),
        erased=maybe(TIME),
        reviewDueSince=maybe(TIME),
        revisions=array(_REVISION),
        status=array(_ENTRY),
        decisions=array(_DECISION),
        history=array(ref("Event")),
    ),
    "Event": members(
        ("subject",),
        seq=NUMBER,
        at=TIME,
        type=TEXT,
        awardId=maybe(TEXT),
        revision=maybe(NUMBER),
        actorRole=TEXT,
        decisionRef=maybe(TEXT),
        effectiveAt=TIME,
        prev=TEXT,
        subject=TEXT,
    ),
    "Log": members(intact=FLAG, brokenAt=maybe(NUMBER), events=array(ref("Event")), more=FLAG),
    "Held": members(platform=TEXT, resultId=TEXT, credential=TEXT, receivedAt=TIME, codes=array(TEXT)),
    "Holds": array(ref("Held")),
    "Review": members(publicId=TEXT, why=one_of(("review", "suspension")), since=TIME),
    "Reviews": array(ref("Review")),
    "Key": members(
        ("activeFrom", "activeUntil", "compromised"),
        id=TEXT,
        publicKeyMultibase=TEXT,
        signer=TEXT,
        state=one_of(("announced", "active", "retired", "compromised")),
        created=TIME,
        announced=TIME,
        activeFrom=TIME,
        activeUntil=TIME,
        compromised=TIME,
    ),
    "Keys": members(keys=array(ref("Key"))),
    "Revoked": members(
        _LATE,
        publicId=TEXT,
        reason=TEXT,
        dueForReview=array(TEXT),
        published=_PUBLISHED,
        notPublished=_NOT_PUBLISHED,
    ),
    "Revised": members(
        _LATE,
        publicId=TEXT,
        revision=NUMBER,
        files=array(TEXT),
        published=_PUBLISHED,
        notPublished=_NOT_PUBLISHED,
    ),
    "Suspended": members(
        _LATE, publicId=TEXT, reason=TEXT, due=maybe(TIME), published=_PUBLISHED, notPublished=_NOT_PUBLISHED
    ),
    "Erased": members(_LATE, erased=array(TEXT), tracesLeft=FLAG, published=_PUBLISHED, notPublished=_NOT_PUBLISHED),
    "ContactDeleted": members(publicId=TEXT, tracesLeft=FLAG),
    "Done": members(publicId=TEXT),
    "Batch": members(
        id=TEXT,
        by=TEXT,
        at=TIME,
        rows=NUMBER,
        state=one_of(BatchState),
        progress=NUMBER,
        preflight=maybe(
            members(
                (),
                **_COUNTS,
                answeredBefore=NUMBER,
                problems=array(
                    members(
                        row=NUMBER,
                        line=NUMBER,
                        spreadsheetRow=maybe(NUMBER),
                        resultId=maybe(TEXT),
                        outcome=one_of(Answer),
                        findings=array(ref("Finding")),
                    )
                ),
                moreProblems=NUMBER,
                tidied=NUMBER,
                tidiedExamples=array(
                    members(
                        row=NUMBER,
                        line=NUMBER,
                        spreadsheetRow=maybe(NUMBER),
                        resultId=TEXT,
                        members=array(TEXT),
                    )
                ),
            )
        ),
        answers=maybe(members((), **_COUNTS)),
        problem=maybe(members(code=TEXT, detail=TEXT)),
    ),
    "Batches": array(ref("Batch")),
    "BatchAnswers": members(
        answers=array(
            members(
                ("link",),
                row=NUMBER,
                line=NUMBER,
                spreadsheetRow=maybe(NUMBER),
                platform=maybe(TEXT),
                resultId=maybe(TEXT),
                outcome=one_of(Answer),
                first=maybe(one_of(RecordState)),
                publicId=maybe(TEXT),
                codes=array(TEXT),
                findings=array(ref("Finding")),
                link=maybe(TEXT),
            )
        ),
        more=FLAG,
    ),
    "BatchDiscarded": members(id=TEXT),
}
OF_ACT: Final[Mapping[str, str]] = {
    "suspend": "Suspended",
    "reinstate": "Suspended",
    "supersede": "Revised",
    "appeal": "Revised",
    "revoke": "Revoked",
    "erase": "Erased",
    "forget-contact": "ContactDeleted",
    "review-close": "Done",
}
"""Act -> the name of its answer."""

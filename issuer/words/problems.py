"""What every code of a problem means and what to do about it: the table behind /api/problems."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """Codes that mean one thing to whoever gets them."""

    codes: tuple[str, ...]
    meaning: str
    remedy: str


def _family(codes: str, meaning: str, remedy: str) -> Family:
    return Family(tuple(codes.split()), meaning, remedy)


_AGAIN: Final = "Try again later; whoever runs the service has been told by the log."
TABLE: Final[dict[str, tuple[Family, ...]]] = {
    "The request itself": (
        _family("request.malformed request.refused", "The request cannot be understood.", "Send it again, corrected."),
        _family("request.not-found", "There is nothing at this address.", "Check the address."),
        _family("request.method", "This address does not take that method.", "The header Allow names those it takes."),
        _family("request.length", "The body does not say how long it is.", "Send it with a Content-Length."),
        _family("request.too-large", "The request is larger than what is taken.", "Send a smaller one."),
        _family(
            "request.body request.query",
            "A member or parameter is missing, unknown, or not as it should be.",
            "The sentence beside the code says which.",
        ),
        _family("request.media-type", "The content is of a kind that is not taken here.", "Set the Content-Type."),
        _family("request.too-many", "Your address has sent too many requests.", "Wait as long as Retry-After says."),
        _family("request.host", "It was sent to a host that is not served here.", "Use the published address."),
        _family(
            "request.form",
            "A form was sent that did not come from this page, or from one that is out of date.",
            "Open the page again and fill it in there. Nothing was changed.",
        ),
    ),
    "Who may ask": (
        _family(
            "transport.signature transport.platform",
            "The record is not signed by an allowed platform over exactly these bytes in the last five minutes.",
            "Check key, clock and the platform that the record names, then sign again.",
        ),
        _family(
            "access.token access.role", "A token is missing, has ended, or may not do this.", "Ask for another one."
        ),
        _family("access.denied", "Name and password do not belong together.", "Try again."),
        _family("access.wait", "There were too many failures.", "Wait a quarter of an hour."),
        _family(
            "access.name access.password access.key access.key-type access.private-key access.exists access.unknown",
            "A name, password or key cannot be entered as it was given.",
            "The sentence beside the code says what is asked for.",
        ),
    ),
    "A result record": (
        _family(
            "json.strict json.size json.encoding json.syntax json.not-object json.duplicate-name json.number json.depth"
            " json.members json.surrogate",
            "The text is not strict JSON of the published form.",
            "Correct it and send it again.",
        ),
        _family("result.replay", "This record was received before; the first answer is given again.", "Nothing to do."),
        _family(
            "result.conflict", "Other bytes were received under the same id or attempt.", "Send what was sent first."
        ),
        _family("result.unknown", "There is no record of this id.", "Check the id."),
        _family("result.lost", "The register has lost a record.", "It has to be restored from a backup."),
        _family(
            "credential.unknown blueprint.unknown",
            "The exam or its edition is not known, or was not open.",
            "Name one that was.",
        ),
        _family(
            "time.format time.order time.limit time.future time.stale time.invalid",
            "A time is malformed, out of order, beyond the limit, in the future or too old.",
            "Correct the times; a clock may be wrong.",
        ),
        _family(
            "domain.set domain.size domain.range number.type sum.raw sum.max pass.mark percent.mismatch"
            " outcome.mismatch",
            "The counts do not agree with each other or with the blueprint.",
            "Correct them; nothing is repaired silently.",
        ),
        _family(
            "outcome.fail",
            "The exam was not passed. It is kept for the diagnostic, nothing is issued.",
            "Study and sit it again.",
        ),
        _family("attempt.policy", "It was sat too often, or too soon.", "See the rule on the exam's page."),
        _family(
            "candidate.name",
            "The name is empty, too long, says that there is none, or holds characters that are lost or not shown.",
            "Give it as it should be printed.",
        ),
        _family(
            "candidate.mismatch integrity.hold decision.person",
            "A person has to look at the record first.",
            "Wait for the decision.",
        ),
        _family(
            "assurance.identity",
            "Identity was checked less than this credential asks for.",
            "Have it checked, then send the record again.",
        ),
        _family(
            "prerequisite.missing prerequisite.unknown prerequisite.holder prerequisite.status prerequisite.order",
            "The credential that has to come first is missing, another person's, or was not in force.",
            "Name the right one, or a recorded waiver.",
        ),
        _family(
            "experience.missing", "No real AI initiative is declared.", "Declare one that began before the sitting."
        ),
        _family(
            "evidence.type evidence.digest evidence.title evidence.duplicate",
            "An evidence entry is of an unknown kind, wrong, or listed twice.",
            "Correct the entry.",
        ),
        _family(
            "consent.terms", "The terms are of a version that is not known.", "Name the version that was agreed to."
        ),
        _family("duplicate.active", "The person holds this credential already.", "Renew it in its last months."),
        _family(
            "hold.unknown hold.still-held",
            "No such record waits, or something else still holds it.",
            "See the list of held records.",
        ),
        _family("result.ambiguous", "Several platforms have sent a record of this id.", "Say which platform's it is."),
    ),
    "Many records at once": (
        _family("batch.unknown", "There is no such batch.", "It was discarded, or it has had its time."),
        _family("batch.many", "Too many batches are open.", "Discard one, or let one end."),
        _family("batch.running", "It is being worked on.", "Wait until it ends or stops."),
        _family(
            "batch.format batch.encoding batch.separator batch.empty batch.no-rows batch.quotes batch.header-unknown"
            " batch.header-duplicate batch.header-missing batch.mixed",
            "The file cannot be worked through as a whole.",
            "Correct it and send it again. Nothing was done.",
        ),
        _family(
            "batch.row-cells batch.row-encoding batch.row-date batch.row-number batch.row-formula batch.row-example",
            "A row is no record, a spreadsheet has changed one of its cells, or it is the example of a template.",
            "Correct the row; the others were answered.",
        ),
        _family(
            "links.none links.batch links.exists batch.template batch.exists",
            "There is nobody whose link could be told, no such batch or credential, or a file of that name already.",
            "Name another batch or file. Nothing was written.",
        ),
        _family(
            "batch.changed batch.outcome-other batch.outcome-damaged batch.interrupted",
            "Rows and answers of a batch no longer fit together, or somebody stopped it.",
            "Send the rows again: what was answered comes out as its first answer.",
        ),
    ),
    "A credential and its life": (
        _family("award.unknown", "No credential has this id.", "Check the number."),
        _family("qr.print-size", "A QR code of that size could not be read.", "Ask for another size."),
        _family("award.no-file", "There is no file of this credential.", "It was not issued, or it was erased."),
        _family(
            "award.withdrawn award.erased award.expired award.suspended award.planned award.pending award.unchanged"
            " award.not-withdrawn award.not-suspended award.not-suspendable",
            "In the state in which it is, this cannot be done with it.",
            "Nothing was changed. The table in the documentation says what can be done in which state.",
        ),
        _family(
            "reason.unknown decision.reference suspension.due review.none",
            "Reason, decision, date or review do not fit the act.",
            "Give one that does.",
        ),
        _family("erase.others", "The same person holds more than this.", "Ask them about all of it first."),
        _family(
            "person.unknown person.email person.same person.candidate",
            "The person, address or candidate id does not fit.",
            "Check it.",
        ),
        _family(
            "person.waits",
            "Something that was asked for through the link of this person waits.",
            "Take it back, or let it be done, and try again. Nothing was changed.",
        ),
        _family(
            "link.ended link.none link.erased",
            "The link of a candidate's page has ended, or there is none.",
            "Ask for a new one where you got it. Nothing was changed.",
        ),
        _family(
            "link.renewed",
            "The link was renewed a short time ago.",
            "Wait until the old one has ended, or ask the issuer for a new one.",
        ),
        _family(
            "waiting.unknown notice.unknown",
            "Nothing waits under this number: it was done, or taken back.",
            "See what waits now.",
        ),
        _family(
            "request.unknown request.many",
            "There is no such open request, or there are too many already.",
            "Wait until the open ones are answered.",
        ),
    ),
    "The service": (
        _family("service.fault", "Something went wrong here.", "It was logged under the request id. " + _AGAIN),
        _family("clock.behind clock.ahead", "The service's clock cannot be right.", _AGAIN),
        _family(
            "clock.before-all clock.not-ahead",
            "What was dated ahead cannot be put right by this clock, or there is nothing of it.",
            "Set the clock.",
        ),
        _family("act.unconfirmed", "Nobody has said yes to an act on many credentials.", "Say it, or give --yes."),
        _family(
            "register.unusable register.missing register.newer register.restored",
            "The register cannot be used.",
            _AGAIN,
        ),
        _family(
            "key.none-active key.last-active key.not-compromised key.passphrase-file key.passphrase key.passphrase-weak"
            " key.published key.type key.mismatch key.file-missing key.file-exists key.file-mode key.file-damaged"
            " key.cost key.file-unreadable key.file-unwritable key.unencrypted key.signer key.registry"
            " key.registry-missing key.registry-unreadable key.record key.duplicate key.unknown key.transition"
            " service.key",
            "A key cannot be used as it is.",
            _AGAIN,
        ),
        _family("sign.content sign.disagreement issue.not-valid", "Something was not signed, or not released.", _AGAIN),
        _family(
            "publish.newer-stands publish.list-invalid publish.no-list publish.damaged status.unrevoked status.full"
            " status.length",
            "A list could not be published.",
            _AGAIN,
        ),
        _family(
            "config.missing config.invalid config.other-issuer init.exists init.running disk",
            "The service is not set up as it should be.",
            _AGAIN,
        ),
    ),
    "On the terminal alone": (
        _family(
            "backup.exists backup.busy backup.chain backup.damaged backup.format restore.foreign restore.server"
            " restore.other-keys restore.stands restore.not-empty repair.no-lists repair.list-not-genuine repair.ledger"
            " recovered.not-genuine recovered.foreign recovered.unknown recovered.taken recovered.order"
            " recovered.erased",
            "A backup, restore or repair stops, or leaves something out.",
            "The documentation says what each means; nothing was overwritten.",
        ),
        _family(
            "export.exists export.public export.unpublished", "A case file is not written.", "Choose another name."
        ),
        _family(
            "certificate.glyph certificate.logo",
            "A certificate cannot be set: no font has a letter of its text, or the logo is no image.",
            "Install or name a font that has it, or another logo, in certify.toml.",
        ),
        _family(
            "deliver.unreadable",
            "A certificate, badge or code that was drawn does not give back its credential, and is kept back.",
            "Give out the .json file, and report it.",
        ),
        _family(
            "service.address service.tls",
            "The service cannot listen: the address is in use, or certificate and key do not fit.",
            "The sentence beside the code says which.",
        ),
        _family(
            "service.missing extra.missing", "A part is not installed.", "Install the extra that the sentence names."
        ),
    ),
}


def known() -> frozenset[str]:
    """Every code of the table."""
    return frozenset(code for families in TABLE.values() for each in families for code in each.codes)

"""What each check of a verification asks, in words for a person who reads no specification."""

from typing import Final

QUESTIONS: Final = {
    "readable": "Can the file be read, with one meaning only?",
    "well-formed": "Is it built like a credential?",
    "certificate": "Is it a certificate, and so about somebody?",
    "contexts-known": "Are its vocabularies known?",
    "terms-defined": "Is every word in it defined, and so covered by the signature?",
    "proof-shape": "Does it carry a signature of a known kind?",
    "issuer-resolved": "Are the issuer's keys at hand?",
    "method-authorised": "Is the key one that the issuer uses for credentials?",
    "key-state": "Was the key in use when it signed?",
    "signature": "Does the signature fit, so that nothing was changed?",
    "list-content": "Can the list be read?",
    "validity-period": "Is it within its dates?",
    "status-list-authentic": "Is the issuer's withdrawal list genuine?",
    "status-fresh": "Is that list recent enough to rely on?",
    "not-revoked": "Has it not been withdrawn or replaced?",
    "not-suspended": "Is it not suspended?",
    "issuer-accepted": "Is the issuer one that is accepted here?",
    "addressed": "Is it addressed to who checks it here, or to nobody in particular?",
    "credential-schema": "Does it follow the schema that its issuer published?",
    "presentation-bound": "Was it presented for this occasion?",
    "credentials-inside": "Do all credentials inside hold?",
}
ANSWERS: Final = {"passed": "Yes", "failed": "No", "indeterminate": "Could not tell", "skipped": "Not asked"}
STATES: Final = {
    "valid": "valid",
    "not-yet-valid": "not yet valid",
    "expired": "expired",
    "suspended": "suspended",
    "withdrawn": "no longer in force: withdrawn, or replaced by a newer one",
    "unknown": "not known",
}
SHOWS_NOTHING: Final = "Shows no credential"
VERDICTS: Final = {"valid": "Valid", "invalid": "Not valid", "indeterminate": "Could not be decided"}

"""The two shapes of credential that Certify issues, unsigned, as the verifier's tests want them."""

from verifier.format.contexts import OB3, VCDM2
from verifier.format.types import Json, JsonObject

HOST = "https://credentials.example"
DID = "did:web:credentials.example"
REVOCATION = f"{HOST}/status/revocation/1"
SUSPENSION = f"{HOST}/status/suspension/1"


def aima(issuer: str = DID) -> JsonObject:
    """An assessment: one status entry, no evidence."""
    return {
        "@context": [VCDM2, OB3],
        "id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "AI Manager Assessment (AIMA)",
        "issuer": _profile(issuer),
        "validFrom": "2026-07-01T09:32:00Z",
        "validUntil": "2028-07-01T23:59:59Z",
        "awardedDate": "2026-07-01T09:31:13Z",
        "credentialSubject": _subject("aima", "Assessment", "AIMA-2026-7K3Q9FW8"),
        "credentialSchema": [{"id": f"{HOST}/schemas/aima-credential-1.json", "type": "JsonSchema"}],
        "credentialStatus": entry("revocation", REVOCATION, 48213),
    }


def caig(issuer: str = DID) -> JsonObject:
    """A certification: two status entries, evidence, a name in Arabic."""
    subject = _subject("caig", "Certification", "CAIG-2026-4T8ZQ2MN", "عائشة O’Example")
    return {
        "@context": [VCDM2, OB3],
        "id": "urn:uuid:5f0f3c0e-6a5f-4a53-9a0f-0e5b7c1d2a11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Certified AI Governance Professional (CAIG)",
        "issuer": _profile(issuer),
        "validFrom": "2026-07-10T03:40:00Z",
        "validUntil": "2028-07-10T13:59:59Z",
        "awardedDate": "2026-07-10T03:38:41Z",
        "credentialSubject": subject,
        "credentialSchema": [{"id": f"{HOST}/schemas/caig-credential-1.json", "type": "JsonSchema"}],
        "credentialStatus": [
            entry("revocation", REVOCATION, 48214),
            entry("suspension", SUSPENSION, 90177),
        ],
        "evidence": [
            {
                "id": "ni:///sha-256;0w9h6g6r5Uw7-_5zveZdNtWSR9F44WiWzW59qR0hpsA",
                "type": ["Evidence"],
                "name": "Model card, triage classifier",
                "genre": "model-card",
                "narrative": "Held by the holder.\nCompare the SHA-256 with the copy that you are shown.",
            }
        ],
    }


def entry(purpose: str, url: str, index: int) -> JsonObject:
    """One entry of credentialStatus."""
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": url,
    }


def _profile(issuer: str) -> JsonObject:
    return {
        "id": issuer,
        "type": ["Profile"],
        "name": "Example Certification Body",
        "url": HOST,
        "email": "complaints@credentials.example",
    }


def _subject(code: str, kind: str, number: str, holder: str = "Ada Example") -> JsonObject:
    outcome = f"{HOST}/achievements/{code}/2026.1#outcome"
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": holder, "identityType": "name"},
        ],
        "licenseNumber": number,
        "narrative": "Identity: account verified. Supervision: none.",
        "achievement": _achievement(code, kind, outcome),
        "result": [{"type": ["Result"], "resultDescription": outcome, "status": "Completed"}],
    }


def _achievement(code: str, kind: str, outcome: str) -> JsonObject:
    return {
        "id": f"{HOST}/achievements/{code}/2026.1",
        "type": ["Achievement"],
        "achievementType": kind,
        "humanCode": code.upper(),
        "version": "2026.1",
        "inLanguage": "en",
        "name": f"The {code.upper()}",
        "description": "Confirms a working knowledge of production AI.",
        "criteria": {"id": f"{HOST}/certify/{code}", "narrative": "At least 11 of 15 questions in one sitting."},
        "image": {"id": f"{HOST}/achievements/{code}/2026.1.png", "type": "Image"},
        "alignment": [_alignment("PSF-2", "Output Validation"), _alignment("PSF-4", "Observability")],
        "resultDescription": [
            {"id": outcome, "type": ["ResultDescription"], "name": "Outcome", "resultType": "Status"},
        ],
    }


def _alignment(code: str, name: str) -> Json:
    return {
        "type": ["Alignment"],
        "targetCode": code,
        "targetName": name,
        "targetFramework": "Production Safety Framework v1.1",
        "targetUrl": "https://www.productionai.institute/standard",
    }

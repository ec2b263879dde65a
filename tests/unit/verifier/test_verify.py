"""Several documents verified together say what each says alone."""

from datetime import UTC, datetime

import pytest

from tests.conftest import ROOT
from verifier import Trust, verify, verify_each

EXAMPLES = ROOT / "examples"
AT = datetime(2026, 7, 8, 2, 0, tzinfo=UTC)


def test_documents_verified_together_say_what_each_says_alone() -> None:
    trust = Trust.read((EXAMPLES / "trust" / "trust.json").read_bytes())
    names = ("aima.json", "aima.compact.json", "caig.json", "caig.compact.json")
    documents = [(EXAMPLES / name).read_bytes() for name in names]
    documents.insert(2, documents[0].replace(b"Completed", b"Failed"))
    documents.insert(3, b"{")
    together = verify_each(documents, trust=trust, at=AT)
    assert list(together) == [verify(document, trust=trust, at=AT) for document in documents]
    assert [bool(report) for report in together] == [True, True, False, False, True, True]


def test_a_time_without_a_zone_is_the_caller_s_fault() -> None:
    with pytest.raises(ValueError, match="time zone"):
        verify_each([], trust=Trust(), at=AT.replace(tzinfo=None))

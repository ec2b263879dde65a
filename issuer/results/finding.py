"""What is wrong with a result record: a stable code and one sentence for a person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` from the table of record rules; `detail` says what is wrong and what to do, and names nobody."""

    code: str
    detail: str


class RecordRefused(Exception):  # noqa: N818 - an outcome of reading, named as what it is
    """The bytes are no result record: `findings` lists every fault of their shape; `result_id` where it has one."""

    def __init__(self, findings: tuple[Finding, ...], result_id: str = "") -> None:
        super().__init__("; ".join(f"{finding.code}: {finding.detail}" for finding in findings))
        self.findings = findings
        self.result_id = result_id


def codes(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """Each code once, in the order of the rules."""
    return tuple(dict.fromkeys(finding.code for finding in findings))

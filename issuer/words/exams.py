"""What is said of an exam: every number and rule from its blueprint, so no page knows better than the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from ..catalog import AttemptPolicy, Blueprint, Catalog, StudyAdvice

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FLUENCIES: Final = {
    "lifecycle": ("Lifecycle fluency", "know the stages of an AI system, and notice when one is skipped"),
    "tradeoff": ("Tradeoff language", "ask what is traded for shipping now, and understand the answer"),
    "done-enough": ("“Done enough” judgement", "hold a team to a threshold that is defined and can be measured"),
}
_IDENTITIES: Final = {
    "self-asserted": "Name as you give it, not checked",
    "account-verified": "A verified account",
    "document-verified": "A checked identity document",
    "in-person": "Checked in person",
}


@dataclass(frozen=True, slots=True)
class Exam:
    """One edition of one exam as a page shows it; `domains` and `achievement` are the catalogue's own."""

    blueprint: Blueprint
    achievement: dict[str, Any]

    @property
    def code(self) -> str:
        return self.blueprint.credential

    @property
    def name(self) -> str:
        return str(self.achievement["name"])

    @property
    def questions(self) -> str:
        return f"{self.blueprint.max_score} questions"

    @property
    def mark(self) -> str:
        return f"{self.blueprint.pass_raw} of {self.blueprint.max_score} correct"

    @property
    def minutes(self) -> str:
        return f"{self.blueprint.time_limit // _MINUTE} minutes"

    @property
    def validity(self) -> str:
        return _years(self.blueprint.validity_years)

    @property
    def renewal(self) -> str:
        months = self.blueprint.renewal_window_months
        return f"In the last {months} months, by a new sitting; {self.validity} are added to the old end"

    @property
    def attempts(self) -> str:
        return attempts(self.blueprint.attempt_policy)

    @property
    def identity(self) -> str:
        return _IDENTITIES[self.blueprint.minimum_identity]

    @property
    def prerequisite(self) -> str:
        needs = self.blueprint.prerequisite
        return "None" if needs is None else f"{needs.credential} in force when the sitting starts, or a recorded waiver"

    @property
    def experience(self) -> str:
        least = self.blueprint.minimum_initiatives
        if not least:
            return "None"
        return f"At least {number(least)} real AI initiative{'s' if least > 1 else ''}, declared by you"

    @property
    def evidence(self) -> str:
        names = [each.replace("-", " ") for each in self.blueprint.evidence_types]
        return f"Optional: {', '.join(names)}, by digest" if names else "None"

    @property
    def domain_count(self) -> str:
        return number(len(self.blueprint.domains))

    @property
    def may_be_suspended(self) -> bool:
        return "suspension" in self.blueprint.status_purposes

    @property
    def path(self) -> list[StudyAdvice]:
        """The advice of all domains, by week."""
        return sorted((advice for domain in self.blueprint.domains for advice in domain.study), key=lambda a: a.week)

    @property
    def targets(self) -> dict[str, dict[str, Any]]:
        """What a domain's alignment codes stand for."""
        return {item["targetCode"]: item for item in self.achievement["alignment"]}


def exam(catalog: Catalog, blueprint: Blueprint, base_url: str) -> Exam:
    """For this blueprint."""
    return Exam(blueprint, catalog.achievement(blueprint, base_url))


def attempts(policy: AttemptPolicy) -> str:
    """How often one may sit it."""
    within, pause = policy.within // _HOUR, policy.retake_after // _HOUR
    starts = f"At most {number(policy.max_starts)} starts in any {within} hours" if policy.max_starts else ""
    retake = f"again {pause} hours after a sitting" if pause else ""
    text = "; ".join(filter(None, (starts, retake)))
    return text[:1].upper() + text[1:] if text else "As often as you like"


def alignments(exams: Sequence[Exam]) -> list[tuple[dict[str, Any], dict[str, list[str]]]]:
    """(target, exam code -> its domains that are aligned with it) for every target of any exam, in their order."""
    targets = {code: target for each in exams for code, target in each.targets.items()}
    frameworks = list(dict.fromkeys(target["targetFramework"] for target in targets.values()))
    ordered = sorted(targets.values(), key=lambda item: (frameworks.index(item["targetFramework"]), item["targetCode"]))
    return [
        (
            target,
            {
                each.code: [d.code for d in each.blueprint.domains if target["targetCode"] in d.alignment]
                for each in exams
            },
        )
        for target in ordered
    ]


def number(value: int) -> str:
    """Small numbers as a word."""
    return _NUMBERS[value] if 0 <= value < len(_NUMBERS) else str(value)


def _years(value: int) -> str:
    return f"{value} year{'s' if value > 1 else ''}"

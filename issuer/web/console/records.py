"""Held records: what waits, one of them as it was sent, and the decision on it."""

import json
from typing import Any

from flask import render_template, request

from ...reasons import signed
from ...service import hold
from ..office import office
from .frame import actor, blueprint, form


@blueprint.get("/holds")
def holds() -> str:
    """The held records, oldest first."""
    return render_template("console/holds.html", waiting=hold.waiting(office().desk))


@blueprint.get("/holds/record")
def record() -> str:
    """One of them: whoever decides has to see it."""
    case = hold.case(office().desk, request.args.get("id", ""), request.args.get("platform") or None)
    lines = json.dumps(case.record, indent=2, ensure_ascii=False).split("\n")
    return render_template("console/hold.html", case=case, lines=lines)


@blueprint.post("/holds/release")
def release() -> str:
    """Decide in the candidate's favour."""
    return _decide(hold.release)


@blueprint.post("/holds/refuse")
def refuse() -> str:
    """Decide against the candidate."""
    return _decide(hold.refuse)


def _decide(act: Any) -> str:
    who, here = actor(), office()
    reference = signed(form("decision"), who.name)
    platform = request.form.get("platform") or None
    answer = act(here.desk, form("id"), decided_by=who.name, reference=reference, at=here.now(), platform=platform)
    return render_template("console/decided.html", answer=answer)

"""Answers of the service held against its own description."""

from typing import Any

from jsonschema import Draft202012Validator

from tests.kit.web import Service


class Described:
    """The description of a running service."""

    def __init__(self, served: Service) -> None:
        self.served = served
        self.document: dict[str, Any] = served.get("/api/openapi.json").json

    def holds(self, method: str, path: str, answer: Any) -> Any:
        """The answer, if it is one that `path` (as the description writes it) says it gives."""
        operation = self.document["paths"][path][method.lower()]
        assert str(answer.status_code) in operation["responses"], (method, path, answer.status_code)
        content = operation["responses"][str(answer.status_code)]["content"]
        assert answer.mimetype in content, (method, path, answer.mimetype)
        self.validate(answer.json, content[answer.mimetype]["schema"])
        return answer

    def validate(self, value: Any, schema: dict[str, Any]) -> None:
        whole = {**schema, "components": self.document["components"]}
        faults = [
            f"{'/'.join(map(str, fault.path))}: {fault.message}"
            for fault in Draft202012Validator(whole).iter_errors(value)
        ]
        assert faults == []

"""Holds every answer of the API against its OpenAPI document, as strictly as it can be read: nothing undeclared."""

import copy
import re
from functools import cached_property

from jsonschema import Draft202012Validator

from tests.outside import Server


class Api:
    """Asks as a system of somebody else's would. Every answer is checked before a test sees it."""

    def __init__(self, server: Server):
        self.server = server

    @cached_property
    def key(self) -> str:
        return self._keys("manager")

    def _keys(self, role: str) -> str:
        kept = vars(self.server).setdefault("kept_keys", {})
        return kept.get(role) or kept.setdefault(role, self.server.key(role))

    def ask(self, method: str, path: str, *, role: str | None = "manager", key: str | None = None, **sent):
        """`role` None asks without a key; `key` outranks it. `once` is an Idempotency-Key."""
        if once := sent.pop("once", None):
            sent["headers"] = {**sent.get("headers", {}), "Idempotency-Key": once}
        answer = self.server.ask(method, path, key or (self._keys(role) if role else None), **sent)
        check(self.document, method, path, answer)
        return answer

    def post(self, path: str, **sent):
        return self.ask("POST", path, **sent)

    def get(self, path: str, **sent):
        return self.ask("GET", path, **sent)

    def ticket(self, service: str = "tax") -> dict:
        answer = self.post("/api/tickets", json={"service": service})
        assert answer.status_code == 201, answer.text
        return answer.json()

    def line(self) -> list[dict]:
        return self.get("/api/line").json()["visits"]

    @cached_property
    def document(self) -> dict:
        if not hasattr(self.server, "document"):
            self.server.document = self.server.ask("GET", "/api/openapi.json").json()
        return self.server.document

    def routes(self) -> list[tuple[str, str]]:
        """(method, path with its parameters' names) of all that the document knows."""
        return [(method.upper(), path) for path, methods in self.document["paths"].items() for method in methods]


def check(document: dict, method: str, path: str, answer) -> None:
    """Fails unless the answer is declared: its status, its content type, every field and its type."""
    if answer.status_code >= 400 and answer.headers["Content-Type"] != "application/json":
        assert answer.headers["Content-Type"] == "application/problem+json", answer.text
        problem = answer.json()
        _valid(document, {"$ref": "#/components/schemas/Problem"}, problem)
        assert problem["status"] == answer.status_code
        assert problem["detail"].endswith("."), problem
        return
    declared = operation(document, method, path)["responses"][str(answer.status_code)]
    if "content" not in declared:
        assert not answer.content
        return
    _valid(document, declared["content"][answer.headers["Content-Type"]]["schema"], answer.json())


def operation(document: dict, method: str, path: str) -> dict:
    """The operation that answers this address; an address without parameters before one with them."""
    path = path.partition("?")[0]
    fits = [
        known
        for known in document["paths"]
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path) and method.lower() in document["paths"][known]
    ]
    assert fits, f"{method} {path} is not in the document"
    return document["paths"][min(fits, key=lambda known: known.count("{"))][method.lower()]


def _valid(document: dict, schema: dict, value) -> None:
    root = {"components": _closed(document["components"]), **schema}
    mistakes = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(root).iter_errors(value)]
    assert not mistakes, mistakes


def _closed(components: dict) -> dict:
    """The schemas with nothing undeclared allowed: other systems may read more than is told, tests may not."""
    closed = copy.deepcopy(components)
    for schema in closed["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return closed

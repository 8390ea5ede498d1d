"""The API's own description (OpenAPI 3.1), derived from the routes and their models. Made when it is asked for.

Nothing is written twice: a route cannot be missing, and a test holds every answer against it.
"""

import re
from functools import cache
from http import HTTPStatus

from flask import current_app
from pydantic.json_schema import models_json_schema

from reception import __version__
from reception.web.api.asking import LONGEST_KEY, ROUTES, Route, blueprint
from reception.web.api.problems import KIND
from reception.web.api.shapes import Nothing, Problem
from reception.web.api.visits import STEP_NAMES

ABOUT = (
    "What a kiosk, a desk and a manager's page can do, as JSON. Instants are UTC milliseconds. Errors are"
    " application/problem+json; `detail` is a sentence for a person, `code` a word for a program."
)
SCHEMA = "#/components/schemas/{model}"
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "The same key with the same question has the same answer, and happens once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
}


@cache
def document() -> dict:
    paths: dict[str, dict] = {}
    for rule in current_app.url_map.iter_rules():
        if route := ROUTES.get(rule.endpoint):
            method = "post" if "POST" in rule.methods else "get"
            path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
            paths.setdefault(path, {})[method] = _operation(rule, route, method)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Reception", "version": __version__, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _operation(rule, route: Route, method: str) -> dict:
    view = current_app.view_functions[rule.endpoint]
    roles = f" For keys of: {', '.join(route.roles)}." if route.roles else ""
    found = {
        "operationId": rule.endpoint.removeprefix(f"{blueprint.name}."),
        "summary": view.__doc__,
        "description": view.__doc__ + roles,
        "parameters": [_in_path(name) for name in sorted(rule.arguments)],
        "responses": {str(status): _response(status, model, route.kinds) for status, model in route.answers.items()},
    }
    if not route.roles:
        found["security"] = [{}, {"key": []}]
    if method == "post":
        found["parameters"].append(IDEMPOTENCY)
        found["requestBody"] = {
            "required": any(field.is_required() for field in route.question.model_fields.values()),
            "content": {
                "application/json": {"schema": _schema(route.question)},
                **{kind: {"schema": {"type": "string"}} for kind in route.files},
            },
        }
    elif route.question is not Nothing:
        for name, schema in route.question.model_json_schema()["properties"].items():
            found["parameters"].append({"name": name, "in": "query", "schema": schema})
    found["responses"]["default"] = _response(None, Problem)
    return found


def _in_path(name: str) -> dict:
    schema = {"type": "string", **({"enum": list(STEP_NAMES)} if name == "step" else {})}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _response(status: int | None, model, kinds: tuple[str, ...] = ()) -> dict:
    if status is None:
        return {"description": "Refused, and why", "content": {KIND: {"schema": _schema(model)}}}
    if status in (204, 304):
        return {"description": HTTPStatus(status).phrase}
    content = {"application/json": {"schema": _schema(model) if model else {"type": "object"}}}
    content |= {kind: {"schema": {"type": "string"}} for kind in kinds}
    return {"description": HTTPStatus(status).phrase, "content": content}


def _schema(model) -> dict:
    return {"$ref": SCHEMA.format(model=model.__name__)}


def _schemas() -> dict:
    questions = {(route.question, "validation") for route in ROUTES.values()}
    answers = {(model, "serialization") for route in ROUTES.values() for model in route.answers.values() if model}
    asked = sorted(questions | answers | {(Problem, "serialization")}, key=lambda pair: pair[0].__name__)
    return models_json_schema(asked, ref_template=SCHEMA)[1]["$defs"]

"""Answers against the document: what it says of them, and nothing that it does not name."""

import re

import jsonschema_rs


class Document:
    """The document that an instance serves."""

    def __init__(self, document: dict):
        self._components = {"components": closed(document["components"])}
        self._operations = [
            (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path, operation)
            for path, operations in document["paths"].items() for method, operation in operations.items()
        ]
        self.checked = set()

    def check(self, method: str, path: str, status: int, answer) -> None:
        """Refuses an answer that is not as it is documented."""
        # where two patterns fit, it is the one with fewer variable parts
        fitting = [(pattern.count("{"), pattern, operation) for known, expression, pattern, operation in self._operations
                   if known == method and expression.fullmatch(path.partition("?")[0])]
        _, pattern, operation = min(fitting, key=lambda each: each[:2])
        content = operation["responses"][str(status)].get("content")
        name = operation["operationId"]
        self.checked.add(name)
        if content is None:
            assert answer is None, f"{name} answers {status} with a body"
            return
        schema = content["application/json"]["schema"]
        validator = jsonschema_rs.Draft202012Validator({**schema, **self._components}, validate_formats=True)
        problems = [f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(answer)]
        assert not problems, f"{method} {pattern}: " + "; ".join(problems)


def closed(components: dict) -> dict:
    """The same with no room for members that are not named. API v1 names those that all types share."""
    schemas = {
        name: {**schema, "additionalProperties": False} if "properties" in schema and not name.startswith("V1") else schema
        for name, schema in components["schemas"].items()
    }
    return {**components, "schemas": schemas}

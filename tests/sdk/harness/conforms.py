"""Holds JSON against a class of an SDK: every field the class knows is there, with its type.

The generated classes say in the signature of `__init__` what they know. That a field is optional
there is no excuse: a test that expects it to be absent says so by an `Absence`, which has a reason,
and then it must be absent.
"""

import dataclasses
import datetime
import inspect
import re
import typing

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclasses.dataclass(frozen=True)
class Absence:
    """Fields that do not apply in a situation. `certain` unless the reference leaves it open."""

    fields: frozenset
    reason: str
    certain: bool = True


def absence(fields, reason, certain=True):
    return Absence(frozenset(fields.split()), reason, certain)


def conforms(model, json, *absences, supersets=None, classes=None):
    """Fails with a list of what is wrong. Fields of nested objects are named `rotation.unit`.

    `supersets` are the fields we add to IBM's, by the name of the class or `*` for all; `classes`
    says which class stands behind a base class that has no discriminator.
    """
    found = list(_Checked(absences, supersets or {}, classes or {}).model(model, json, ""))
    assert not found, f"{model.__name__}:\n  " + "\n  ".join(found)
    return json


class _Checked:
    def __init__(self, absences, supersets, classes):
        self.absences = absences
        self.supersets = supersets
        self.classes = classes

    def model(self, model, json, path):
        if not isinstance(json, dict):
            yield f"{path or 'it'} is no object"
            return
        model = self.concrete(model, json)
        known = fields(model)
        for name, kind in known.items():
            yield from self.field(model, name, kind, json, f"{path}{name}")
        ours = {*self.supersets.get(model.__name__, ()), *self.supersets.get("*", ())}
        for name in sorted(json.keys() - known.keys() - ours):
            yield f"{path}{name} is no field of {model.__name__}"

    def field(self, model, name, kind, json, path):
        excused = [one for one in self.absences if path in one.fields]
        if name not in json:
            if not excused:
                yield f"{path} is absent"
        elif json[name] is None:
            yield f"{path} is null"
        elif any(one.certain for one in excused):
            yield f"{path} is there, although {excused[0].reason}"
        else:
            yield from self.value(kind, json[name], path)
            allowed = getattr(model, "".join(map(str.title, name.split("_"))) + "Enum", None)
            if allowed and json[name] not in [one.value for one in allowed]:
                yield f"{path} has a value that the SDK does not know"

    def value(self, kind, value, path):
        if typing.get_origin(kind) is list:
            if not isinstance(value, list):
                yield f"{path} is no list"
                return
            for one in value:
                yield from self.value(typing.get_args(kind)[0], one, path)
        elif kind is datetime.datetime:
            if not (isinstance(value, str) and RFC_3339.fullmatch(value)):
                yield f"{path} is no date of RFC 3339 in UTC"
        elif kind in (str, int, bool, dict):
            if type(value) is not kind:
                yield f"{path} is {type(value).__name__}, not {kind.__name__}"
        elif kind is not object:
            yield from self.model(kind, value, path + ".")

    def concrete(self, model, json):
        """The class that really stands behind a base class."""
        if model.__name__ in self.classes:
            return self.classes[model.__name__](json)
        is_base = len(inspect.signature(model.__init__).parameters) == 1
        return model._get_class_by_discriminator(json) if is_base else model


def fields(model):
    """The fields of a class with their types; `Optional` is taken off."""
    hints = typing.get_type_hints(model.__init__)
    names = [one.name for one in list(inspect.signature(model.__init__).parameters.values())[1:]
             if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)]
    assert names, f"{model.__name__} is a base class; say which class stands behind it"
    return {name: _without_optional(hints[name]) for name in names}


def _without_optional(kind):
    if typing.get_origin(kind) is typing.Union:
        [kind] = [one for one in typing.get_args(kind) if one is not type(None)]
    return kind


def operations(client_class):
    """The names of a client's operations: what it defines itself and is called on an instance."""
    return {name for name, value in vars(client_class).items()
            if inspect.isfunction(value) and not name.startswith("_")}

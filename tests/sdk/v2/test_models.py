"""The objects that our types are held against are those of the installed client."""

import importlib.util
import pathlib

_PLACE = pathlib.Path(__file__).parents[1] / "models" / "generate.py"


def _generator():
    spec = importlib.util.spec_from_file_location("generate", _PLACE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_objects_of_all_models_are_fresh():
    generator = _generator()
    committed = generator.PLACE.read_text(encoding="utf-8")
    assert committed == generator.text(), f"run {_PLACE.name} in the environment of the client"

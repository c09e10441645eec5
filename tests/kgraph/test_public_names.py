"""What `__all__` promises is there, is documented, and is all that the package offers."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import pytest

import kgraph

MODULES = [
    importlib.import_module(name)
    for _, name, _ in pkgutil.walk_packages(kgraph.__path__, "kgraph.")
    if not name.endswith("__main__")
]


def test_the_package_offers_three_names() -> None:
    assert kgraph.__all__ == ["Release", "__version__", "open"]
    public = {name for name in vars(kgraph) if not name.startswith("_")}
    submodules = {module.__name__.split(".")[1] for module in MODULES}
    assert public - submodules == {"Release", "open"}


def test_there_are_modules() -> None:
    assert len(MODULES) > 60


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_what_a_module_promises_is_there_and_told(module: ModuleType) -> None:
    assert module.__doc__ or module.__name__.endswith("__main__"), "it says what it is for"
    for name in getattr(module, "__all__", ()):
        thing = getattr(module, name)
        if callable(thing) and getattr(thing, "__module__", "").startswith("kgraph"):
            assert thing.__doc__, f"{name} has no docstring"


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_names_are_sorted_or_grouped_without_doubles(module: ModuleType) -> None:
    names = list(getattr(module, "__all__", ()))
    assert len(names) == len(set(names))

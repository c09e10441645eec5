"""Where the ontology and the facts are: in the wheel, or in the checkout.

The packaged folders come first, so that an installed kgraph never reads what happens to lie near
its working directory.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["data", "ontology"]

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


def ontology() -> Path:
    """The folder of the ontology.

    >>> (ontology() / "imc.ttl").is_file()
    True
    """
    return _first(_PACKAGE / "_ontology", _CHECKOUT / "ontology")


def data() -> Path:
    """The folder of the facts, reference lists and decisions.

    >>> sorted(p.name for p in data().iterdir() if p.name in {"facts", "mappings", "reference"})
    ['facts', 'mappings', 'reference']
    """
    return _first(_PACKAGE / "_data", _CHECKOUT / "data")


def in_checkout() -> bool:
    """Whether this kgraph runs from a checkout (an editable install) and not from a wheel."""
    return not (_PACKAGE / "_data").is_dir() and (_CHECKOUT / "data").is_dir()


def _first(*candidates: Path) -> Path:
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"none of {', '.join(map(str, candidates))} is there; reinstall kgraph")

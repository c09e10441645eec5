"""pyvis, made safe: our template, escaped, and a policy that lets only our two scripts run.

Import this module inside a function: pyvis pulls in IPython.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pyvis.network
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

__all__ = ["SafeNetwork"]

OWN = Path(__file__).parent / "templates"
THEIRS = Path(pyvis.network.__file__).parent / "templates"
VIS = "lib/vis-9.1.2/vis-network.min.js"
SCRIPT = "graph.js"


class SafeNetwork(pyvis.network.Network):  # type: ignore[misc]
    """A pyvis network whose page is ours.

    pyvis 0.3.2 renders without autoescape (a heading, a menu entry or a title with a link can run a
    script), always loads style sheets from another host, and looks through all edges for each new
    undirected one. Here the template escapes, nothing is loaded, and edges are directed inside.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__(cdn_resources="in_line", directed=True)
        self.options = options
        self.templateEnv = Environment(
            loader=ChoiceLoader([FileSystemLoader(OWN), FileSystemLoader(THEIRS)]),
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip

    def generate_html(self, **context: Any) -> str:
        """The page; ``context`` is what the template wants beside the drawing."""
        scripts = {name: self._source(name) for name in (VIS, SCRIPT)}
        hashes = " ".join(f"'sha256-{_sha256(text)}'" for text in scripts.values())
        policy = (
            f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        )
        drawing = {"nodes": self.nodes, "edges": self.edges, "options": self.options}
        return str(
            self.templateEnv.get_template("graph.html.j2").render(
                drawing=json.loads(json.dumps(drawing)), policy=policy,
                vis=scripts[VIS], script=scripts[SCRIPT], **context,
            )
        )  # fmt: skip

    def _source(self, name: str) -> str:
        """The text of a script, as it will stand in the page."""
        folder = OWN if name == SCRIPT else THEIRS
        return (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

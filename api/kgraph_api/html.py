"""Plain pages of the server's own: no script, one style sheet, nothing from another host."""

from __future__ import annotations

from html import escape

__all__ = ["escape", "page"]


def page(title: str, body: str, *, language: str = "en") -> str:
    """A whole page around a body that is HTML already; the title is escaped here."""
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – kgraph</title>
<link rel="stylesheet" href="static/plain.css">
</head>
<body>
<nav><a href="graph">Graph</a> <a href="docs">API</a> <a href="sparql">SPARQL</a></nav>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""

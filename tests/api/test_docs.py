"""``/docs`` teaches every address and every parameter, without a script."""

from __future__ import annotations

import re
from html import unescape

from starlette.testclient import TestClient


def test_every_address_and_parameter_is_on_the_page(client: TestClient) -> None:
    text = unescape(client.get("/docs").text)
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) > 20
    for path, methods in paths.items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}<" in text
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in text
                if parameter["in"] == "query":
                    assert parameter.get("description") or parameter["schema"].get("description")


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    text = client.get("/docs").text
    assert "<script" not in text and "style=" not in text
    assert re.findall(r'(?:src|href)="([^"]*\.(?:css|js))"', text) == ["static/plain.css"]


def test_what_the_page_says_to_try_works(client: TestClient, real: TestClient) -> None:
    links = re.findall(r'Try <a href="([^"]*)"', real.get("/docs").text)
    assert len(links) > 15
    for link in links:
        assert real.get(f"/{unescape(link)}").status_code in (200, 422), link

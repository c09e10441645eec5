"""The words of the exported page in both languages, with the certainties of the model."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["TEXTS", "name_of", "word"]

TEXTS: dict[str, dict[str, str]] = {
    "de": {
        "count": "Netzwerke: {networks}, Mitglieder: {members}, Verbindungen: {edges}",
        "cut": "Gezeigt sind {shown} von {all} Verbindungen: die größten Netzwerke zuerst. Für den "
        "Rest wählen Sie einen Ausschnitt und exportieren ihn.",
        "find": "Netzwerk oder Mitglied suchen",
        "all": "Alles zeigen",
        "to_table": "Zur Tabelle",
        "picture": "Bild der Netzwerke ({networks}) und Mitglieder ({members}); die Tabellen "
        "darunter haben dieselben Daten.",
        "legend": "Legende",
        "municipality": "Gemeinde",
        "other": "anderes Mitglied",
        "attested": "belegt",
        "presumed": "vermutet",
        "ended": "beendet",
        "not-yet": "noch nicht",
        "unknown": "unbekannt",
        "reading": "Listen sind oft unvollständig: Eine fehlende Linie heißt nicht, dass es keine "
        "Zusammenarbeit gibt.",
        "nodes": "Netzwerke und Mitglieder",
        "edges": "Mitgliedschaften",
        "sources": "Quellen",
        "open": "Liste öffnen",
        "name": "Name",
        "kind": "Art",
        "key": "Schlüssel",
        "state": "Land",
        "ties": "Verbindungen",
        "member": "Mitglied",
        "network": "Netzwerk",
        "roles": "Rollen",
        "start": "Beginn",
        "end": "Ende",
        "certainty": "Sicherheit",
        "source": "Quelle: Stelle",
    },
    "en": {
        "count": "networks: {networks}, members: {members}, ties: {edges}",
        "cut": "Shown are {shown} of {all} ties: the largest networks first. For the rest choose a "
        "part and export it.",
        "find": "Find a network or member",
        "all": "Show all",
        "to_table": "Go to the table",
        "picture": "Picture of the networks ({networks}) and members ({members}); the tables below "
        "have "
        "the same data.",
        "legend": "Legend",
        "municipality": "municipality",
        "other": "other member",
        "attested": "attested",
        "presumed": "presumed",
        "ended": "ended",
        "not-yet": "not yet",
        "unknown": "unknown",
        "reading": "Rosters are often incomplete: a missing line does not mean that there is no "
        "cooperation.",
        "nodes": "Networks and members",
        "edges": "Memberships",
        "sources": "Sources",
        "open": "Open the list",
        "name": "Name",
        "kind": "Kind",
        "key": "Key",
        "state": "State",
        "ties": "Ties",
        "member": "Member",
        "network": "Network",
        "roles": "Roles",
        "start": "Start",
        "end": "End",
        "certainty": "Certainty",
        "source": "Source: place",
    },
}


def word(code: str, words: Mapping[str, str]) -> str:
    """How a code is called; one without label is shown as it is, readable."""
    return words.get(code, code.replace("-", " "))


def name_of(node: str, data: Mapping[str, object]) -> str:
    """The name of a node, or its IRI."""
    return str(data.get("name", node))

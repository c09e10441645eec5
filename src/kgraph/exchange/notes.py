"""What each column means, in German and English: the notes of the template's header cells."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["INTRODUCTION", "note"]

#: Column, or sheet and column → German, English.
_NOTES: Mapping[str, tuple[str, str]] = {
    "source": (
        "Kürzel des Dokuments, wie auf dem Blatt sources: a-z, 0-9, Bindestriche.",
        "Slug of the document as on the sheet sources: a-z, 0-9, hyphens.",
    ),
    "title": ("Titel des Dokuments, wie gedruckt.", "Title of the document, as printed."),
    "publisher": ("Wer es herausgegeben hat.", "Who published it."),
    "url": ("Wo es steht: volle Adresse mit https://.", "Where it is: full address."),
    "published": (
        "Datum des Dokuments: 2013, 2013-04 oder 2013-04-19. Unbekannt: leer.",
        "Date of the document: 2013, 2013-04 or 2013-04-19. Unknown: empty.",
    ),
    "not_before": (
        "Nur ohne Datum: ab wann der Text aktuell war, wenn er es selbst zeigt.",
        "Undated only: since when the text was current, where the text shows it.",
    ),
    "not_after": (
        "Nur ohne Datum: bis wann der Text aktuell war, wenn er es selbst zeigt.",
        "Undated only: until when the text was current, where the text shows it.",
    ),
    "language": ("Sprache: de, en …", "Language: de, en …"),
    "note": ("Anmerkung zum Dokument.", "A note on the document."),
    "org": (
        "Kürzel der Organisation; die anderen Blätter nennen sie so. Nie ändern.",
        "Slug of the organisation; the other sheets call it so. Never change it.",
    ),
    "organisations.kind": (
        "Art, aus der Liste. Ein Zusammenschluss von Kommunen ist meist network.",
        "Kind, from the list. A cooperation of municipalities is mostly a network.",
    ),
    "name_de": ("Name auf Deutsch, wie gedruckt.", "German name, as printed."),
    "name_en": ("Name auf Englisch, wie gedruckt.", "English name, as printed."),
    "short_name": ("Kurzname oder Abkürzung.", "Short name or abbreviation."),
    "legal_form": (
        "Rechtsform, wie gedruckt: Zweckverband, e. V. …",
        "Legal form, as printed.",
    ),
    "country": (
        "Land als Kürzel (DE); mehrere mit | getrennt.",
        "Country code (DE); several separated by |.",
    ),
    "parent": (
        "Kürzel des größeren Ganzen (Dachnetzwerk), sonst leer.",
        "Slug of the larger whole (umbrella), else empty.",
    ),
    "founded": ("Gegründet: 2013, 2013-04 oder 2013-04-19.", "Founded: 2013, 2013-04, 2013-04-19."),
    "dissolved": ("Aufgelöst, ebenso.", "Dissolved, likewise."),
    "seat": ("Sitz: Name der Gemeinde.", "Seat: name of the municipality."),
    "website": ("Internetadresse.", "Web address."),
    "themes": (
        "Stichwörter, mit | getrennt; nur solche, die mappings/themes.csv kennt.",
        "Key words separated by |; only those that mappings/themes.csv knows.",
    ),
    "locator": (
        "Stelle im Dokument: Seite, Abschnitt, Liste.",
        "Place in the document: page, section, list.",
    ),
    "memberships.network": (
        "Kürzel des Netzwerks: org auf dem Blatt organisations.",
        "Slug of the network: org on the sheet organisations.",
    ),
    "member": (
        "Name, wie das Dokument ihn druckt; oder der amtliche Schlüssel, wenn es diesen druckt.",
        "Name as the document prints it; or the official key, where it prints that.",
    ),
    "member_kind": ("Art des Mitglieds, aus der Liste.", "Kind of member, from the list."),
    "member_country": ("Land als Kürzel: DE.", "Country code: DE."),
    "member_region": (
        "Bundesland; nötig, weil Namen mehrfach vorkommen.",
        "State; needed, since names occur more than once.",
    ),
    "role": ("Rolle, aus der Liste.", "Role, from the list."),
    "start": (
        "Beitritt, nur wenn das Dokument ihn nennt: 2013, 2013-04, 2013-04-19.",
        "Joined, only where the document says so: 2013, 2013-04, 2013-04-19.",
    ),
    "end": ("Austritt, nur wenn das Dokument ihn nennt.", "Left, only where the document says so."),
    "attested_on": (
        "Stand der Mitgliederliste, wenn sie einen nennt.",
        "Date for which the roster speaks, where it gives one.",
    ),
    "subject": (
        "Worüber: Kürzel der Organisation oder einer Kommune.",
        "About what: slug of the organisation or of a municipality.",
    ),
    "property": ("Was gesagt wird, aus der Liste.", "What is said, from the list."),
    "value": (
        "Der Wert, wie gedruckt, mit Zusätzen wie über oder rund.",
        "The value as printed, with qualifiers such as over or about.",
    ),
    "unit": ("Einheit, wie gedruckt: Mitglieder, Euro …", "Unit, as printed: members, euros …"),
    "valid_from": ("Gilt ab, wenn das Dokument es sagt.", "Valid from, where the document says."),
    "valid_to": ("Gilt bis, wenn das Dokument es sagt.", "Valid until, where the document says."),
    "printed": (
        "Name, genau wie er auf dem Blatt memberships steht.",
        "Name exactly as it stands on the sheet memberships.",
    ),
    "names.kind": ("Art, wie auf dem Blatt memberships.", "Kind, as on the sheet memberships."),
    "region": ("Bundesland, wie auf dem Blatt memberships.", "State, as on sheet memberships."),
    "names.network": (
        "Nur für dieses Netzwerk; leer: überall.",
        "For this network only; empty: everywhere.",
    ),
    "names.agent": (
        "Wen der Name meint: municipality/de-05515000 und so weiter.",
        "Whom the name means: municipality/de-05515000 and so on.",
    ),
    "named.agent": (
        "Neuer Eintrag ohne amtlichen Schlüssel: organisation/kuerzel, agent/ch-kuerzel …",
        "New entry without an official key: organisation/slug, agent/ch-slug …",
    ),
    "class": ("Was es ist, aus der Liste.", "What it is, from the list."),
    "name": ("Name, wie gedruckt.", "Name, as printed."),
    "within": (
        "Worin es liegt oder wozu es gehört: Pfad, sonst leer.",
        "What it lies in or belongs to: a path, else empty.",
    ),
    "descriptions.org": (
        "Kürzel des Netzwerks: org auf dem Blatt organisations.",
        "Slug of the network: org on the sheet organisations.",
    ),
    "de": (
        "Was das Netzwerk ist: ein oder zwei sachliche Sätze auf Deutsch, in eigenen Worten.",
        "What the network is: a factual sentence or two in German, in your own words.",
    ),
    "en": ("Dasselbe auf Englisch.", "The same in English."),
    "sources": (
        "Dokumente, aus denen die Tatsachen darin stammen: Kürzel, mit | getrennt.",
        "Documents that the facts in it come from: slugs separated by |.",
    ),
    "descriptions.reason": (
        "Worauf es beruht, zum Beispiel: aus den Zeilen von organisations; Pflicht.",
        "What it rests on, such as: from the rows of organisations; required.",
    ),
    "reason": ("Warum so entschieden wurde; Pflicht.", "Why it was decided so; required."),
}

#: The first sheet of the workbook, line by line.
INTRODUCTION: Mapping[str, tuple[str, ...]] = {
    "de": (
        "Vorlage für kgraph",
        "1. sources: eine Zeile je Dokument, aus dem etwas abgeschrieben wird.",
        "2. organisations: das Netzwerk selbst, wie ein Dokument es beschreibt.",
        "3. memberships: eine Zeile je Mitglied und Dokument, Namen wie gedruckt.",
        "4. claims: was Dokumente sonst sagen, zum Beispiel eine Mitgliederzahl. Kann leer sein.",
        "names und named: Entscheidungen, wenn ein Name nicht von selbst zuzuordnen ist. Können "
        "leer sein.",
        "descriptions: ein, zwei Sätze dazu, was das Netzwerk ist, auf Deutsch und Englisch.",
        "Fett gedruckte Spalten sind Pflicht. Was unbekannt ist, bleibt leer; es wird nie geraten.",
        "Datumsangaben so genau wie im Dokument: 2013, 2013-04 oder 2013-04-19.",
        "Dann: kgraph import DATEI zeigt, was sich ändern würde; mit --accept wird es geschrieben.",
    ),
    "en": (
        "Template for kgraph",
        "1. sources: one row for each document that something is taken from.",
        "2. organisations: the network itself, as one document describes it.",
        "3. memberships: one row for each member and document, names as printed.",
        "4. claims: what documents say besides, such as a number of members. May stay empty.",
        "names and named: decisions, for a name that does not resolve by itself. May stay empty.",
        "descriptions: a sentence or two on what the network is, in German and English.",
        "Columns in bold are required. What is unknown stays empty; nothing is ever guessed.",
        "Dates at the precision of the document: 2013, 2013-04 or 2013-04-19.",
        "Then: kgraph import FILE shows what it would change; with --accept it is written.",
    ),
}


def note(sheet: str, column: str, language: str) -> str:
    """What a column of a sheet means.

    >>> note("memberships", "end", "en")
    'Left, only where the document says so.'
    """
    german, english = _NOTES.get(f"{sheet}.{column}") or _NOTES[column]
    return german if language == "de" else english

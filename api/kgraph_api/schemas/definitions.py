"""What the computed values of our answers mean, in both languages."""

from __future__ import annotations

from kgraph_api.schemas.shared import Bilingual

__all__ = [
    "CERTAINTY", "COVERAGE", "COVERAGE_OF_GROUPS", "EXISTS", "GRAPH", "MOVES", "N_LISTED",
    "N_MEMBERS", "N_NETWORKS", "ON_DAY", "TIES",
]  # fmt: skip

N_MEMBERS = Bilingual(
    de="Anzahl der Mitglieder (ohne Personen) mit einer teilnehmenden Rolle, die am Tag belegt "
    "oder anzunehmen ist; jedes zählt einmal.",
    en="Number of members (no persons) with a participating role that is attested or presumed on "
    "the day; each counts once.",
)
N_LISTED = Bilingual(
    de="Anzahl der Mitglieder (ohne Personen), die irgendein Dokument je mit einer teilnehmenden "
    "Rolle aufführt; jedes zählt einmal.",
    en="Number of members (no persons) that any document ever lists with a participating role; "
    "each counts once.",
)
N_NETWORKS = Bilingual(
    de="Anzahl der Netzwerke mit einer teilnehmenden Rolle, die am Tag belegt oder anzunehmen ist; "
    "jedes zählt einmal.",
    en="Number of networks with a participating role that is attested or presumed on the day; each "
    "counts once.",
)
CERTAINTY = Bilingual(
    de="Vergleich des Tages mit den sechs Tagen, zu denen der Build alle Belege zusammenfasst "
    "(imc:attestedFrom, imc:attestedUntil, imc:heldFrom, imc:heldUntil, imc:notYetBefore, "
    "imc:endedAfter).",
    en="The day compared with the six days into which the build condenses all evidence "
    "(imc:attestedFrom, imc:attestedUntil, imc:heldFrom, imc:heldUntil, imc:notYetBefore, "
    "imc:endedAfter).",
)
EXISTS = Bilingual(
    de="Wie bei einer Mitgliedschaft, aus den Zusammenschlüssen, die Anfang oder Ende nennen; "
    "sonst anzunehmen.",
    en="As for a membership, from the mergers that give a beginning or an end; presumed otherwise.",
)
ON_DAY = Bilingual(
    de="Es selbst, wenn es das Gebiet am Tag gab; sonst entlang der Zusammenschlüsse vorwärts, "
    "wozu es wurde, oder rückwärts, woraus es entstand.",
    en="Itself if there was the territory on the day; else along the mergers forwards what it "
    "became, or backwards what it was made of.",
)
COVERAGE = Bilingual(
    de="share = min(1, n_listed / claimed). n_listed: Mitglieder am Tag, belegt oder anzunehmen; "
    "claimed: die Zahl, die eine Quelle für den Tag nennt.",
    en="share = min(1, n_listed / claimed). n_listed: members on the day, attested or presumed; "
    "claimed: the count that a source gives for the day.",
)
COVERAGE_OF_GROUPS = Bilingual(
    de="share = min(1, n_known / n_claimed), Summen über die Netzwerke der Gruppe, für die eine "
    "Quelle eine Zahl nennt.",
    en="share = min(1, n_known / n_claimed), sums over those networks of the group for which a "
    "source gives a count.",
)
GRAPH = Bilingual(
    de="Kanten: Paare von Mitglied und Netzwerk, die am Tag belegt oder anzunehmen sind. size: "
    "Kanten des Knotens in dieser Antwort; n_listed: Mitglieder des Netzwerks am Tag; x, y: Ort "
    "des Mitglieds, beim Netzwerk das Mittel seiner Mitglieder.",
    en="Edges: pairs of member and network that are attested or presumed on the day. size: edges "
    "of the node in this answer; n_listed: members of the network on the day; x, y: place of the "
    "member, of a network the mean of its members.",
)
MOVES = Bilingual(
    de="Teilnahmen, die nur an einem der beiden Tage belegt oder anzunehmen sind. joined und left: "
    "eine Quelle datiert es, oder das Netzwerk entstand oder endete; merged und succeeded: durch "
    "einen Zusammenschluss; newly-attested und no-longer-attested: nur die Belege ändern sich.",
    en="Participations that are attested or presumed on one of the two days only. joined and left: "
    "a source dates it, or the network began or ended; merged and succeeded: by a merger; "
    "newly-attested and no-longer-attested: only the evidence differs.",
)
TIES = Bilingual(
    de="Paare von Mitgliedern, die am Tag mindestens ein Netzwerk teilen; gezählt vorher, nachher, "
    "hinzugekommen, weggefallen.",
    en="Pairs of members that share at least one network on the day; counted before, after, those "
    "that came, those that went.",
)

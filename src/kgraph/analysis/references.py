"""The literature that defines the measures."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["REFERENCES", "Reference"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper: how to cite it, and its DOI."""

    text: str
    doi: str

    @property
    def url(self) -> str:
        """Where the DOI resolves."""
        return f"https://doi.org/{self.doi}"


REFERENCES: dict[str, Reference] = {
    "borgatti-everett-1997": Reference(
        "Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. "
        "Social Networks, 19(3), 243–269.",
        "10.1016/S0378-8733(96)00301-2",
    ),
    "faust-1997": Reference(
        "Faust, K. (1997). Centrality in affiliation networks. Social Networks, 19(2), 157–191.",
        "10.1016/S0378-8733(96)00300-0",
    ),
    "boldi-vigna-2014": Reference(
        "Boldi, P., & Vigna, S. (2014). Axioms for centrality. "
        "Internet Mathematics, 10(3–4), 222–262.",
        "10.1080/15427951.2013.865686",
    ),
    "brandes-2001": Reference(
        "Brandes, U. (2001). A faster algorithm for betweenness centrality. "
        "Journal of Mathematical Sociology, 25(2), 163–177.",
        "10.1080/0022250X.2001.9990249",
    ),
    "newman-2001": Reference(
        "Newman, M. E. J. (2001). Scientific collaboration networks. II. Shortest paths, weighted "
        "networks, and centrality. Physical Review E, 64, 016132.",
        "10.1103/PhysRevE.64.016132",
    ),
    "simpson-1943": Reference(
        "Simpson, G. G. (1943). Mammals and the nature of continents. "
        "American Journal of Science, 241(1), 1–31.",
        "10.2475/ajs.241.1.1",
    ),
    "tumminello-2011": Reference(
        "Tumminello, M., Miccichè, S., Lillo, F., Piilo, J., & Mantegna, R. N. (2011). "
        "Statistically validated networks in bipartite complex systems. PLOS ONE, 6(3), e17994.",
        "10.1371/journal.pone.0017994",
    ),
    "benjamini-hochberg-1995": Reference(
        "Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. "
        "Journal of the Royal Statistical Society B, 57(1), 289–300.",
        "10.1111/j.2517-6161.1995.tb02031.x",
    ),
    "neal-2021": Reference(
        "Neal, Z. P., Domagalski, R., & Sagan, B. (2021). Comparing alternatives to the fixed "
        "degree sequence model for extracting the backbone of bipartite projections. "
        "Scientific Reports, 11, 23929.",
        "10.1038/s41598-021-03238-3",
    ),
}

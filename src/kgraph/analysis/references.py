"""The literature that defines the measures."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["REFERENCES", "Reference"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper: how to cite it, and its DOI; without a DOI that we could check, its page."""

    text: str
    doi: str
    page: str = ""

    @property
    def url(self) -> str:
        """Where the DOI resolves, or the page."""
        return f"https://doi.org/{self.doi}" if self.doi else self.page


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
    "brandes-pich-2007": Reference(
        "Brandes, U., & Pich, C. (2007). Centrality estimation in large networks. International "
        "Journal of Bifurcation and Chaos, 17(7), 2303–2318.",
        "10.1142/S0218127407018403",
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
    "bonacich-1991": Reference(
        "Bonacich, P. (1991). Simultaneous group and individual centralities. Social "
        "Networks, 13(2), 155–168.",
        "10.1016/0378-8733(91)90018-O",
    ),
    "kleinberg-1999": Reference(
        "Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal "
        "of the ACM, 46(5), 604–632.",
        "10.1145/324133.324140",
    ),
    "he-2017": Reference(
        "He, X., Gao, M., Kan, M.-Y., & Wang, D. (2017). BiRank: Towards ranking on bipartite "
        "graphs. IEEE Transactions on Knowledge and Data Engineering, 29(1), 57–71.",
        "10.1109/TKDE.2016.2611584",
    ),
    "taylor-2001": Reference(
        "Taylor, P. J. (2001). Specification of the world city network. Geographical "
        "Analysis, 33(2), 181–194.",
        "",
        "https://www.lboro.ac.uk/microsites/geography/gawc/rb/rb23.html",
    ),
    "taylor-2002": Reference(
        "Taylor, P. J., Catalano, G., & Walker, D. R. F. (2002). Exploratory analysis of the "
        "world city network. Urban Studies, 39(13), 2377–2394.",
        "10.1080/0042098022000027013",
    ),
    "sarwar-2001": Reference(
        "Sarwar, B., Karypis, G., Konstan, J., & Riedl, J. (2001). Item-based collaborative "
        "filtering recommendation algorithms. Proceedings of WWW '01, 285–295.",
        "10.1145/371920.372071",
    ),
    "tarjan-1972": Reference(
        "Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on "
        "Computing, 1(2), 146–160.",
        "10.1137/0201010",
    ),
    "snijders-2010": Reference(
        "Snijders, T. A. B., van de Bunt, G. G., & Steglich, C. E. G. (2010). Introduction to "
        "stochastic actor-based models for network dynamics. Social Networks, 32(1), 44–60.",
        "10.1016/j.socnet.2009.02.004",
    ),
    "kaplan-meier-1958": Reference(
        "Kaplan, E. L., & Meier, P. (1958). Nonparametric estimation from incomplete "
        "observations. Journal of the American Statistical Association, 53(282), 457–481.",
        "10.1080/01621459.1958.10501452",
    ),
    "robins-alexander-2004": Reference(
        "Robins, G., & Alexander, M. (2004). Small worlds among interlocking directors: "
        "Network structure and distance in bipartite graphs. Computational & Mathematical "
        "Organization Theory, 10(1), 69–94.",
        "10.1023/B:CMOT.0000032580.12184.c0",
    ),
    "opsahl-2013": Reference(
        "Opsahl, T. (2013). Triadic closure in two-mode networks: Redefining the global and "
        "local clustering coefficients. Social Networks, 35(2), 159–167.",
        "10.1016/j.socnet.2011.07.001",
    ),
    "latapy-2008": Reference(
        "Latapy, M., Magnien, C., & Del Vecchio, N. (2008). Basic notions for the analysis of "
        "large two-mode networks. Social Networks, 30(1), 31–48.",
        "10.1016/j.socnet.2007.04.006",
    ),
    "strona-2014": Reference(
        "Strona, G., Nappo, D., Boccacci, F., Fattorini, S., & San-Miguel-Ayanz, J. (2014). A "
        "fast and unbiased procedure to randomize ecological binary matrices with fixed row "
        "and column totals. Nature Communications, 5, 4114.",
        "10.1038/ncomms5114",
    ),
    "godard-neal-2022": Reference(
        "Godard, K., & Neal, Z. P. (2022). fastball: a fast algorithm to randomly sample "
        "bipartite graphs with fixed degree sequences. Journal of Complex Networks, 10(6), "
        "cnac049.",
        "10.1093/comnet/cnac049",
    ),
    "almeida-neto-2008": Reference(
        "Almeida-Neto, M., Guimarães, P., Guimarães, P. R., Loyola, R. D., & Ulrich, W. "
        "(2008). A consistent metric for nestedness analysis in ecological systems: "
        "reconciling concept and measurement. Oikos, 117(8), 1227–1239.",
        "10.1111/j.0030-1299.2008.16644.x",
    ),
    "barber-2007": Reference(
        "Barber, M. J. (2007). Modularity and community detection in bipartite networks. "
        "Physical Review E, 76, 066102.",
        "10.1103/PhysRevE.76.066102",
    ),
    "traag-2019": Reference(
        "Traag, V. A., Waltman, L., & van Eck, N. J. (2019). From Louvain to Leiden: "
        "guaranteeing well-connected communities. Scientific Reports, 9, 5233.",
        "10.1038/s41598-019-41695-z",
    ),
    "everett-borgatti-2013": Reference(
        "Everett, M. G., & Borgatti, S. P. (2013). The dual-projection approach for two-mode "
        "networks. Social Networks, 35(2), 204–210.",
        "10.1016/j.socnet.2012.05.004",
    ),
    "borgatti-everett-2000": Reference(
        "Borgatti, S. P., & Everett, M. G. (2000). Models of core/periphery structures. "
        "Social Networks, 21(4), 375–395.",
        "10.1016/S0378-8733(99)00019-2",
    ),
    "jasny-lubell-2015": Reference(
        "Jasny, L., & Lubell, M. (2015). Two-mode brokerage in policy networks. Social "
        "Networks, 41, 36–47.",
        "10.1016/j.socnet.2014.11.005",
    ),
    "cerinsek-batagelj-2015": Reference(
        "Cerinšek, M., & Batagelj, V. (2015). Generalized two-mode cores. Social Networks, "
        "42, 80–87.",
        "10.1016/j.socnet.2015.04.001",
    ),
    "neal-2014": Reference(
        "Neal, Z. P. (2014). The backbone of bipartite projections: Inferring relationships "
        "from co-authorship, co-sponsorship, co-attendance and other co-behaviors. Social "
        "Networks, 39, 84–97.",
        "10.1016/j.socnet.2014.06.001",
    ),
    "saracco-2015": Reference(
        "Saracco, F., Di Clemente, R., Gabrielli, A., & Squartini, T. (2015). Randomizing "
        "bipartite networks: the case of the World Trade Web. Scientific Reports, 5, 10595.",
        "10.1038/srep10595",
    ),
}

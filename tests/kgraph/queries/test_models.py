"""Model objects from the fixture: what the functions beside the queries make of their rows."""

from __future__ import annotations

from kgraph.model import Agent, Evidence
from kgraph.namespaces import BASE, thing


def test_an_agent_with_its_official_key(small) -> None:
    """Source: reference/municipalities-de.csv (BKG, population of 2021-12-31)."""
    assert small.agent("municipality/de-05570032") == Agent(
        iri=f"{BASE}id/municipality/de-05570032", kind="municipality", key="de-05570032",
        name="Ostbevern", name_en="", state="de-05", district="de-05570", country="DE", within="",
        population=11229, lat=52.036085, lon=7.839408,
    )  # fmt: skip


def test_an_organisation_without_a_key(small) -> None:
    agent = small.agent("organisation/strassen-nrw")
    assert (agent.kind, agent.country, agent.population) == ("organisation", "DE", None)


def test_agents_are_ordered_and_each_is_there_once(small) -> None:
    iris = [agent.iri for agent in small.agents]
    assert iris == sorted(set(iris))
    assert len(iris) == 126  # 107 members and municipalities, 19 districts and states


def test_a_network(small) -> None:
    """Sources: muenster-stadtregion, whole page, and its claims."""
    network = small.network("stadtregion-muenster")
    assert (network.kind, network.name, network.country) == (
        "city-region", "Stadtregion Münster", "DE",
    )  # fmt: skip
    assert network.sources == (Evidence("muenster-stadtregion", "whole page", "span", ""),)


def test_a_network_is_described_in_our_words_with_their_sources(small) -> None:
    """In a graph of its own: neither a source says it so, nor does a rule derive it."""
    network = small.network("stadtregion-muenster")
    assert network.description.startswith("Informeller Zusammenschluss von Münster und elf")
    assert network.description_en.startswith("Informal association of Münster and eleven")
    assert small.network("eurocities").description == ""
    answer = small.query(
        """
        SELECT ?graph ?source {
          GRAPH ?graph {
            <https://w3id.org/imcoop/id/network/stadtregion-muenster> dcterms:description ?text .
            ?document foaf:primaryTopic <https://w3id.org/imcoop/id/network/stadtregion-muenster> ;
              prov:wasDerivedFrom ?source
          }
          FILTER(LANG(?text) = "de")
        }
        """
    )
    assert list(answer.rows()) == [
        (f"{BASE}graph/descriptions", f"{BASE}source/muenster-stadtregion")
    ]


def test_a_project_belongs_to_who_carries_it(small) -> None:
    assert small.network("velorouten-stadtregion-muenster").parent == thing(
        "network/stadtregion-muenster"
    )


def test_persons_do_not_count_as_listed(small) -> None:
    """Nine municipalities and four districts and one agency; six mayors only took a ride."""
    network = small.network("velorouten-stadtregion-muenster")
    members = {m.member for m in small.members_of(network.iri) if m.participates}
    assert network.n_listed == len(members) == 14


def test_what_exists_only_as_the_value_of_a_claim_is_no_network(small) -> None:
    slugs = {network.slug for network in small.networks}
    assert "stadtplanungsamt-muenster" not in slugs
    assert {"stadtregion-muenster", "eurocities"} <= slugs


def test_a_source(small) -> None:
    source = small.source("muenster-ist-bunt-stadtregion-2022")
    assert (source.published, source.language) == ("2022-08-09", "de")
    assert source.iri == f"{BASE}source/muenster-ist-bunt-stadtregion-2022"


def test_the_most_precise_of_two_starts_is_shown(tables) -> None:
    tables.add(
        "facts/memberships/stadtregion-muenster.csv", network="stadtregion-muenster",
        member="Ostbevern", member_kind="municipality", member_country="DE",
        member_region="Nordrhein-Westfalen", role="member", start="2007-03",
        source="muenster-stadtregion", locator="invented for this test",
    )  # fmt: skip
    [ostbevern] = [
        m for m in tables.build().memberships if m.iri.endswith("muenster/de-05570032/member")
        and "/stadtregion-muenster/" in m.iri
    ]  # fmt: skip
    assert ostbevern.start == "2007-03"
    assert ostbevern.bounds.not_yet_before.isoformat() == "2007-03-01"


def test_the_tables_say_what_the_queries_say(small) -> None:
    """Written to JSON lines and read back, nothing is lost."""
    from kgraph.queries.agents import all_agents
    from kgraph.queries.figures import all_figures
    from kgraph.queries.memberships import all_memberships
    from kgraph.queries.networks import all_networks
    from kgraph.queries.programmes import all_programmes
    from kgraph.queries.provenance import all_sources

    memberships = all_memberships(small.store)
    assert small.memberships == memberships
    assert small.networks == all_networks(small.store, memberships)
    assert small.agents == all_agents(small.store)
    assert small.figures == all_figures(small.store)
    assert small.programmes == all_programmes(small.store)
    assert small.sources == all_sources(small.store)

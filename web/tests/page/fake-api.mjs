/** The JSON API in small, over one fixture file: enough to draw every state of the pages. */

import { readFileSync } from 'node:fs'

const LISTED = 500
const TODAY = '2026-01-01'

/** True if the fixture holds this membership on that day; undated ones are held as presumed. */
function certaintyOn(membership, day) {
  if (!day) return 'attested'
  const { start, end, attested } = membership
  if (start && start > day) return null
  if (end && `${end}-99` < day) return null
  if (!attested) return 'presumed'
  if (attested.slice(0, 4) === day.slice(0, 4)) return 'attested'
  return attested < day || start ? 'presumed' : null
}

export function fakeApi(file) {
  const facts = JSON.parse(readFileSync(file, 'utf8'))
  const bySlug = new Map(facts.networks.map((network) => [network.slug, network]))
  const byIri = new Map(facts.members.map((member) => [member.id, member]))

  const on = (day) => facts.memberships
    .map((membership) => ({ ...membership, certainty: certaintyOn(membership, day) }))
    .filter((membership) => membership.certainty)

  /** The day that is asked for, or null for all times. */
  const dayOf = (query) => (query.as_of === 'all' ? null : query.as_of ?? TODAY)

  function graph(query) {
    const day = dayOf(query)
    const held = on(day)
    const edges = new Map()
    for (const { member, network, role, certainty } of held) {
      const id = `${member} ${network}`
      const edge = edges.get(id) ?? { source: member, target: bySlug.get(network).iri, roles: [], certainty }
      edge.roles.push(role)
      edges.set(id, edge)
    }
    const tied = new Set(held.map((membership) => membership.member))
    const networks = facts.networks.map((network) => ({
      id: network.iri, type: 'network', kind: network.kind, slug: network.slug,
      label_de: network.name.de, label_en: network.name.en ?? network.name.de, state: null,
      x: network.x, y: network.y, size: network.n_members, themes: network.themes, n_listed: network.n_members,
    }))
    return {
      version: 'fixture', as_of: day, truncated: false, edges: [...edges.values()], coverage: facts.coverage,
      nodes: [...networks, ...facts.members.filter((member) => tied.has(member.id))],
    }
  }

  function page(items, { limit = LISTED, offset = 0 }) {
    return { items: items.slice(Number(offset), Number(offset) + Number(limit)), total: items.length, limit: Number(limit), offset: Number(offset) }
  }

  function members(slug, query) {
    const roles = query.role?.split(',')
    const held = on(dayOf(query)).filter(({ network, role }) => network === slug && (!roles || roles.includes(role)))
    const items = held.map(({ member, ...rest }) => {
      const { id, kind, key, label_de: name, state } = byIri.get(member)
      return { ...rest, member: { iri: id, kind, key, name, state } }
    })
    return page(items, query)
  }

  function memberships(path, query) {
    const items = on(dayOf(query)).filter((membership) => membership.member.endsWith(`/id/${path}`)).map(({ network, ...rest }) => {
      const { iri, slug, kind, name } = bySlug.get(network)
      return { ...rest, network: { iri, slug, kind, name: name.de } }
    })
    return page(items, query)
  }

  /** Nobody tells of a change of a town in this slice. */
  function agent(path) {
    const member = facts.members.find(({ id }) => id.endsWith(`/id/${path}`))
    if (!member) return undefined
    const { id: iri, kind, key, label_de: name, state } = member
    const itself = { iri, slug: key, name, kind }
    return { iri, kind, key, name, name_en: null, state, certainty: 'presumed', on_day: [itself], names: [], changes: [], disagreements: [] }
  }

  function search({ q = '', limit = 10 }) {
    const wanted = q.toLocaleLowerCase('de')
    const hits = [
      ...facts.networks.map(({ iri, slug, kind, name, n_members }) => ({ iri, type: 'network', kind, slug, label: name.de, detail: `${n_members}` })),
      ...facts.members.map(({ id, kind, key, label_de, state }) => ({ iri: id, type: 'member', kind, key, label: label_de, detail: state })),
    ].filter(({ label }) => label.toLocaleLowerCase('de').includes(wanted))
    return { items: hits.slice(0, Number(limit)) }
  }

  /** The answer to a path below /api/v1/, or undefined: no such thing. */
  return (path, query) => {
    const [noun, ...rest] = path.split('/').map(decodeURIComponent)
    if (noun === 'about') return facts.about
    if (noun === 'graph') return graph(query)
    if (noun === 'search') return search(query)
    if (noun === 'codelists') return facts.codelists[rest[0]] && { items: facts.codelists[rest[0]] }
    if (noun === 'networks') return rest[1] === 'members' ? members(rest[0], query) : bySlug.get(rest[0])
    if (noun !== 'agents' && noun !== 'municipalities') return undefined
    const asked = noun === 'agents' ? rest : ['municipality', ...rest]
    return asked.at(-1) === 'memberships' ? memberships(asked.slice(0, -1).join('/'), query) : agent(asked.join('/'))
  }
}

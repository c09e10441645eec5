import { describe, expect, it } from 'vitest'
import { choices, NO_FILTERS, shown, startingMinimum } from '../../src/state/filters'
import { indexed, labelOf, pathOf } from '../../src/state/graph'
import type { GraphAnswer, GraphNode } from '../../src/types'

const ID = 'https://w3id.org/imcoop/id/'

function node(path: string, part: Partial<GraphNode> = {}): GraphNode {
  const network = path.startsWith('network/')
  return {
    id: ID + path, type: network ? 'network' : 'member', kind: network ? 'network' : 'municipality',
    label_de: path, label_en: '', state: network ? null : 'Hessen', x: 8, y: 50, size: 1, themes: [], ...part,
  }
}

const edge = (member: string, network: string) => ({
  source: ID + member, target: `${ID}network/${network}`, roles: ['member'], certainty: 'attested' as const,
})

// Two networks that share b: A = {a, b, c}, B = {b, d}; d lies in another state, c has no place.
const ANSWER: GraphAnswer = {
  version: 'x', as_of: null, truncated: false,
  nodes: [
    node('network/A', { kind: 'city-region', themes: ['water'], x: null, y: null }), node('network/B', { themes: ['water', 'rail'] }),
    node('municipality/a', { x: 0, y: 0 }), node('municipality/b', { x: 10, y: 10 }),
    node('organisation/c', { kind: 'organisation', state: null, x: null, y: null }), node('municipality/d', { state: 'Bayern' }),
  ],
  edges: [edge('municipality/a', 'A'), edge('municipality/b', 'A'), edge('organisation/c', 'A'), edge('municipality/b', 'B'),
    edge('municipality/d', 'B'), edge('municipality/elsewhere', 'B')],
}
const data = indexed(ANSWER)
const paths = (nodes: readonly GraphNode[]): string[] => nodes.map(({ id }) => pathOf(id))

describe('the graph', () => {
  it('leaves out an edge whose end it does not have', () => {
    expect(data.edges).toHaveLength(5)
    expect(data.beside.get(`${ID}municipality/b`)).toEqual([`${ID}network/A`, `${ID}network/B`])
  })

  it('places every node: a network in the middle of its members, an organisation near its network', () => {
    const a = data.nodes.get(`${ID}network/A`)
    expect(a?.x).toBeCloseTo(5, 0)
    expect(a?.y).toBeCloseTo(5, 0)
    for (const { x, y } of data.nodes.values()) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true)
  })

  it('places a graph of which nothing has a place', () => {
    const lost = indexed({ ...ANSWER, nodes: ANSWER.nodes.map((n) => ({ ...n, x: null, y: null })) })
    expect([...lost.nodes.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
  })

  it('falls back to the other language, then to the path', () => {
    expect(labelOf(node('network/A'), 'en')).toBe('network/A')
    expect(labelOf(node('network/A', { label_de: '' }), 'de')).toBe('network/A')
  })
})

describe('the filters', () => {
  it('show everything without a choice', () => {
    const part = shown(data, NO_FILTERS)
    expect(paths(part.networks)).toEqual(['network/A', 'network/B'])
    expect(part.members).toHaveLength(4)
    expect(part.degree.get(`${ID}municipality/b`)).toBe(2)
  })

  it('keep the members of the networks that stay, and no others', () => {
    const part = shown(data, { ...NO_FILTERS, kinds: ['city-region'] })
    expect(paths(part.members)).toEqual(['municipality/a', 'municipality/b', 'organisation/c'])
    expect(part.edges).toHaveLength(3)
  })

  it('choose by theme, state and number of members', () => {
    expect(paths(shown(data, { ...NO_FILTERS, themes: ['rail'] }).networks)).toEqual(['network/B'])
    const bavarian = shown(data, { ...NO_FILTERS, state: 'Bayern' })
    expect([paths(bavarian.networks), paths(bavarian.members)]).toEqual([['network/B'], ['municipality/d']])
    expect(paths(shown(data, { ...NO_FILTERS, minMembers: 3 }).networks)).toEqual(['network/A'])
    expect(shown(data, { ...NO_FILTERS, kinds: ['no-such-kind'] }).networks).toEqual([])
  })

  it('offer what there is, the most frequent first', () => {
    expect(choices(data)).toEqual({
      kinds: [['city-region', 1], ['network', 1]], themes: [['water', 2], ['rail', 1]], states: [['Hessen', 2], ['Bayern', 1]],
    })
  })

  it('start a graph that is too large with its largest networks', () => {
    expect(startingMinimum(data, 5)).toBe(0)
    expect(startingMinimum(data, 4)).toBe(3)
    expect(shown(data, { ...NO_FILTERS, minMembers: startingMinimum(data, 4) }).edges).toHaveLength(3)
  })
})

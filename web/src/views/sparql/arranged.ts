/** Ties as the picture of the graph page takes them, placed by their own forces: the same on every run. */

import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import { keyOf, kindOf, type Ties } from '../../state/sparql/ties'
import type { Term } from '../../state/sparql/results'
import type { GraphData } from '../../state/graph'
import type { GraphEdge, GraphNode } from '../../types'

/** The angle by which the seeds of a sunflower follow each other: a start without lines and coincidences. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))
/** Passes for a small and for a large picture; both take well under a second. */
const PASSES = { small: 400, large: 120 }
const SMALL = 300

export type Places = Record<string, { x: number; y: number }>

/** Where each node stands. */
export function placed({ terms, ties }: Ties): Places {
  const graph = new Graph({ type: 'undirected', multi: true })
  let i = 0
  for (const key of terms.keys()) {
    graph.addNode(key, { x: Math.sqrt(i) * Math.cos(i * GOLDEN), y: Math.sqrt(i) * Math.sin(i * GOLDEN) })
    i += 1
  }
  for (const { source, target } of ties) if (source !== target) graph.addEdge(source, target)
  const iterations = graph.order > SMALL ? PASSES.large : PASSES.small
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: graph.order > SMALL, strongGravityMode: true, gravity: 0.3 }
  return graph.order > 0 ? forceAtlas2(graph, { iterations, settings }) : {}
}

export function arranged({ terms, ties }: Ties, places: Places, base: string, text: (term: Term) => string): GraphData {
  const nodes = new Map<string, GraphNode>()
  const beside = new Map<string, string[]>()
  for (const term of terms.values()) {
    const id = keyOf(term)
    const { x = 0, y = 0 } = places[id] ?? {}
    const label = text(term)
    // What has no kind of ours is drawn as a grey square, like any member that is no municipality.
    const kind = kindOf(id, base)
    nodes.set(id, { id, type: kind ? 'network' : 'member', kind, label_de: label, label_en: label, state: null, x, y, size: 0, themes: [] })
    beside.set(id, [])
  }
  for (const { source, target } of ties) {
    beside.get(source)?.push(target)
    if (source !== target) beside.get(target)?.push(source)
  }
  const edges = ties.map(({ source, target }): GraphEdge => ({ source, target, roles: [], certainty: 'attested' }))
  return { asOf: null, nodes, edges, beside, coverage: new Map() }
}

/** How many others a node is tied to. */
export const degrees = ({ beside }: GraphData): ReadonlyMap<string, number> =>
  new Map([...beside].map(([key, others]) => [key, others.length]))

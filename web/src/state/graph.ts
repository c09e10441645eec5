/** The two-mode graph of one answer, indexed once. Pure. */

import type { Coverage, GraphAnswer, GraphEdge, GraphNode, Language } from '../types'

export interface GraphData {
  asOf: string | null
  nodes: ReadonlyMap<string, GraphNode>
  edges: readonly GraphEdge[]
  /** IRI → IRIs of the nodes beside it. */
  beside: ReadonlyMap<string, readonly string[]>
  coverage: ReadonlyMap<string, Coverage>
}

/** `https://w3id.org/…/id/municipality/de-05515000` → `municipality/de-05515000`. */
export function pathOf(iri: string): string {
  const at = iri.lastIndexOf('/id/')
  // A network that is a member of another may stand for itself once more, as IRI#member.
  return (at < 0 ? iri : iri.slice(at + '/id/'.length)).replace(/#.*/, '')
}

export function labelOf(node: GraphNode, lang: Language): string {
  const [first, second] = lang === 'de' ? [node.label_de, node.label_en] : [node.label_en, node.label_de]
  return first || second || pathOf(node.id)
}

export function indexed(answer: GraphAnswer): GraphData {
  const nodes = new Map(answer.nodes.map((node) => [node.id, node]))
  // An edge whose end is not in the answer cannot be drawn or counted.
  const edges = answer.edges.filter((edge) => nodes.has(edge.source) && nodes.has(edge.target))
  const beside = new Map<string, string[]>()
  for (const { source, target } of edges) {
    push(beside, source, target)
    push(beside, target, source)
  }
  const coverage = new Map((answer.coverage ?? []).map((entry) => [entry.network, entry]))
  return { asOf: answer.as_of, nodes: placed(nodes, beside), edges, beside, coverage }
}

/** The angle by which the seeds of a sunflower follow each other: points never line up. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/**
 * Nodes without a place of their own stand in a spiral around the mean of what they are tied to, pass
 * by pass; what is tied to no placed node stands in rows below the rest.
 */
function placed(
  nodes: Map<string, GraphNode>, beside: Map<string, string[]>,
): ReadonlyMap<string, GraphNode> {
  const result = new Map(nodes)
  const around = new Map<string, number>()
  const extent = extentOf([...nodes.values()].filter(hasPlace))
  let waiting = [...nodes.values()].filter((node) => !hasPlace(node))
  let seats = 0
  for (let found = -1; found !== 0;) {
    const now = waiting.flatMap((node) => {
      const tied = (beside.get(node.id) ?? []).map((id) => result.get(id)).filter(hasPlace)
      const first = tied[0]
      if (!first) return []
      const turn = (around.get(first.id) ?? 0) + 1
      around.set(first.id, turn)
      const reach = 0.01 * extent.size * Math.sqrt(turn)
      const x = mean(tied.map((other) => other.x)) + reach * Math.cos(turn * GOLDEN)
      const y = mean(tied.map((other) => other.y)) + reach * Math.sin(turn * GOLDEN)
      return [{ ...node, x, y }]
    })
    for (const node of now) result.set(node.id, node)
    waiting = waiting.filter((node) => !hasPlace(result.get(node.id)))
    found = now.length
    const alone = found === 0 ? waiting.find(({ type }) => type === 'network') ?? waiting[0] : undefined
    if (alone) {
      result.set(alone.id, { ...alone, ...seat(extent, seats) })
      seats += 1
      found = 1
    }
  }
  return result
}

interface Extent { west: number; south: number; size: number }

const SEATS = 10

/** The n-th place in the rows below the rest. */
function seat({ west, south, size }: Extent, n: number): { x: number; y: number } {
  const step = size / SEATS
  return { x: west + ((n % SEATS) + 0.5) * step, y: south - (Math.floor(n / SEATS) + 1) * step }
}

function extentOf(nodes: readonly { x: number; y: number }[]): Extent {
  if (nodes.length === 0) return { west: 0, south: 0, size: 1 }
  const xs = nodes.map(({ x }) => x)
  const ys = nodes.map(({ y }) => y)
  const [west, south] = [Math.min(...xs), Math.min(...ys)]
  return { west, south, size: Math.max(Math.max(...xs) - west, Math.max(...ys) - south) || 1 }
}

function hasPlace(node: GraphNode | undefined): node is GraphNode & { x: number; y: number } {
  return node !== undefined && node.x !== null && node.y !== null
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length

function push(map: Map<string, string[]>, key: string, value: string): void {
  const there = map.get(key)
  if (there) there.push(value)
  else map.set(key, [value])
}

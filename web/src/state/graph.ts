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
  return at < 0 ? iri : iri.slice(at + '/id/'.length)
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

/** Nodes without a place of their own stand at the mean of what they are tied to, else below the rest. */
function placed(
  nodes: Map<string, GraphNode>, beside: Map<string, string[]>,
): ReadonlyMap<string, GraphNode> {
  const known = [...nodes.values()].filter(hasPlace)
  const south = Math.min(0, ...known.map((node) => node.y))
  const result = new Map(nodes)
  let waiting = 0
  for (const node of nodes.values()) {
    if (hasPlace(node)) continue
    const around = (beside.get(node.id) ?? []).map((id) => nodes.get(id)).filter(hasPlace)
    const spread = 0.01 * (1 + (waiting % 7))
    const place = around.length
      ? { x: mean(around.map((n) => n.x)) + spread, y: mean(around.map((n) => n.y)) - spread }
      : { x: waiting * 0.2, y: south - 1 }
    result.set(node.id, { ...node, ...place })
    waiting += 1
  }
  return result
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

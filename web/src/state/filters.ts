/** Which part of the graph is shown. Pure: the picture and the table read the same result. */

import type { GraphData } from './graph'
import type { PageState } from './address'
import type { GraphEdge, GraphNode } from '../types'

export type Filters = Pick<PageState, 'kinds' | 'themes' | 'state' | 'minMembers'>

export interface Shown {
  networks: GraphNode[]
  members: GraphNode[]
  edges: GraphEdge[]
  /** IRI → how many members (of a network) or networks (of a member) are shown. */
  degree: ReadonlyMap<string, number>
}

/** Above this many edges the whole is no picture any more: start with the largest networks. */
export const MANY_EDGES = 5000

export const NO_FILTERS: Filters = { kinds: [], themes: [], state: '', minMembers: 0 }

export function isFiltered(filters: Filters): boolean {
  return filters.kinds.length + filters.themes.length + filters.minMembers > 0 || filters.state !== ''
}

/**
 * A network stays if it is of a chosen kind and theme and keeps enough members; a member stays if it
 * lies in the chosen state and a network of its stays. Without a theme chosen, networks without theme stay.
 */
export function shown(data: GraphData, filters: Filters): Shown {
  const kept = new Set<string>()
  for (const node of data.nodes.values()) {
    if (node.type === 'network' ? networkFits(node, filters) : memberFits(node, filters)) kept.add(node.id)
  }
  const fitting = data.edges.filter((edge) => kept.has(edge.source) && kept.has(edge.target))
  const sizes = degrees(data, fitting)
  const least = Math.max(filters.minMembers, filters.state ? 1 : 0)
  const isLarge = (id: string): boolean => data.nodes.get(id)?.type !== 'network' || (sizes.get(id) ?? 0) >= least
  const edges = fitting.filter((edge) => isLarge(edge.target) && isLarge(edge.source))
  const degree = degrees(data, edges)
  const nodes = [...data.nodes.values()].filter((node) => kept.has(node.id))
  return {
    networks: nodes.filter((node) => node.type === 'network' && isLarge(node.id)),
    members: nodes.filter((node) => node.type === 'member' && degree.has(node.id)),
    edges,
    degree,
  }
}

/** The least number of members that brings the whole graph under the limit of edges. */
export function startingMinimum(data: GraphData, limit = MANY_EDGES): number {
  if (data.edges.length <= limit) return 0
  const members = new Map<string, number>()
  for (const edge of data.edges) count(members, edge.target)
  let sum = 0
  for (const size of [...members.values()].sort((a, b) => b - a)) {
    sum += size
    if (sum > limit) return size + 1
  }
  return 0
}

/** What can be chosen, with how many networks (kinds, themes) or members (states) each has. */
export function choices(data: GraphData): Record<'kinds' | 'themes' | 'states', [string, number][]> {
  const kinds = new Map<string, number>()
  const themes = new Map<string, number>()
  const states = new Map<string, number>()
  for (const node of data.nodes.values()) {
    if (node.type === 'network') {
      count(kinds, node.kind)
      for (const theme of new Set(node.themes)) count(themes, theme)
    } else if (node.state) count(states, node.state)
  }
  return { kinds: ranked(kinds), themes: ranked(themes), states: ranked(states) }
}

function networkFits(node: GraphNode, { kinds, themes }: Filters): boolean {
  return (kinds.length === 0 || kinds.includes(node.kind))
    && (themes.length === 0 || node.themes.some((theme) => themes.includes(theme)))
}

function memberFits(node: GraphNode, { state }: Filters): boolean {
  return state === '' || node.state === state
}

/** Networks by their members, members by their networks; a network in a network counts there only. */
function degrees(data: GraphData, edges: readonly GraphEdge[]): Map<string, number> {
  const result = new Map<string, number>()
  for (const { source, target } of edges) {
    count(result, target)
    if (data.nodes.get(source)?.type === 'member') count(result, source)
  }
  return result
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

/** By number, then by code, so that the order is the same on every run. */
function ranked(map: Map<string, number>): [string, number][] {
  return [...map].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}

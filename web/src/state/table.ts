/** Rows of the table view: sorted, never re-ordered by chance. Pure. */

import { labelOf } from './graph'
import type { Shown } from './filters'
import type { GraphNode, Language } from '../types'

export interface Row {
  node: GraphNode
  name: string
  ties: number
}

export type Column = 'name' | 'kind' | 'state' | 'ties'
export interface Order { column: Column; descending: boolean }

export function rows(nodes: readonly GraphNode[], part: Shown, lang: Language): Row[] {
  return nodes.map((node) => ({ node, name: labelOf(node, lang), ties: part.degree.get(node.id) ?? 0 }))
}

export function sorted(
  given: readonly Row[], order: Order, lang: Language, kindLabel: (row: Row) => string,
): Row[] {
  const collator = new Intl.Collator(lang)
  const sign = order.descending ? -1 : 1
  const compare: Record<Column, (a: Row, b: Row) => number> = {
    name: () => 0,
    ties: (a, b) => a.ties - b.ties,
    kind: (a, b) => collator.compare(kindLabel(a), kindLabel(b)),
    state: (a, b) => collator.compare(a.node.state ?? '', b.node.state ?? ''),
  }
  // Equal values keep the order of names, then of IRIs, whichever way the column runs.
  return [...given].sort((a, b) => {
    const first = order.column === 'name' ? collator.compare(a.name, b.name) : compare[order.column](a, b)
    return sign * first || collator.compare(a.name, b.name) || (a.node.id < b.node.id ? -1 : 1)
  })
}

/** The next order when the head of a column is pressed: numbers begin with the largest. */
export function pressed(order: Order, column: Column): Order {
  if (order.column === column) return { column, descending: !order.descending }
  return { column, descending: column === 'ties' }
}

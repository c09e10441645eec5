/** What the rows of an answer tie together: things as nodes, rows as edges. Pure. */

import type { Row, Term } from './results'

export interface Tie { source: string; target: string; /** What ties them, where a row says so. */ by: Term[] }
export interface Ties {
  terms: ReadonlyMap<string, Term>
  ties: Tie[]
  /** How many ties there are in all, and how many rows tie nothing. */
  total: number
  loose: number
}

/** More nodes or ties than this are no picture any more, and take seconds to place. */
export const MOST_NODES = 1500
export const MOST_TIES = 4000

export const keyOf = (term: Term): string => (term.type === 'bnode' ? `_:${term.value}` : term.value)

/** The ties between two columns, each pair once; as many of the first as make a picture. `by` is the column that names them. */
export function tiesOf(rows: readonly Row[], from: string, to: string, by: string, nodes = MOST_NODES, most = MOST_TIES): Ties {
  const terms = new Map<string, Term>()
  const ties = new Map<string, Tie>()
  const others = new Set<string>()
  let loose = 0
  for (const row of rows) {
    const [a, b, name] = [row[from], row[to], row[by]]
    if (!a || !b || a.type === 'literal' || b.type === 'literal') { loose += 1; continue }
    const [source, target] = [keyOf(a), keyOf(b)]
    const key = `${source} ${target}`
    const there = ties.get(key)
    if (there) {
      if (name && !there.by.some(({ value }) => value === name.value)) there.by.push(name)
      continue
    }
    const fresh = new Set([source, target].filter((id) => !terms.has(id)))
    if (ties.size >= most || terms.size + fresh.size > nodes) { others.add(key); continue }
    terms.set(source, a).set(target, b)
    ties.set(key, { source, target, by: name ? [name] : [] })
  }
  return { terms, ties: [...ties.values()], total: ties.size + others.size, loose }
}

/** Which columns to tie where nobody has said: the two that name the most different things. */
export function pairOf(columns: readonly string[], rows: readonly Row[]): [string, string] {
  const size = (column: string): number => new Set(rows.map((row) => row[column]).filter((term) => term && term.type !== 'literal').map((term) => term?.value)).size
  const sized = columns.map((column) => ({ column, n: size(column) })).sort((a, b) => b.n - a.n).slice(0, 2).map(({ column }) => column)
  const [from = '', to = ''] = columns.filter((column) => sized.includes(column))
  return [from, to]
}

/** What kind of thing an IRI of ours names, by its path: `municipality`, `source`; empty for all others. */
export function kindOf(iri: string, base: string): string {
  if (!base || !iri.startsWith(base)) return ''
  const [first = '', second = ''] = iri.slice(base.length).split(/[/#]/)
  return first === 'id' ? second : first
}

/** The kinds of some things, the most frequent first. */
export function kindsOf(keys: Iterable<string>, base: string): string[] {
  const counts = new Map<string, number>()
  for (const key of keys) {
    const kind = kindOf(key, base)
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([kind]) => kind)
}

/** The nodes with the most ties, and how many those are. */
export function hubsOf({ ties }: Ties, most: number): { key: string; n: number }[] {
  const counts = new Map<string, number>()
  for (const { source, target } of ties) for (const key of new Set([source, target])) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].map(([key, n]) => ({ key, n })).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1)).slice(0, most)
}

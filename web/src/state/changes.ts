/** What became of something and where it came from, as lines in the order of time. Pure. */

import type { Key } from '../i18n'
import type { ChangeItem, Ref, SourceRef } from '../types'

export interface Happening {
  id: string
  /** Code of the kind of change, for kinds that have no wording of their own. */
  kind: string
  wording: Key | null
  date: string | null
  /** Who else it is about: what it merged into, what it came from. */
  others: Ref[]
  /** With whom it went that way. */
  beside: Ref[]
  formerNames: string[]
  notes: string[]
  sources: SourceRef[]
}

type Side = 'into' | 'of' | 'both'

const WORDINGS: Record<string, Partial<Record<Side, Key>>> = {
  merger: { into: 'history.merger.into', of: 'history.merger.of', both: 'history.merger.took' },
  succession: { into: 'history.succession.into', of: 'history.succession.of' },
  split: { into: 'history.split.into', of: 'history.split.of' },
}

/** The changes of a thing; what several sources tell of one day is one line. Undated ones come last. */
export function history(iri: string, changes: readonly ChangeItem[]): Happening[] {
  const lines = new Map<string, Happening>()
  for (const change of changes) {
    const line = lineOf(iri, change)
    const same = [line.kind, line.wording, line.date, line.wording?.endsWith('.into') ? line.others.map((one) => one.iri) : ''].join(' ')
    const there = lines.get(same)
    if (there) join(there, line)
    else lines.set(same, line)
  }
  for (const line of lines.values()) if (line.wording === 'history.merger.of' && line.others.length === 1) line.wording = 'history.merger.with'
  return [...lines.values()].sort((a, b) => order(a.date ?? '~', b.date ?? '~') || order(a.id, b.id))
}

function lineOf(iri: string, { iri: id, kind, date, originals, results, former_names, note, sources }: ChangeItem): Happening {
  const [isOriginal, isResult] = [originals, results].map((all) => all.some((one) => one.iri === iri))
  const side: Side = isOriginal && isResult ? 'both' : isOriginal ? 'into' : 'of'
  const others = (side === 'into' ? results : originals).filter((one) => one.iri !== iri)
  const isNamed = kind === 'renaming' && former_names.length > 0
  const wording = isNamed ? 'history.renaming' : others.length ? WORDINGS[kind]?.[side] ?? null : null
  return {
    id, kind, wording, date, others: wording && !isNamed ? others : [],
    beside: wording && side === 'into' ? originals.filter((one) => one.iri !== iri) : [],
    formerNames: [...former_names], notes: note ? [note] : [], sources: [...sources],
  }
}

function join(there: Happening, line: Happening): void {
  merge(there.others, line.others, ({ iri }) => iri)
  merge(there.beside, line.beside, ({ iri }) => iri)
  merge(there.formerNames, line.formerNames, (name) => name)
  merge(there.notes, line.notes, (note) => note)
  merge(there.sources, line.sources, ({ slug, locator }) => `${slug} ${locator}`)
}

function merge<T>(there: T[], more: readonly T[], key: (one: T) => string): void {
  const known = new Set(there.map(key))
  there.push(...more.filter((one) => !known.has(key(one))))
}

/** Whether a change came after a day, whatever is left open in its date. */
export const isAfter = (date: string | null, day: string | null): boolean => !!date && !!day && (date.split('/')[0] ?? '') > day

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

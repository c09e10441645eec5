/** The answer of a SELECT as rows that can be sorted and drawn. Pure. */

import type { Bilingual, Language } from '../../types'
import { COLUMNS, statementsOf } from './statements'

export interface Term { type: 'uri' | 'literal' | 'bnode'; value: string; datatype?: string; 'xml:lang'?: string }
export type Row = Record<string, Term | undefined>

export type Answer =
  | { kind: 'table'; columns: string[]; rows: Row[] }
  | { kind: 'boolean'; value: boolean }
  /** Its statements as rows; `isRead` is false where one of them could not be read, and only the text can be shown. */
  | { kind: 'graph'; columns: string[]; rows: Row[]; isRead: boolean }

export interface Order { column: string; descending: boolean }
export type Names = ReadonlyMap<string, Bilingual>

const XSD = 'http://www.w3.org/2001/XMLSchema#'
const NUMBERS = new Set(['integer', 'decimal', 'double', 'float', 'int', 'long', 'short', 'nonNegativeInteger', 'positiveInteger'].map((name) => XSD + name))

/** SPARQL 1.1 Query Results JSON Format. */
export function tableOf(body: unknown): Answer {
  const { head, results, boolean } = body as { head?: { vars?: string[] }; results?: { bindings?: Row[] }; boolean?: boolean }
  if (typeof boolean === 'boolean') return { kind: 'boolean', value: boolean }
  return { kind: 'table', columns: head?.vars ?? [], rows: results?.bindings ?? [] }
}

/** A graph as N-Triples. */
export function graphOf(ntriples: string): Answer {
  const rows = statementsOf(ntriples)
  return { kind: 'graph', columns: COLUMNS, rows: rows ?? [], isRead: rows !== null }
}

export const isNumber = (term: Term | undefined): boolean =>
  term?.type === 'literal' && NUMBERS.has(term.datatype ?? '') && Number.isFinite(Number(term.value))

/** The columns that hold numbers only, and at least one. */
export function numeric(columns: readonly string[], rows: readonly Row[]): string[] {
  return columns.filter((column) => {
    const bound = rows.map((row) => row[column]).filter((term) => term !== undefined)
    return bound.length > 0 && bound.every(isNumber)
  })
}

/** The IRIs of ours in a table, each once, in their order. */
export function irisOf(rows: readonly Row[], base: string): string[] {
  const found = new Set<string>()
  for (const row of rows) {
    for (const term of Object.values(row)) if (term?.type === 'uri' && (term.value.startsWith(base) || /#|\/ns\//.test(term.value))) found.add(term.value)
  }
  return [...found]
}

/** A cell as it is read: the name of a thing, else its short address; literals as they are. */
export function shown(term: Term, names: Names, prefixes: Record<string, string>, lang: Language): string {
  if (term.type === 'bnode') return `_:${term.value}`
  if (term.type === 'literal') return term.value
  const name = names.get(term.value)
  return name?.[lang] ?? name?.[lang === 'de' ? 'en' : 'de'] ?? shortened(term.value, prefixes)
}

export function shortened(iri: string, prefixes: Record<string, string>): string {
  const [name, base] = Object.entries(prefixes).find(([, start]) => iri.startsWith(start) && iri.length > start.length) ?? []
  return base === undefined ? iri : `${name}:${iri.slice(base.length)}`
}

/**
 * Where an IRI leads: things of ours to this server, which may stand elsewhere than their names say; other web
 * addresses to their own; anything else (`javascript:`, `urn:`) nowhere.
 */
export function linkOf(iri: string, base: string): string | null {
  if (base && iri.startsWith(base)) return `./${iri.slice(base.length)}`
  return /^https?:\/\//i.test(iri) ? iri : null
}

/** Rows in the order of a column: numbers by value, all else as it is read; what is unbound comes last. Stable. */
export function sorted(rows: readonly Row[], order: Order | null, text: (term: Term) => string, lang: Language): Row[] {
  if (!order) return [...rows]
  const { column, descending } = order
  const collator = new Intl.Collator(lang, { numeric: true })
  const areNumbers = numeric([column], rows).length > 0
  const keyed = rows.map((row) => ({ row, term: row[column], key: row[column] ? text(row[column]) : '' }))
  return keyed.sort((a, b) => {
    if (!a.term || !b.term) return Number(!a.term) - Number(!b.term)
    const way = areNumbers ? Number(a.term.value) - Number(b.term.value) : collator.compare(a.key, b.key)
    return descending ? -way : way
  }).map(({ row }) => row)
}

/** The next order when the head of a column is pressed: up, down, as the query gave it. Numbers begin with the largest. */
export function pressed(order: Order | null, column: string, isNumeric: boolean): Order | null {
  if (order?.column !== column) return { column, descending: isNumeric }
  return order.descending === isNumeric ? { column, descending: !isNumeric } : null
}

export interface Bar { names: string[]; value: number; text: string }

/** The first bars of a numeric column, each named by the first column that is none. */
export function bars(columns: readonly string[], rows: readonly Row[], column: string, text: (term: Term) => string, limit: number): Bar[] {
  const numbers = new Set(numeric(columns, rows))
  const names = columns.filter((one) => !numbers.has(one))
  return rows.filter((row) => row[column]).slice(0, limit).map((row, i) => {
    const parts = names.map((one) => row[one]).filter((term) => term !== undefined).map(text)
    const unique = [...new Set(parts)].slice(0, 2)
    return { names: unique.length ? unique : [String(i + 1)], value: Number(row[column]?.value), text: row[column]?.value ?? '' }
  })
}

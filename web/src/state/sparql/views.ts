/** In which ways an answer can be looked at, by what its columns hold. Pure. */

import { numeric, type Answer, type Row } from './results'
import { sourcesOf, type PlaceSource } from './places'

export type View = 'table' | 'chart' | 'graph' | 'map' | 'text'

export const VIEWS: readonly View[] = ['table', 'chart', 'graph', 'map', 'text']

export interface Offered {
  views: View[]
  /** Columns of numbers, of things that can be tied, and what can be put on a map. */
  numbers: string[]
  things: string[]
  places: PlaceSource[]
}

/** What an answer allows; a graph always has its text, a table always is one. */
export function offered(answer: Answer, base: string): Offered {
  if (answer.kind === 'boolean') return { views: [], numbers: [], things: [], places: [] }
  const { columns, rows } = answer
  const isGraph = answer.kind === 'graph'
  const numbers = numeric(columns, rows)
  // The predicate of a graph is what ties, not what is tied.
  const ends = isGraph ? columns.filter((_, i) => i !== 1) : columns
  const things = thingColumns(ends, rows)
  const places = sourcesOf(ends, rows, base)
  const views: View[] = isGraph && !answer.isRead ? [] : ['table']
  if (numbers.length) views.push('chart')
  if (things.length > 1 && rows.some((row) => things.filter((column) => isThing(row, column)).length > 1)) views.push('graph')
  if (places.length) views.push('map')
  if (isGraph) views.push('text')
  return { views, numbers, things, places }
}

export const isThing = (row: Row, column: string): boolean => row[column]?.type === 'uri' || row[column]?.type === 'bnode'

/** The columns that hold things, in some rows at least. */
function thingColumns(columns: readonly string[], rows: readonly Row[]): string[] {
  return columns.filter((column) => rows.some((row) => isThing(row, column)))
}

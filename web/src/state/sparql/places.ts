/** Where the rows of an answer are on a map: by their own coordinates, or by things whose place is known. Pure. */

import { isNumber, type Row, type Term } from './results'

export interface Position { lat: number; long: number }
/** Where in a row its position is to be read. */
export type PlaceSource =
  | { kind: 'wkt'; column: string }
  | { kind: 'pair'; lat: string; long: string }
  | { kind: 'thing'; column: string }

export interface KnownPlace extends Position { /** How many municipalities it is the mean of; 0 for a place of its own. */ parts: number }
export type KnownPlaces = ReadonlyMap<string, KnownPlace>

/** What stands at one position, and which rows (by number) say so. */
export interface Spot extends Position { names: string[]; links: string[]; rows: number[]; parts: number }
export interface Spots { spots: Spot[]; /** Rows that no position is known for. */ missing: number }

const WKT = 'http://www.opengis.net/ont/geosparql#wktLiteral'
const LAT = /^(?:.*_)?(?:lat|latitude|breite)$/i
const LONG = /^(?:.*_)?(?:lon|long|lng|longitude|laenge|länge)$/i
const TERRITORY = /^id\/(?:municipality|district|state|country|region|place)\//
const POINT = /^\s*(?:<[^>]*>\s*)?POINT\s*\(\s*(-?[\d.]+(?:e-?\d+)?)\s+(-?[\d.]+(?:e-?\d+)?)\s*\)\s*$/i
const OTHER_SYSTEM = /^\s*<(?!http:\/\/www\.opengis\.net\/def\/crs\/OGC\/1\.3\/CRS84>)/

/** What of an answer can be put on a map, the surest first. */
export function sourcesOf(columns: readonly string[], rows: readonly Row[], base: string): PlaceSource[] {
  const has = (column: string, fits: (term: Term) => boolean): boolean => rows.some((row) => row[column] && fits(row[column]))
  const found: PlaceSource[] = columns.filter((column) => has(column, (term) => pointOf(term) !== null)).map((column) => ({ kind: 'wkt', column }))
  for (const lat of columns.filter((column) => LAT.test(column) && has(column, isNumber))) {
    const long = columns.find((column) => LONG.test(column) && stem(column, LONG) === stem(lat, LAT) && has(column, isNumber))
    if (long) found.push({ kind: 'pair', lat, long })
  }
  const isTerritory = (term: Term): boolean => !!base && term.type === 'uri' && term.value.startsWith(base) && TERRITORY.test(term.value.slice(base.length))
  return [...found, ...columns.filter((column) => has(column, isTerritory)).map((column): PlaceSource => ({ kind: 'thing', column }))]
}

/** `home_lat` and `home_long` belong together, `lat` and `long` do. */
const stem = (column: string, ending: RegExp): string => (ending.test(column) && column.includes('_') ? column.slice(0, column.lastIndexOf('_')) : '')

/** The point of a WKT literal, which names the longitude first; null for other shapes and other systems of coordinates. */
export function pointOf(term: Term): Position | null {
  if (term.type !== 'literal' || term.datatype !== WKT || OTHER_SYSTEM.test(term.value)) return null
  const [, long, lat] = POINT.exec(term.value) ?? []
  return valid(Number(lat), Number(long))
}

/** Beyond 85 degrees the projection of the map has no place. */
const valid = (lat: number, long: number): Position | null =>
  Math.abs(lat) <= 85 && Math.abs(long) <= 180 ? { lat, long } : null

function placeOf(row: Row, source: PlaceSource, known: KnownPlaces): (Position & { parts: number }) | null {
  if (source.kind === 'thing') return known.get(row[source.column]?.value ?? '') ?? null
  const position = source.kind === 'wkt' ? row[source.column] && pointOf(row[source.column] as Term)
    : isNumber(row[source.lat]) && isNumber(row[source.long]) ? valid(Number(row[source.lat]?.value), Number(row[source.long]?.value)) : null
  return position ? { ...position, parts: 0 } : null
}

/** The rows by their positions, those with the most rows first; what is named in a row names its spot. */
export function spotsOf(
  columns: readonly string[], rows: readonly Row[], source: PlaceSource, known: KnownPlaces, text: (term: Term) => string,
): Spots {
  const spots = new Map<string, Spot>()
  const naming = source.kind === 'thing' ? source.column : namingColumn(columns, rows)
  let missing = 0
  rows.forEach((row, i) => {
    const place = placeOf(row, source, known)
    if (!place) { missing += 1; return }
    const key = `${place.lat} ${place.long}`
    const spot = spots.get(key) ?? { lat: place.lat, long: place.long, parts: place.parts, names: [], links: [], rows: [] }
    const named = row[naming]
    const name = named ? text(named) : ''
    if (name && !spot.names.includes(name)) {
      spot.names.push(name)
      spot.links.push(named?.type === 'uri' ? named.value : '')
    }
    spot.rows.push(i)
    spots.set(key, spot)
  })
  return { spots: [...spots.values()].sort((a, b) => b.rows.length - a.rows.length), missing }
}

/** The column that tells the rows apart best: of things if there is one, else of texts. */
function namingColumn(columns: readonly string[], rows: readonly Row[]): string {
  const rank = (column: string): number => {
    const terms = rows.map((row) => row[column]).filter((term) => term !== undefined)
    if (terms.length === 0 || terms.every(isNumber) || terms.some((term) => term.datatype === WKT)) return 0
    const isOfThings = terms.some(({ type }) => type === 'uri')
    return new Set(terms.map(({ value }) => value)).size + (isOfThings ? rows.length : 0)
  }
  const ranked = columns.map((column) => ({ column, n: rank(column) })).filter(({ n }) => n > 0)
  return ranked.sort((a, b) => b.n - a.n)[0]?.column ?? ''
}

/** The largest value of a column at each spot; null where none has one. */
export function valueAt(spot: Spot, rows: readonly Row[], column: string): number | null {
  const values = spot.rows.map((i) => rows[i]?.[column]).filter(isNumber).map((term) => Number(term?.value))
  return values.length ? Math.max(...values) : null
}

/** The answer of `places.rq` as CSV: four columns without quotes. What has coordinates of its own keeps them. */
export function knownPlaces(csv: string): KnownPlaces {
  const found = new Map<string, KnownPlace>()
  for (const line of csv.split(/\r?\n/).slice(1)) {
    const [iri = '', lat = '', long = '', parts = ''] = line.split(',')
    const position = iri && lat && long ? valid(Number(lat), Number(long)) : null
    if (position && !(found.get(iri)?.parts === 0)) found.set(iri, { ...position, parts: Number(parts) })
  }
  return found
}

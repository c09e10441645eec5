import { describe, expect, it } from 'vitest'
import { bars, irisOf, linkOf, numeric, pressed, shortened, shown, sorted, tableOf, type Row, type Term } from '../../src/state/sparql/results'

const INTEGER = 'http://www.w3.org/2001/XMLSchema#integer'
const n = (value: string): Term => ({ type: 'literal', value, datatype: INTEGER })
const text = (value: string): Term => ({ type: 'literal', value })
const uri = (value: string): Term => ({ type: 'uri', value })
const BASE = 'https://w3id.org/imcoop/'
const ROWS: Row[] = [
  { a: uri(`${BASE}id/x`), b: text('Zell'), n: n('9') },
  { a: uri('http://elsewhere/y'), b: text('Ähren'), n: n('10') },
  { a: uri('javascript:alert(1)'), n: undefined },
]
const plain = (term: Term): string => term.value

describe('an answer', () => {
  it('is a table, or yes or no', () => {
    expect(tableOf({ head: {}, boolean: false })).toEqual({ kind: 'boolean', value: false })
    expect(tableOf({ head: { vars: ['a'] }, results: { bindings: [] } })).toEqual({ kind: 'table', columns: ['a'], rows: [] })
  })

  it('tells which columns are numbers', () => {
    expect(numeric(['a', 'b', 'n', 'none'], ROWS)).toEqual(['n'])
    expect(numeric(['n'], [{ n: n('1') }, { n: text('2') }])).toEqual([])
  })

  it('is sorted by value, by the alphabet of the reader, unbound cells last', () => {
    const order = (column: string, descending: boolean): unknown[] =>
      sorted(ROWS, { column, descending }, plain, 'de').map((row) => row[column]?.value)
    expect(order('n', false)).toEqual(['9', '10', undefined])
    expect(order('n', true)).toEqual(['10', '9', undefined])
    expect(order('b', false)).toEqual(['Ähren', 'Zell', undefined])
    expect(sorted(ROWS, null, plain, 'de')).toEqual(ROWS)
  })

  it('is sorted up, down, and as it came', () => {
    expect(pressed(null, 'n', true)).toEqual({ column: 'n', descending: true })
    expect(pressed({ column: 'n', descending: true }, 'n', true)).toEqual({ column: 'n', descending: false })
    expect(pressed({ column: 'n', descending: false }, 'n', true)).toBeNull()
    expect(pressed({ column: 'n', descending: false }, 'b', false)).toEqual({ column: 'b', descending: false })
  })

  it('names things and links them, hostile addresses nowhere', () => {
    const names = new Map([[`${BASE}id/x`, { de: 'Ort', en: null }]])
    expect(shown(ROWS[0]!.a!, names, {}, 'en')).toBe('Ort')
    expect(shortened(`${BASE}id/x`, { id: `${BASE}id/` })).toBe('id:x')
    expect(ROWS.map((row) => linkOf(row.a!.value, BASE))).toEqual(['./id/x', 'http://elsewhere/y', null])
    expect(linkOf('data:text/html,x', BASE)).toBeNull()
    expect(irisOf(ROWS, BASE)).toEqual([`${BASE}id/x`])
  })

  it('has bars where it has numbers', () => {
    expect(bars(['a', 'b', 'n'], ROWS, 'n', plain, 1)).toEqual([{ names: [`${BASE}id/x`, 'Zell'], value: 9, text: '9' }])
  })
})

import { describe, expect, it } from 'vitest'
import type { Row, Term } from '../../src/state/sparql/results'
import { hubsOf, kindOf, kindsOf, pairOf, tiesOf } from '../../src/state/sparql/ties'
import { arranged, degrees, placed } from '../../src/views/sparql/arranged'

const BASE = 'https://w3id.org/imcoop/'
const uri = (value: string): Term => ({ type: 'uri', value })
const row = (a: string, b: string, by = ''): Row => ({ a: uri(a), b: uri(b), by: by ? uri(by) : undefined })

describe('ties', () => {
  it('are each pair once, with all that ties it', () => {
    const found = tiesOf([row('x', 'y', 'p'), row('x', 'y', 'q'), row('x', 'y', 'p'), row('y', 'x')], 'a', 'b', 'by')
    expect(found.ties).toEqual([{ source: 'x', target: 'y', by: [uri('p'), uri('q')] }, { source: 'y', target: 'x', by: [] }])
    expect([found.terms.size, found.total, found.loose]).toEqual([2, 2, 0])
  })

  it('count what ties nothing, and keep blank nodes apart from addresses', () => {
    const found = tiesOf([{ a: uri('x'), b: { type: 'literal', value: 'y' } }, { a: uri('x') }, { a: uri('x'), b: { type: 'bnode', value: 'x' } }], 'a', 'b', '')
    expect(found.loose).toBe(2)
    expect([...found.terms.keys()]).toEqual(['x', '_:x'])
  })

  it('are no more than make a picture, and tell how many there are', () => {
    const rows = Array.from({ length: 30 }, (_, i) => row('hub', `n${i}`))
    expect(tiesOf(rows, 'a', 'b', '', 1000, 10)).toMatchObject({ total: 30, ties: { length: 10 } })
    const few = tiesOf([...rows, row('n0', 'n1')], 'a', 'b', '', 5)
    expect([few.terms.size, few.ties.length, few.total]).toEqual([5, 5, 31])
  })

  it('have hubs', () => {
    const found = tiesOf([row('x', 'y'), row('x', 'z'), row('z', 'z'), row('z', 'y')], 'a', 'b', '')
    expect(hubsOf(found, 2)).toEqual([{ key: 'z', n: 3 }, { key: 'x', n: 2 }])
  })

  it('are looked for between the columns that name the most', () => {
    expect(pairOf(['c', 'a', 'b'], [{ ...row('x', 'y'), c: uri('z') }, { ...row('x2', 'y2'), c: uri('z') }])).toEqual(['a', 'b'])
  })
})

describe('the kind of a thing', () => {
  it('is in its path', () => {
    expect(['id/network/x', 'source/y', 'ontology#Z', 'codelist/role/lead'].map((path) => kindOf(BASE + path, BASE))).toEqual(['network', 'source', 'ontology', 'codelist'])
    expect([kindOf('http://elsewhere/id/network/x', BASE), kindOf(`${BASE}id/x/y`, '')]).toEqual(['', ''])
    expect(kindsOf([`${BASE}id/b/1`, `${BASE}id/a/1`, `${BASE}id/a/2`, '_:x'], BASE)).toEqual(['a', 'b'])
  })
})

describe('the picture', () => {
  const ties = tiesOf([row(`${BASE}id/network/x`, 'y'), row('y', 'y'), row('y', 'z')], 'a', 'b', '')

  it('has a place for each node, the same on every run, none upon another', () => {
    const places = placed(ties)
    expect(placed(ties)).toEqual(places)
    const points = Object.values(places)
    expect(points.length).toBe(3)
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
    expect(new Set(points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)).size).toBe(3)
  })

  it('names and ties them', () => {
    const data = arranged(ties, placed(ties), BASE, ({ value }) => value.toUpperCase())
    expect([...data.nodes.values()].map(({ type, kind, label_de: label }) => [type, kind, label])).toEqual([
      ['network', 'network', `${BASE}id/network/x`.toUpperCase()], ['member', '', 'Y'], ['member', '', 'Z'],
    ])
    expect(degrees(data).get('y')).toBe(3)
  })
})

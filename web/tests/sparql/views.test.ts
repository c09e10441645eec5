import { describe, expect, it } from 'vitest'
import { graphOf, tableOf, type Answer, type Row, type Term } from '../../src/state/sparql/results'
import { offered } from '../../src/state/sparql/views'

const BASE = 'https://w3id.org/imcoop/'
const uri = (value: string): Term => ({ type: 'uri', value })
const text = (value: string): Term => ({ type: 'literal', value })
const number = (value: string): Term => ({ type: 'literal', value, datatype: 'http://www.w3.org/2001/XMLSchema#decimal' })
const town = uri(`${BASE}id/municipality/de-05515000`)
const network = uri(`${BASE}id/network/a`)
const table = (...rows: Row[]): Answer => ({ kind: 'table', columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows })
const views = (answer: Answer): string => offered(answer, BASE).views.join(' ')

describe('the views of an answer', () => {
  it.each<[string, Answer, string]>([
    ['yes or no', tableOf({ head: {}, boolean: true }), ''],
    ['nothing', table(), 'table'],
    ['texts', table({ a: text('x') }), 'table'],
    ['numbers', table({ a: text('x'), n: number('1') }), 'table chart'],
    ['one column of things', table({ a: network, b: text('x') }), 'table'],
    ['two columns of things', table({ a: network, b: uri('http://elsewhere/') }), 'table graph'],
    ['two columns of things that never meet', table({ a: network }, { b: network }), 'table'],
    ['blank nodes', table({ a: network, b: { type: 'bnode', value: 'x' } }), 'table graph'],
    ['municipalities', table({ a: town }), 'table map'],
    ['coordinates', table({ a: text('x'), lat: number('52'), long: number('7') }), 'table chart map'],
    ['half of a position', table({ a: text('x'), lat: number('52') }), 'table chart'],
    ['a graph', graphOf(`<${BASE}id/network/a> <urn:p> <${town.value}> .\n`), 'table graph map text'],
    ['a graph of literals', graphOf(`<${BASE}id/network/a> <urn:p> "x" .\n`), 'table text'],
    ['an empty graph', graphOf(''), 'table text'],
    ['a graph that cannot be read', graphOf('<urn:a> <urn:b> <<( <urn:c> <urn:d> 1 )>> .\n'), 'text'],
  ])('%s', (_, answer, expected) => {
    expect(views(answer)).toBe(expected)
  })

  it('does not tie the predicate of a graph', () => {
    expect(offered(graphOf('<urn:a> <urn:p> <urn:b> .\n'), BASE).things).toEqual(['subject', 'object'])
  })
})

import { describe, expect, it } from 'vitest'
import { declared, position, triples, variables } from '../../src/state/sparql/position'

/** Where the bar stands in a text. */
const at = (text: string) => position(text.replace('|', ''), text.indexOf('|'))
const slot = (text: string): string => at(text).slot

describe('the place of the cursor', () => {
  it.each([
    ['SEL|', 'other'],
    ['PREFIX im|', 'prologue'],
    ['SELECT ?a| WHERE {}', 'other'],
    ['SELECT * WHERE { |', 'subject'],
    ['SELECT * { ?a im|', 'predicate'],
    ['SELECT * { ?a a |', 'object'],
    ['SELECT * { ?a a imc:A ; |', 'predicate'],
    ['SELECT * { ?a a imc:A . |', 'subject'],
    ['SELECT * { ?a imc:b ?c , |', 'object'],
    ['SELECT * { ?a imc:b/|', 'predicate'],
    ['SELECT * { ?a imc:b+ |', 'object'],
    ['SELECT * { ?a (imc:b|', 'predicate'],
    ['SELECT * { ?a imc:b [ |', 'predicate'],
    ['SELECT * { ?a imc:b [ imc:c 1 ] ; |', 'predicate'],
    ['SELECT * { OPTIONAL { ?a |', 'predicate'],
    ['SELECT * { OPTIONAL { ?a ?b ?c } |', 'subject'],
    ['SELECT * { ?a ?b ?c FILTER (?c > |', 'other'],
    ['SELECT * { FILTER NOT EXISTS { ?a |', 'predicate'],
    ['SELECT * { VALUES ?a { |', 'other'],
    ['SELECT * { VALUES ?a { 1 } ?a |', 'predicate'],
    ['SELECT * { { SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a |', 'predicate'],
    ['SELECT * { GRAPH ?g { ?a |', 'predicate'],
    ['SELECT * { ?a ?b "x"^^xsd:date ; |', 'predicate'],
    ['SELECT * { ?a ?b "x"@de . ?c |', 'predicate'],
    ['SELECT * { ?a ?b ?c } ORDER BY |', 'other'],
    ['SELECT * { # say |', 'none'],
    ['SELECT * { ?a ?b "say |', 'none'],
    ['SELECT * { ?a imc:x. ?b |', 'predicate'],
  ])('%s', (text, expected) => {
    expect(slot(text.replace(/\|$/, '|'))).toBe(expected)
  })

  it('says the subject, the predicate and the word', () => {
    expect(at('SELECT * { ?m a org:Membership ; org:me|')).toMatchObject({ slot: 'predicate', subject: '?m', word: 'org:me', from: 33 })
    expect(at('SELECT * { ?m org:role/im|')).toMatchObject({ subject: '?m', path: 'org:role/', word: 'im' })
    expect(at('SELECT * { OPTIONAL { ?m ^(org:role|')).toMatchObject({ subject: '?m', path: '^(', word: 'org:role' })
    expect(at('SELECT * { ?m imc:theme <cod|')).toMatchObject({ predicate: 'imc:theme', word: '<cod' })
  })
})

describe('the reader', () => {
  it('finds the triples', () => {
    expect(triples('SELECT * { ?a a imc:A ; imc:b [ imc:c ?d ] . { ?e imc:f 1, 2 } }')).toEqual([
      { subject: '?a', predicate: 'a', object: 'imc:A' },
      { subject: '?a', predicate: 'imc:b', object: '_:30' },
      { subject: '_:30', predicate: 'imc:c', object: '?d' },
      { subject: '?e', predicate: 'imc:f', object: '1' },
      { subject: '?e', predicate: 'imc:f', object: '2' },
    ])
  })

  it('finds prefixes, base and variables', () => {
    const text = 'BASE <http://b/>\nprefix a: <http://a/>\nSELECT ?x { ?x ?y "?z" # ?c\n }'
    expect([...declared(text)]).toEqual([['a', 'http://a/'], ['<>', 'http://b/']])
    expect(variables(text)).toEqual(['x', 'y'])
  })

  it('reads a hostile text in time that grows with its length', () => {
    const started = performance.now()
    position('"'.repeat(3000) + '{'.repeat(3000) + '?a:b.'.repeat(3000), 20000)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

import { describe, expect, it } from 'vitest'
import { expand, suggest } from '../../src/state/sparql/suggestions'
import type { Completion, TermItem } from '../../src/types'

const BASE = 'https://w3id.org/imcoop/'
const prefixes = { imc: `${BASE}ontology#`, org: 'http://www.w3.org/ns/org#', code: `${BASE}codelist/`, rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#' }
const term = (name: string, de: string, n: number, scheme: string | null = null, en: string | null = null): TermItem => {
  const [prefix = '', local = ''] = name.split(':')
  return { iri: (prefixes[prefix as 'imc'] ?? '') + local, name, n, scheme, label: { de, en }, definition: { de: null, en: null } }
}
const DATA: Completion = {
  version: 'x', prefixes,
  classes: [term('imc:Municipality', 'Gemeinde', 100), term('org:Membership', 'Mitgliedschaft', 50)],
  properties: [term('imc:population', 'Einwohnerzahl', 90, null, 'inhabitants'), term('org:member', 'Mitglied', 50), term('org:role', 'Rolle', 50, 'role')],
  by_class: { 'imc:Municipality': { 'imc:population': 90 }, 'org:Membership': { 'org:member': 50, 'org:role': 50 } },
  objects: { 'org:member': { 'imc:Municipality': 40 }, 'org:role': { 'skos:Concept': 50 } },
  codes: { role: [{ code: 'lead', label: { de: 'Federführung', en: 'lead' } }, { code: 'member', label: { de: 'Mitglied', en: 'member' } }] },
}
/** What is offered where the last bar stands in a text. */
const names = (text: string, isAsked = true): string[] => {
  const at = text.lastIndexOf('|')
  return suggest(text.slice(0, at) + text.slice(at + 1), at, DATA, 'de', isAsked)?.suggestions.map(({ name }) => name) ?? []
}

describe('suggestions', () => {
  it('offers classes after a', () => {
    expect(names('SELECT * { ?x a |')).toEqual(['imc:Municipality', 'org:Membership'])
    expect(names('SELECT * { ?x a gem|')).toEqual(['imc:Municipality'])
    expect(names('SELECT * { ?x rdf:type org:|')).toEqual(['org:Membership'])
  })

  it('offers the properties of the class of the subject only, wherever the class is said', () => {
    expect(names('SELECT * { ?x |')).toEqual(['a', 'imc:population', 'org:member', 'org:role'])
    expect(names('SELECT * { ?x a org:Membership ; |')).toEqual(['a', 'org:member', 'org:role'])
    expect(names('SELECT * { ?x | . ?x a imc:Municipality }')).toEqual(['a', 'imc:population'])
    expect(names('SELECT * { ?x org:role ?r ; |')).toEqual(['a', 'org:member', 'org:role'])
    expect(names('SELECT * { ?x a org:Membership . ?y |')).toContain('imc:population')
  })

  it('follows a path to the class at its end, backwards too', () => {
    expect(names('SELECT * { ?m a org:Membership ; org:member/|')).toEqual(['imc:population'])
    expect(names('SELECT * { ?m a org:Membership ; org:member/|', false)).toEqual(['imc:population'])
    expect(names('SELECT * { ?m org:role ?r ; org:member/imc:|')).toEqual(['imc:population'])
    expect(names('SELECT * { ?m (org:role|org:member)/|')).toEqual(['imc:population'])
    expect(names('SELECT * { ?m a org:Membership ; (org:role|')).toEqual(['org:role'])
    expect(names('SELECT * { ?x a imc:Municipality ; ^|')).toEqual(['org:member'])
    expect(names('SELECT * { ?x a imc:Municipality ; ^org:member/|')).toEqual(['org:member', 'org:role'])
    expect(names('SELECT * { ?x a imc:Municipality ; imc:population/|')).toEqual([])
    expect(names('SELECT * { ?x ?any/|')).toContain('imc:population')
  })

  it('knows what leads to a thing: in OPTIONAL, after ;, in brackets, from another group', () => {
    expect(names('SELECT * { ?m org:member ?x . OPTIONAL { ?x |')).toEqual(['a', 'imc:population'])
    expect(names('SELECT * { ?m org:member ?x . OPTIONAL { ?x imc:population ?n ; |')).toEqual(['a', 'imc:population'])
    expect(names('SELECT * { ?m org:member [ |')).toEqual(['a', 'imc:population'])
    expect(names('SELECT * { { ?m org:member ?x } FILTER NOT EXISTS { ?x | } }')).toEqual(['a', 'imc:population'])
    expect(names('SELECT * { OPTIONAL { ?m a org:Membership ; | } }')).toEqual(['a', 'org:member', 'org:role'])
    expect(names('SELECT * { ?x org:member ?x ; |')).toEqual(['a', 'org:member', 'org:role'])
  })

  it('puts the classes first that fit, and finds a term by its label in either language', () => {
    expect(names('SELECT * { ?m org:role ?r ; a |')).toEqual(['org:Membership', 'imc:Municipality'])
    expect(names('SELECT * { ?x inhab|')).toEqual(['imc:population'])
    expect(names('SELECT * { ?x einw|')).toEqual(['imc:population'])
  })

  it('offers the codes of a property, written as the base allows', () => {
    expect(names('SELECT * { ?x org:role |')).toEqual(['lead', 'member'])
    const text = `BASE <${BASE}>\nSELECT * { ?x org:role <lea`
    expect(suggest(text, text.length, DATA, 'de', false)?.suggestions[0]).toMatchObject({ insert: '<codelist/role/lead>', label: 'Federführung' })
  })

  it('offers variables, prefixes and key words in their places', () => {
    expect(names('SELECT ?one ?t| { ?one ?two 1 }', false)).toEqual(['?two'])
    expect(names('PREFIX or|', false)).toEqual(['org:'])
    expect(names('SELECT * { OPT|', false)).toEqual(['OPTIONAL'])
    expect(names('SELECT * { # o|', true)).toEqual([])
    expect(names('SELECT * { ?x |', false)).toEqual([])
  })

  it('names the prefix that is still to be declared', () => {
    const of = (text: string) => suggest(text, text.length, DATA, 'en', false)?.suggestions[0]?.prefix
    expect(of('SELECT * { ?x org:mem')).toBe('org')
    expect(of('PREFIX org: <http://www.w3.org/ns/org#> SELECT * { ?x org:mem')).toBe('')
  })

  it('expands names', () => {
    const known = new Map([['org', prefixes.org], ['<>', BASE]])
    expect(expand('org:a\\/b', known)).toBe('http://www.w3.org/ns/org#a/b')
    expect(expand('<id/x>', known)).toBe(`${BASE}id/x`)
    expect(expand('?x', known)).toBe('?x')
  })
})

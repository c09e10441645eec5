import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { answerAddress, fromFragment, program, toFragment } from '../../src/state/sparql/programs'

const HOSTILE = `SELECT * { ?s ?p "it's \\\\ \\"\\"\\" )" }`
const END = 'http://localhost/sparql'

describe('the same query elsewhere', () => {
  it('is an address', () => {
    expect(answerAddress(END, 'ASK { ?a ?b "&#+" }', 'csv')).toBe(`${END}?query=ASK+%7B+%3Fa+%3Fb+%22%26%23%2B%22+%7D&format=csv`)
    const state = { lang: 'en', query: HOSTILE, view: 'map' } as const
    expect(fromFragment(toFragment(state), 'de')).toEqual(state)
    expect(toFragment({ ...state, view: 'table' })).not.toContain('view')
    expect(fromFragment('#view=none', 'de')).toEqual({ lang: 'de', query: '', view: 'table' })
    expect(fromFragment('#lang=fr', 'en').lang).toBe('en')
  })

  it('is a command whose quotes a shell undoes', () => {
    const said = spawnSync('sh', ['-c', program('curl', END, HOSTILE, false).replace('curl', 'printf "%s\\n"')], { encoding: 'utf8' }).stdout
    expect(said.split('\n')).toContain(`query=${HOSTILE}`)
    expect(said).toContain('Accept: text/csv')
  })

  it('is a Python program whose text is the query', () => {
    const code = program('Python', END, HOSTILE, true)
    const text = /query = """\n([\s\S]*)\n"""\nrequest/.exec(code)?.[1]
    expect(text).not.toContain('"""')
    expect(text?.replace(/\\(.)/g, '$1')).toBe(HOSTILE)
    expect(code).toContain('from rdflib import Graph')
  })

  it('is an R program that its text cannot end', () => {
    expect(program('R', END, 'ASK { ?s ?p ")" }', false)).toContain('r"-(\nASK { ?s ?p ")" }\n)-"')
    expect(program('R', END, 'ASK {}', false)).toContain('read.csv')
  })
})

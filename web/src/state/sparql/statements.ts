/** The statements of a graph, read from N-Triples: a line a statement. Pure. */

import type { Row, Term } from './results'

/** The columns of a graph that is shown as a table. */
export const COLUMNS = ['subject', 'predicate', 'object']

const NODE = String.raw`<[^<>"\s]*>|_:[^\s<>"]+`
const LINE = new RegExp(String.raw`^(${NODE})\s*(<[^<>"\s]*>)\s*(?:(${NODE})|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^<>"\s]*)>)?)\s*\.$`, 'u')
const STRING = 'http://www.w3.org/2001/XMLSchema#string'
const CONTROLS: Record<string, string> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f' }

/** Every statement as a row; null where a line is none, so that nothing is left out unsaid. */
export function statementsOf(text: string): Row[] | null {
  const rows: Row[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const [, subject, predicate, node, literal, language, datatype] = LINE.exec(line.trim()) ?? []
    if (!subject || !predicate) return null
    rows.push({
      subject: resource(subject), predicate: resource(predicate),
      object: node ? resource(node) : value(literal ?? '', language, datatype),
    })
  }
  return rows
}

const resource = (text: string): Term =>
  text.startsWith('_:') ? { type: 'bnode', value: text.slice(2) } : { type: 'uri', value: unescaped(text.slice(1, -1)) }

function value(text: string, language: string | undefined, datatype: string | undefined): Term {
  const term: Term = { type: 'literal', value: unescaped(text) }
  if (language) term['xml:lang'] = language
  else if (datatype && datatype !== STRING) term.datatype = unescaped(datatype)
  return term
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu, (_, four?: string, eight?: string, one = '') => {
    const code = parseInt(four ?? eight ?? '', 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : CONTROLS[one] ?? one
  })
}

/** What the query page asks for, in small: terms, examples, names, and answers by a word of the query. */

const BASE = 'https://w3id.org/imcoop/'
const PREFIXES = { imc: `${BASE}ontology#`, id: `${BASE}id/`, code: `${BASE}codelist/`, org: 'http://www.w3.org/ns/org#' }
const INTEGER = 'http://www.w3.org/2001/XMLSchema#integer'
const HOSTILE = '<img src=x onerror="window.hurt = 1">'

const term = (name, de, en, n, scheme = null) => {
  const [prefix, local] = name.split(':')
  return { iri: PREFIXES[prefix] + local, name, n, scheme, label: { de, en }, definition: { de: `${de}: ${HOSTILE}`, en: HOSTILE } }
}

const COMPLETION = {
  version: 'fixture', prefixes: PREFIXES,
  classes: [term('org:Membership', 'Mitgliedschaft', 'membership', 20), term('imc:Municipality', 'Gemeinde', 'municipality', 12)],
  properties: [term('org:member', 'Mitglied', 'member', 20), term('imc:population', 'Einwohnerzahl', 'population', 12)],
  by_class: { 'org:Membership': { 'org:member': 20 }, 'imc:Municipality': { 'imc:population': 12 } },
  objects: { 'org:member': { 'imc:Municipality': 12 } },
  codes: { role: [{ code: 'lead', label: { de: 'Federführung', en: 'lead' } }] },
}

const EXAMPLES = [
  { name: 'partners_of_muenster', question: { de: 'Mit wem?', en: 'With whom?' }, query: 'SELECT ?town ?n WHERE {\n  ?town imc:rows ?n\n}\n' },
  { name: 'many', question: { de: 'Sehr viele?', en: 'Very many?' }, query: 'SELECT ?town ?n WHERE {\n  ?town imc:many ?n\n}\n' },
]

const NAMES = { [`${BASE}id/municipality/de-05515000`]: { de: 'Münster', en: null }, [`${BASE}id/municipality/de-05570048`]: { de: 'Telgte', en: null } }

const row = (town, n) => ({ town: { type: 'uri', value: town }, n: { type: 'literal', datatype: INTEGER, value: String(n) } })
const ROWS = [
  row(`${BASE}id/municipality/de-05570048`, 9), row(`${BASE}id/municipality/de-05515000`, 10), row('javascript:alert(1)', 1),
  { town: { type: 'literal', value: HOSTILE, 'xml:lang': 'de' } },
]

/** The answer to a path of the API that belongs to the query page, or undefined. */
export function fakeQueries(url) {
  const noun = url.pathname.slice('/api/v1/'.length)
  if (noun === 'completion') return COMPLETION
  if (noun === 'examples') return { version: 'fixture', items: EXAMPLES }
  if (noun === 'labels') return { version: 'fixture', labels: Object.fromEntries(url.searchParams.getAll('iri').filter((iri) => NAMES[iri]).map((iri) => [iri, NAMES[iri]])) }
  return undefined
}

export async function fakeSparql(request) {
  let body = ''
  for await (const part of request) body += part
  const query = new URLSearchParams(body).get('query') ?? ''
  const problem = (status, more) => ({ status, type: 'application/problem+json', body: JSON.stringify({ title: 'Problem', status, ...more }) })
  const json = (value) => ({ status: 200, type: 'application/sparql-results+json', body: JSON.stringify(value) })
  if (query.includes('broken')) return problem(400, { detail: `the query does not parse: ${HOSTILE}`, line: 2, column: 3 })
  if (query.includes('slow')) return problem(503, { detail: 'too many queries' })
  if (query.includes('CONSTRUCT')) return { status: 200, type: 'text/turtle; charset=utf-8', body: `<${BASE}id/x> a <${BASE}y> .\n` }
  if (query.includes('ASK')) return json({ head: {}, boolean: true })
  if (query.includes('nothing')) return json({ head: { vars: ['town'] }, results: { bindings: [] } })
  const rows = query.includes('many') ? Array.from({ length: 450 }, (_, i) => row(`${BASE}id/place/p-${i}`, i)) : ROWS
  return json({ head: { vars: ['town', 'n'] }, results: { bindings: rows } })
}

/** What the query page asks for, in small: terms, examples, names, and answers by a word of the query. */

const BASE = 'https://w3id.org/imcoop/'
const PREFIXES = { imc: `${BASE}ontology#`, id: `${BASE}id/`, code: `${BASE}codelist/`, org: 'http://www.w3.org/ns/org#' }
const INTEGER = 'http://www.w3.org/2001/XMLSchema#integer'
const DECIMAL = 'http://www.w3.org/2001/XMLSchema#decimal'
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

const town = (key) => `${BASE}id/municipality/de-${key}`
const uri = (value) => ({ type: 'uri', value })
const number = (value) => ({ type: 'literal', datatype: DECIMAL, value: String(value) })
const tied = (network, key, n) => ({ network: uri(`${BASE}id/network/${network}`), town: uri(town(key)), n: { type: 'literal', datatype: INTEGER, value: String(n) } })
/** Two networks that share a town, and one town without a known place. */
const TIED = [tied('a', '05515000', 7), tied('a', '05570048', 2), tied('b', '05515000', 5), tied('b', '99999999', 1)]
const POINTS = [
  { what: { type: 'literal', value: HOSTILE }, where: { type: 'literal', datatype: 'http://www.opengis.net/ont/geosparql#wktLiteral', value: 'POINT(7.6 51.9)' }, lat: number(52), long: number(8) },
]
const PLACES = `place,lat,long,n\r\n${town('05515000')},51.96,7.63,\r\n${town('05570048')},51.98,7.78,\r\n${BASE}id/state/de-05,51.5,7.5,2\r\n`
const GRAPH = `<${BASE}id/network/a> <${PREFIXES.org}hasMember> <${town('05515000')}> .\n<${BASE}id/network/a> <${PREFIXES.imc}note> "a \\"note\\" \\u00FC"@de .\n`

export async function fakeSparql(request) {
  let body = ''
  for await (const part of request) body += part
  const asked = request.method === 'GET' ? new URL(request.url, 'http://localhost').searchParams : new URLSearchParams(body)
  const query = asked.get('query') ?? ''
  const problem = (status, more) => ({ status, type: 'application/problem+json', body: JSON.stringify({ title: 'Problem', status, ...more }) })
  const json = (value) => ({ status: 200, type: 'application/sparql-results+json', body: JSON.stringify(value) })
  const table = (vars, bindings) => json({ head: { vars }, results: { bindings } })
  if (query.includes('geo:lat')) return { status: 200, type: 'text/csv; charset=utf-8', body: PLACES }
  if (query.includes('broken')) return problem(400, { detail: `the query does not parse: ${HOSTILE}`, line: 2, column: 3 })
  const status = /status (\d+)/.exec(query)?.[1]
  if (status) return problem(Number(status), { detail: 'what the server says' })
  if (query.includes('cut')) return { status: 200, type: 'application/sparql-results+json', body: '{"head": {"vars": ["a"]}, "results": {"bindings": [', isCut: true }
  if (query.includes('CONSTRUCT')) {
    return (request.headers.accept ?? '').includes('n-triples')
      ? { status: 200, type: 'application/n-triples', body: GRAPH }
      : { status: 200, type: 'text/turtle; charset=utf-8', body: `@prefix id: <${BASE}id/> .\n${GRAPH}` }
  }
  if (query.includes('ASK')) return json({ head: {}, boolean: true })
  if (query.includes('nothing')) return table(['town'], [])
  if (query.includes('tied')) return table(['network', 'town', 'n'], TIED)
  if (query.includes('points')) return table(['what', 'where', 'lat', 'long'], POINTS)
  return table(['town', 'n'], query.includes('many') ? Array.from({ length: 450 }, (_, i) => row(`${BASE}id/place/p-${i}`, i)) : ROWS)
}

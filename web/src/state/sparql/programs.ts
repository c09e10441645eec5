/** The same query elsewhere: as an address, and as a program to copy. Pure. */

import type { Language } from '../../types'
import { VIEWS, type View } from './views'

export interface Format { name: string; label: string; extension: string }

export const TABLE_FORMATS: readonly Format[] = [
  { name: 'csv', label: 'CSV', extension: 'csv' }, { name: 'tsv', label: 'TSV', extension: 'tsv' },
  { name: 'json', label: 'JSON', extension: 'srj' }, { name: 'xml', label: 'XML', extension: 'srx' },
]
export const GRAPH_FORMATS: readonly Format[] = [
  { name: 'turtle', label: 'Turtle', extension: 'ttl' }, { name: 'jsonld', label: 'JSON-LD', extension: 'jsonld' },
  { name: 'ntriples', label: 'N-Triples', extension: 'nt' }, { name: 'rdfxml', label: 'RDF/XML', extension: 'rdf' },
  { name: 'trig', label: 'TriG', extension: 'trig' }, { name: 'nquads', label: 'N-Quads', extension: 'nq' },
]

export const PROGRAMS = ['curl', 'Python', 'R'] as const
export type Program = (typeof PROGRAMS)[number]

export interface State { lang: Language; query: string; view: View }

/** The state of the page, behind the `#`: a long query must not travel with every request. */
export function fromFragment(fragment: string, lang: Language): State {
  const given = new URLSearchParams(fragment.replace(/^#/, ''))
  const [asked, view] = [given.get('lang'), given.get('view')]
  return {
    lang: asked === 'de' || asked === 'en' ? asked : lang, query: given.get('query') ?? '',
    view: VIEWS.find((one) => one === view) ?? 'table',
  }
}

export function toFragment({ lang, query, view }: State): string {
  return `#${new URLSearchParams({ lang, ...(view === 'table' ? {} : { view }), ...(query ? { query } : {}) })}`
}

/** The address of an answer in one format. */
export const answerAddress = (endpoint: string, query: string, format: string): string =>
  `${endpoint}?${new URLSearchParams({ query, format })}`

export function program(kind: Program, endpoint: string, query: string, isGraph: boolean): string {
  const text = query.trimEnd()
  if (kind === 'curl') {
    return `curl --fail-with-body -H 'Accept: ${isGraph ? 'text/turtle' : 'text/csv'}' \\\n  --data-urlencode ${shell(`query=${text}`)} \\\n  ${shell(endpoint)}\n`
  }
  return kind === 'Python' ? python(endpoint, text, isGraph) : r(endpoint, text, isGraph)
}

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

function python(endpoint: string, query: string, isGraph: boolean): string {
  const literal = `"""\n${query.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')}\n"""`
  const [imported, accept, read] = isGraph
    ? ['from rdflib import Graph', 'text/turtle', 'graph = Graph().parse(answer, format="turtle")\nprint(len(graph), "statements")']
    : ['import pandas as pd', 'text/csv', 'table = pd.read_csv(answer)\nprint(table)']
  const [inside, after] = read.split('\n')
  return `from urllib.parse import urlencode
from urllib.request import Request, urlopen

${imported}

query = ${literal}
request = Request(
    ${JSON.stringify(endpoint)},
    data=urlencode({"query": query}).encode(),
    headers={"Accept": "${accept}"},
)
with urlopen(request, timeout=60) as answer:
    ${inside}
${after}
`
}

/** Base R alone, which cannot POST: the query goes into the address. */
function r(endpoint: string, query: string, isGraph: boolean): string {
  let dashes = ''
  while (query.includes(`)${dashes}"`)) dashes += '-'
  const [format, last] = isGraph ? ['turtle', 'writeLines(readLines(address, encoding = "UTF-8"))']
    : ['csv', 'table <- read.csv(address, encoding = "UTF-8")\nprint(table)']
  return `query <- r"${dashes}(
${query}
)${dashes}"
address <- paste0(
  ${JSON.stringify(`${endpoint}?format=${format}&query=`)},
  URLencode(enc2utf8(query), reserved = TRUE)
)
${last}
`
}

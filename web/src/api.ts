/** The only file that talks to the server. Every address is one of our own JSON API. */

import PLACES from './state/sparql/places.rq?raw'
import type {
  About, AgentItem, Bilingual, Code, Completion, ExampleItem, GraphAnswer, Hit, MemberOfNetwork, NetworkItem, NetworkOfMember,
  Page, SparqlReply,
} from './types'

/** What went wrong, in the ways that a reader can act on differently. `broken` is an answer that ended before its end. */
export class ApiError extends Error {
  readonly kind: 'unreachable' | 'refused' | 'broken'
  readonly status: number
  /** Where in a query the fault is, as far as the server says; lines and columns begin with 1. */
  readonly line: number | null
  readonly column: number | null

  constructor(kind: ApiError['kind'], status: number, message: string, line: number | null = null, column: number | null = null) {
    super(message)
    this.kind = kind
    this.status = status
    this.line = line
    this.column = column
  }
}

/** The most that the server gives in one page; longer lists are read page by page. */
const PAGE = 500

/** Without a day the server answers for today; all times together are asked for by name. */
const ALL_TIMES = 'all'

type Query = Record<string, string | number | null | undefined | readonly string[]>

async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  // Relative to the page, so that the server may stand behind a path prefix.
  const url = new URL(`api/v1/${path}`, document.baseURI)
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const one of value) url.searchParams.append(name, String(one))
    else if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, String(value))
  }
  const response = await send(url, { headers: { Accept: 'application/json' }, signal: signal ?? null })
  return (await response.json()) as T
}

async function send(url: URL, options: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, options)
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError('unreachable', 0, String(error))
  }
  if (!response.ok) throw await problem(response)
  return response
}

async function problem(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({})) as { title?: string; detail?: unknown; line?: number; column?: number }
  const said = typeof body.detail === 'string' ? body.detail : body.title
  return new ApiError('refused', response.status, said ?? `HTTP ${response.status}`, body.line ?? null, body.column ?? null)
}

async function all<T>(path: string, query: Query, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = []
  for (;;) {
    const page = await get<Page<T>>(path, { ...query, limit: PAGE, offset: items.length }, signal)
    items.push(...page.items)
    if (items.length >= page.total || page.items.length === 0) return items
  }
}

/** `municipality/de-05515000` is asked under its own noun, every other member under `agents`. */
function memberPath(path: string): string {
  return path.startsWith('municipality/')
    ? `municipalities/${encodeURIComponent(path.slice('municipality/'.length))}`
    : `agents/${path.split('/').map(encodeURIComponent).join('/')}`
}

export const about = (): Promise<About> => get('about')

export const codelist = async (scheme: string): Promise<Code[]> =>
  (await get<{ items: Code[] }>(`codelists/${scheme}`)).items

export const graph = (asOf: string | null, signal?: AbortSignal): Promise<GraphAnswer> =>
  get('graph', { as_of: asOf ?? ALL_TIMES }, signal)

export const network = (slug: string, asOf: string | null, signal?: AbortSignal): Promise<NetworkItem> =>
  get(`networks/${encodeURIComponent(slug)}`, { as_of: asOf ?? ALL_TIMES }, signal)

/** Who takes part; with roles, whoever has one of them, persons too. */
export const networkMembers = (
  slug: string, asOf: string | null, signal?: AbortSignal, roles: readonly string[] = [],
): Promise<MemberOfNetwork[]> =>
  all(`networks/${encodeURIComponent(slug)}/members`, { as_of: asOf ?? ALL_TIMES, role: roles.join(',') }, signal)

export const agent = (path: string, asOf: string | null, signal?: AbortSignal): Promise<AgentItem> =>
  get(memberPath(path), { as_of: asOf ?? ALL_TIMES }, signal)

export const memberships = (
  path: string, asOf: string | null, signal?: AbortSignal,
): Promise<NetworkOfMember[]> => all(`${memberPath(path)}/memberships`, { as_of: asOf ?? ALL_TIMES }, signal)

export const search = async (q: string, signal?: AbortSignal): Promise<Hit[]> =>
  (await get<{ items: Hit[] }>('search', { q, limit: 10 }, signal)).items

export const completion = (): Promise<Completion> => get('completion')

export const examples = async (): Promise<ExampleItem[]> => (await get<{ items: ExampleItem[] }>('examples')).items

/** The most names that are asked for at once. */
const NAMES = 60

export async function labels(iris: readonly string[], signal?: AbortSignal): Promise<Map<string, Bilingual>> {
  const parts = Array.from({ length: Math.ceil(iris.length / NAMES) }, (_, i) => iris.slice(i * NAMES, (i + 1) * NAMES))
  const found = new Map<string, Bilingual>()
  for (const iri of parts) {
    const { labels: names } = await get<{ labels: Record<string, Bilingual> }>('labels', { iri }, signal)
    for (const [one, name] of Object.entries(names)) found.set(one, name)
  }
  return found
}

/** The address of the endpoint as others can use it. */
export const endpoint = (): string => new URL('sparql', document.baseURI).href.replace(/[?#].*/, '')

/** Ask a query; a table comes as JSON, a graph as N-Triples. */
export async function sparql(query: string, signal?: AbortSignal): Promise<SparqlReply> {
  const response = await ask(query, 'application/sparql-results+json, application/n-triples;q=0.9', signal)
  const isGraph = (response.headers.get('content-type') ?? '').startsWith('application/n-triples')
  const version = response.headers.get('x-release-version') ?? ''
  const text = await whole(response, signal)
  return isGraph ? { version, ntriples: text } : { version, json: parsed(text) }
}

/** The graph of a query as Turtle, to be read. */
export const turtle = async (query: string, signal?: AbortSignal): Promise<string> => whole(await ask(query, 'text/turtle', signal), signal)

/** Where things are: see the query. By GET, so that the browser keeps it as long as the release does. */
export async function places(signal?: AbortSignal): Promise<string> {
  const url = new URL(endpoint())
  url.search = new URLSearchParams({ query: PLACES }).toString()
  return whole(await send(url, { headers: { Accept: 'text/csv' }, signal: signal ?? null }), signal)
}

const ask = (query: string, accept: string, signal?: AbortSignal): Promise<Response> =>
  send(new URL(endpoint()), { method: 'POST', headers: { Accept: accept }, body: new URLSearchParams({ query }), signal: signal ?? null })

/** The server ends an answer that it cannot finish, and so may the line; what came until then is no answer. */
async function whole(response: Response, signal?: AbortSignal): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('broken', response.status, String(error))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ApiError('broken', 200, String(error))
  }
}

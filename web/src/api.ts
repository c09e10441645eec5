/** The only file that talks to the server. Every address is one of our own JSON API. */

import type {
  About, Bilingual, Code, Completion, ExampleItem, GraphAnswer, Hit, MemberItem, MemberOfNetwork, NetworkItem, NetworkOfMember,
  Page, SparqlReply,
} from './types'

/** What went wrong, in the two ways that a reader can act on differently. */
export class ApiError extends Error {
  readonly kind: 'unreachable' | 'refused'
  readonly status: number
  /** Where in a query the fault is, as far as the server says; lines and columns begin with 1. */
  readonly line: number | null
  readonly column: number | null

  constructor(kind: 'unreachable' | 'refused', status: number, message: string, line: number | null = null, column: number | null = null) {
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

export const network = (slug: string, signal?: AbortSignal): Promise<NetworkItem> =>
  get(`networks/${encodeURIComponent(slug)}`, {}, signal)

export const networkMembers = (
  slug: string, asOf: string | null, signal?: AbortSignal,
): Promise<MemberOfNetwork[]> => all(`networks/${encodeURIComponent(slug)}/members`, { as_of: asOf ?? ALL_TIMES }, signal)

export const municipality = (key: string, signal?: AbortSignal): Promise<MemberItem> =>
  get(`municipalities/${encodeURIComponent(key)}`, {}, signal)

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

/** Ask a query; a table comes as JSON, a graph as Turtle. */
export async function sparql(query: string, signal?: AbortSignal): Promise<SparqlReply> {
  const response = await send(new URL(endpoint()), {
    method: 'POST',
    headers: { Accept: 'application/sparql-results+json, text/turtle;q=0.9' },
    body: new URLSearchParams({ query }),
    signal: signal ?? null,
  })
  const isGraph = (response.headers.get('content-type') ?? '').startsWith('text/turtle')
  const version = response.headers.get('x-release-version') ?? ''
  return isGraph ? { version, turtle: await response.text() } : { version, json: await response.json() as unknown }
}

/** The only file that talks to the server. Every address is one of our own JSON API. */

import type {
  About, Code, GraphAnswer, Hit, MemberItem, MemberOfNetwork, NetworkItem, NetworkOfMember, Page,
} from './types'

/** What went wrong, in the two ways that a reader can act on differently. */
export class ApiError extends Error {
  readonly kind: 'unreachable' | 'refused'
  readonly status: number

  constructor(kind: 'unreachable' | 'refused', status: number, message: string) {
    super(message)
    this.kind = kind
    this.status = status
  }
}

/** The most that the server gives in one page; longer lists are read page by page. */
const PAGE = 500

/** Without a day the server answers for today; all times together are asked for by name. */
const ALL_TIMES = 'all'

type Query = Record<string, string | number | null | undefined>

async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  // Relative to the page, so that the server may stand behind a path prefix.
  const url = new URL(`api/v1/${path}`, document.baseURI)
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, String(value))
  }
  let response: Response
  try {
    response = await fetch(url, { headers: { Accept: 'application/json' }, signal: signal ?? null })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('unreachable', 0, String(error))
  }
  if (!response.ok) throw await problem(response)
  return (await response.json()) as T
}

async function problem(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({})) as { title?: string; detail?: unknown }
  const said = typeof body.detail === 'string' ? body.detail : body.title
  return new ApiError('refused', response.status, said ?? `HTTP ${response.status}`)
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

/** What the panel shows of one thing on one day, asked of the server at once. */

import * as api from '../../api'
import type { AgentItem, MemberOfNetwork, NetworkItem, NetworkOfMember } from '../../types'

export interface Loaded {
  network: NetworkItem | null
  agent: AgentItem | null
  /** Who takes part in a network. */
  members: MemberOfNetwork[]
  /** Who chairs or manages a network. */
  leading: MemberOfNetwork[]
  /** What it takes part in. */
  memberships: NetworkOfMember[]
}

export interface Wanted {
  /** `network/metrex`. */
  path: string
  /** What the graph knows of it; it knows only what takes part on the day. */
  type: 'network' | 'member' | null
  /** Whether it is a member of something. */
  isMember: boolean
  asOf: string | null
}

/** Kinds of things that never have members: for the others, not in the graph on this day, the server is asked. */
const NO_NETWORK = new Set(['municipality', 'district', 'state', 'country', 'region', 'place', 'agent', 'person'])

/** Whether there was no such thing on the day, no longer or not yet. */
export const isGone = (agent: AgentItem | null | undefined): boolean => agent?.certainty === 'ended' || agent?.certainty === 'not-yet'

/** Whether there are details of whatever has such a path, on any day. */
export const hasDetails = (path: string): boolean => /^(network|municipality|district|state)\//.test(path)

const LEADING = ['chair', 'deputy-chair', 'speaker', 'deputy-speaker', 'head', 'director', 'managing-director', 'secretary-general']

export async function load(wanted: Wanted, signal: AbortSignal): Promise<Loaded> {
  const isMember = wanted.type === 'member' || (!wanted.type && NO_NETWORK.has(wanted.path.slice(0, wanted.path.indexOf('/'))))
  if (isMember) return loadMember(wanted, signal)
  try {
    return await loadNetwork(wanted, signal)
  } catch (reason) {
    const isNone = reason instanceof api.ApiError && reason.status === 404 && !wanted.type
    if (!isNone) throw reason
    return loadMember(wanted, signal)
  }
}

async function loadNetwork({ path, isMember, asOf }: Wanted, signal: AbortSignal): Promise<Loaded> {
  const slug = path.slice(path.indexOf('/') + 1)
  const [network, members, leading, memberships] = await Promise.all([
    api.network(slug, asOf, signal), api.networkMembers(slug, asOf, signal), api.networkMembers(slug, asOf, signal, LEADING),
    isMember ? api.memberships(path, asOf, signal) : [],
  ])
  return { network, agent: null, members, leading, memberships }
}

async function loadMember({ path, asOf }: Wanted, signal: AbortSignal): Promise<Loaded> {
  const [agent, memberships] = await Promise.all([api.agent(path, asOf, signal), api.memberships(path, asOf, signal)])
  return { network: null, agent, members: [], leading: [], memberships }
}

/** What the address of the page carries: everything that makes a view worth sharing. Pure. */

import type { Language } from '../types'

export type View = 'graph' | 'table'
export type Colouring = 'kind' | 'theme'

export interface PageState {
  lang: Language
  /** ISO day, or null for "all times together". */
  asOf: string | null
  /** Path of the selected thing, e.g. `network/metrex` or `municipality/de-05515000`. */
  selected: string | null
  view: View
  colouring: Colouring
  kinds: string[]
  themes: string[]
  state: string
  minMembers: number
}

export const START: PageState = {
  lang: 'de', asOf: null, selected: null, view: 'graph', colouring: 'kind',
  kinds: [], themes: [], state: '', minMembers: 0,
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const PATH = /^[a-z]+\/[\w.-]+$/

/** True for a day that the calendar has: 2023-02-30 is none. */
export function isDay(text: string): boolean {
  return DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
}

/**
 * Read the address; what is missing or makes no sense keeps its start value.
 * Without a day the view is that of today; `as_of=all` asks for all times together.
 */
export function fromAddress(query: string, language: Language = START.lang, today: string | null = START.asOf): PageState {
  const asked = new URLSearchParams(query)
  const lang = asked.get('lang')
  const asOf = asked.get('as_of') ?? ''
  const selected = asked.get('sel') ?? ''
  const least = Number(asked.get('min') ?? 0)
  return {
    lang: lang === 'de' || lang === 'en' ? lang : language,
    asOf: isDay(asOf) ? asOf : asOf === 'all' ? null : today,
    selected: PATH.test(selected) ? selected : null,
    view: asked.get('view') === 'table' ? 'table' : 'graph',
    colouring: asked.get('colour') === 'theme' ? 'theme' : 'kind',
    kinds: list(asked.get('kinds')),
    themes: list(asked.get('themes')),
    state: asked.get('state') ?? '',
    minMembers: Number.isInteger(least) && least > 0 ? least : 0,
  }
}

/** Write the address, with what differs from the start only; the language always. */
export function toAddress(state: PageState, today: string | null = START.asOf): string {
  const said = new URLSearchParams({ lang: state.lang })
  if (state.asOf !== today) said.set('as_of', state.asOf ?? 'all')
  if (state.selected) said.set('sel', state.selected)
  if (state.view !== START.view) said.set('view', state.view)
  if (state.colouring !== START.colouring) said.set('colour', state.colouring)
  if (state.kinds.length) said.set('kinds', [...state.kinds].sort().join(','))
  if (state.themes.length) said.set('themes', [...state.themes].sort().join(','))
  if (state.state) said.set('state', state.state)
  if (state.minMembers) said.set('min', String(state.minMembers))
  return `?${said.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')}`
}

function list(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').filter(Boolean))].sort()
}

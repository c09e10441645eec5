/** Membership rows as the detail panel shows them: one entry a partner, its roles beneath. Pure. */

import type { Certainty, Language, MemberOfNetwork, NetworkOfMember, SourceRef } from '../types'
import { shownDate } from './time'
import type { Texts } from '../i18n'

export interface Line {
  iri: string
  role: string
  /** Office as printed. */
  function?: string | null
  start: string | null
  end: string | null
  certainty: Certainty
  sources: SourceRef[]
}

export interface Partner {
  iri: string
  name: string
  /** Kind of the thing (municipality, …) or of the network (working-group, …). */
  kind: string
  state: string | null
  lines: Line[]
}

export function partnersOfNetwork(items: readonly MemberOfNetwork[], lang: Language): Partner[] {
  return grouped(items.map((item) => ({ partner: item.member, line: item })), lang)
}

export function partnersOfMember(items: readonly NetworkOfMember[], lang: Language): Partner[] {
  return grouped(items.map((item) => ({ partner: { ...item.network, state: null }, line: item })), lang)
}

interface Given {
  partner: { iri: string; name: string; kind: string; state: string | null }
  line: Line
}

function grouped(given: readonly Given[], lang: Language): Partner[] {
  const collator = new Intl.Collator(lang)
  const partners = new Map<string, Partner>()
  for (const { partner: { iri, name, kind, state }, line } of given) {
    const there = partners.get(iri) ?? { iri, name, kind, state, lines: [] }
    partners.set(iri, there)
    const { iri: id, role, function: office, start, end, certainty, sources } = line
    there.lines.push({ iri: id, role, function: office ?? null, start, end, certainty, sources })
  }
  for (const { lines } of partners.values()) {
    lines.sort((a, b) => order(a.start ?? '', b.start ?? '') || order(a.role, b.role) || order(a.iri, b.iri))
  }
  return [...partners.values()].sort((a, b) => collator.compare(a.name, b.name) || order(a.iri, b.iri))
}

/** "2013 to 2020", "since 2013", "until 2020", or nothing where no source says a date. */
export function period(line: Pick<Line, 'start' | 'end'>, { t, lang }: Texts): string {
  const start = line.start && shownDate(line.start, lang)
  const end = line.end && shownDate(line.end, lang)
  if (start && end) return t('period.span', { start, end })
  if (start) return t('period.since', { start })
  return end ? t('period.until', { end }) : ''
}

/** A web address that may be linked: http and https only, a missing scheme is https. */
export function webAddress(text: string | null | undefined): string | null {
  if (!text) return null
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null
  } catch {
    return null
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

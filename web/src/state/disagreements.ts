/** Where sources contradict each other, as a reader takes it in: what each value is, and who says so. Pure. */

import { codeLabel, isKey, type Codes, type Texts } from '../i18n'
import type { DisagreementItem, On, Said, SourceRef } from '../types'
import { worded } from './coverage'
import { shownDate } from './time'

export interface Dispute {
  on: On
  /** The days for which the sources speak; null where the statement has no time. */
  first: string | null
  last: string | null
  values: { value: string; sources: SourceRef[] }[]
}

/** The pairs of sources, by what they are about and for which days; a value stands once, with all who give it. */
export function disputes(items: readonly DisagreementItem[]): Dispute[] {
  const found = new Map<string, Dispute>()
  for (const { on, first_day, last_day, first, second } of items) {
    const key = `${on} ${first_day} ${last_day}`
    const there = found.get(key) ?? { on, first: first_day, last: last_day, values: [] }
    found.set(key, there)
    for (const said of [first, second]) add(there, said)
  }
  for (const { on, values } of found.values()) {
    if (on === 'founding-date') values.sort((a, b) => (a.value < b.value ? -1 : 1))
  }
  return [...found.values()]
}

function add({ values }: Dispute, { value, source, title, url, locator }: Said): void {
  let there = values.find((one) => one.value === value)
  if (!there) values.push(there = { value, sources: [] })
  if (there.sources.some((one) => one.slug === source && one.locator === locator)) return
  there.sources.push({ slug: source, title, url, locator })
}

/** Whether sources disagree for a date, at the precision that it has; one without a date is for any. */
export function isFor({ first, last }: Dispute, date: string | null): boolean {
  const day = date?.split('/')[0]
  return !day || !first || !last || (first.slice(0, day.length) <= day && day <= last)
}

/** A value in the language of the page, as far as it is no name: dates, qualified numbers, codes. */
export function shownValue(on: On, value: string, forms: Codes, texts: Texts): string {
  if (on === 'founding-date') return shownDate(value, texts.lang)
  if (on === 'legal-form') {
    return value.split(' | ').map((part) => (forms.has(part) ? codeLabel(forms, part, texts.lang) : part)).join(' | ')
  }
  const [, qualifier = '', number = '', counted = ''] = (on === 'member-count' && /^(?:([a-z-]+) )?(\d+)(?: (.*))?$/.exec(value)) || []
  if (!number) return value
  const key = worded(qualifier)
  const n = Number(number)
  return [key && isKey(key) ? texts.t(key, { n }) : texts.number(n), counted].filter(Boolean).join(' ')
}

/** Days and periods as they are shown. Pure; a date keeps the precision that its source has. */

import type { Language } from '../types'

/** The slider's years: the literature of these networks begins in the eighties. */
export const FIRST_YEAR = 1985

export const yearOf = (day: string): number => Number(day.slice(0, 4))

/** The slider stands for the last day of a year: what had been founded in that year counts. */
export const dayOfYear = (year: number): string => `${year}-12-31`

/** `2013`, `2013-04` or `2013-04-01` as a reader of the language writes it; `2013/2015` and `2013/..` are spans. */
export function shownDate(text: string, lang: Language): string {
  if (text.includes('/')) return text.split('/').map((part) => (part === '..' ? '' : shownDate(part, lang))).join(' – ').trim()
  const [year, month, day] = text.split('-').map(Number)
  if (!year || Number.isNaN(year) || text.split('-').some((part) => !/^\d+$/.test(part))) return text
  if (!month) return String(year)
  const date = new Date(Date.UTC(year, month - 1, day ?? 1))
  return new Intl.DateTimeFormat(lang === 'de' ? 'de-DE' : 'en-GB', {
    timeZone: 'UTC', year: 'numeric', month: day ? 'short' : 'long', ...(day ? { day: 'numeric' } : {}),
  }).format(date)
}

/** The days from one to another, in short where they are a whole year or a whole month. */
export function shownSpan(first: string, last: string, lang: Language): string {
  const year = first.slice(0, 4)
  if (first === `${year}-01-01` && last === `${year}-12-31`) return shownDate(year, lang)
  const month = first.slice(0, 7)
  const end = new Date(Date.UTC(Number(year), Number(month.slice(5)), 0)).toISOString().slice(0, 10)
  if (first === `${month}-01` && last === end) return shownDate(month, lang)
  return first === last ? shownDate(first, lang) : shownDate(`${first}/${last}`, lang)
}

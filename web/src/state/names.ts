/** What something is called on a day. Pure. */

import type { Language, NameItem } from '../types'

export interface Naming {
  title: string
  /** The name of the day, where it is another one than that under which the thing is listed. */
  ofDay: NameItem | null
  /** Under which name the thing is listed. */
  listed: string
  /** The other names that it bears. */
  others: NameItem[]
}

/**
 * @param listed - the name under which the thing is listed, by language
 * @param names - the names that it bears on the day; of all times where none is chosen
 * @param day - whether a day is chosen: without one the thing goes by the name that it is listed under
 * @param short - a name in short, which is no name of a day
 */
export function naming(
  listed: { de: string | null; en: string | null }, names: readonly NameItem[], day: boolean, lang: Language, short: string | null = null,
): Naming {
  const own = listed[lang] || listed.de || listed.en || ''
  const isOwn = ({ name }: NameItem): boolean => name === listed.de || name === listed.en
  const [ofDay] = !day || names.some(isOwn) ? [] : names.filter((one) => isSure(one) && one.name !== short).sort((a, b) => Number(isDated(b)) - Number(isDated(a)))
  const title = ofDay?.name ?? own
  const others = new Map<string, NameItem>()
  for (const one of names) if (one.name !== title && !isOwn(one) && !others.has(one.name)) others.set(one.name, one)
  return { title, ofDay: ofDay ?? null, listed: own, others: [...others.values()] }
}

/** A name of which a source says since when or until when comes first. */
const isDated = ({ start, end }: NameItem): boolean => !!(start || end)

/** A name that is only presumed may as well be another name of any time. */
const isSure = (one: NameItem): boolean => isDated(one) || one.certainty === 'attested'

/** Texts in two languages, typed: a key that a file lacks does not compile. */

import type { Code, Language } from '../types'
import de from './de.json'
import en from './en.json'

export type Key = keyof typeof en
type Values = Record<string, string | number>

const TEXTS: Record<Language, Record<Key, string>> = { de, en }

export interface Texts<K extends string = Key> {
  lang: Language
  t: (key: K, values?: Values) => string
  number: (value: number) => string
}

export const texts = (lang: Language): Texts => textsOf(TEXTS, lang)

/** The texts of a page that has files of its own. */
export function textsOf<K extends string>(dictionary: Record<Language, Record<K, string>>, lang: Language): Texts<K> {
  const format = new Intl.NumberFormat(lang)
  const number = (value: number): string => format.format(value)
  const t = (key: K, values: Values = {}): string =>
    dictionary[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'number' ? number(value) : value
    })
  return { lang, t, number }
}

export const isKey = (key: string): key is Key => Object.hasOwn(en, key)

export type Codes = ReadonlyMap<string, Code['label']>

/** The label of a code; a code that the list does not have is shown as it is, readable. Stands alone, so it begins with a capital. */
export function codeLabel(codes: Codes, code: string, lang: Language): string {
  const label = codes.get(code)
  const text = label?.[lang] || label?.[lang === 'de' ? 'en' : 'de'] || code.replaceAll('-', ' ')
  return text.charAt(0).toLocaleUpperCase(lang) + text.slice(1)
}

/** The language that the browser asks for, where it is one of ours. */
export const preferred = (languages: readonly string[]): Language =>
  languages.map((tag) => tag.slice(0, 2)).find((tag): tag is Language => tag === 'de' || tag === 'en') ?? 'de'

/** What to offer at a place of a query, from the terms of our own data. Pure. */

import type { Completion, Language, TermItem } from '../../types'
import { Inference } from './classes'
import { declared, position, triples, variables, type Position } from './position'

export interface Suggestion {
  kind: 'class' | 'property' | 'code' | 'prefix' | 'variable' | 'keyword'
  name: string
  label: string
  /** The label in the other language: found by it too. */
  other: string
  definition: string
  /** How often the data use it; null where that means nothing. */
  n: number | null
  /** What is written, and the prefix that it needs and the text does not declare yet. */
  insert: string
  prefix: string
}

export interface Offer { from: number; suggestions: Suggestion[] }

const LIMIT = 200
const KEYWORDS = ['SELECT', 'DISTINCT', 'WHERE', 'OPTIONAL', 'FILTER', 'FILTER NOT EXISTS', 'UNION', 'MINUS', 'GRAPH', 'BIND', 'VALUES',
  'GROUP BY', 'HAVING', 'ORDER BY', 'DESC', 'LIMIT', 'OFFSET', 'CONSTRUCT', 'DESCRIBE', 'ASK', 'PREFIX', 'BASE', 'COUNT', 'SUM', 'MIN',
  'MAX', 'AVG', 'SAMPLE', 'GROUP_CONCAT', 'AS', 'STR', 'LANG', 'REGEX', 'CONTAINS', 'BOUND', 'COALESCE', 'IF', 'EXISTS']
const TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'

/** The IRI behind a term of a text; a term that is none stays as it is. */
export function expand(term: string, prefixes: ReadonlyMap<string, string>): string {
  if (term === 'a') return TYPE
  if (term.startsWith('<')) {
    const iri = term.slice(1, -1)
    return /^[a-z][a-z0-9+.-]*:/i.test(iri) ? iri : (prefixes.get('<>') ?? '') + iri
  }
  const [, name, local] = /^([\p{L}\p{N}_.-]*):(.*)$/u.exec(term) ?? []
  const base = name === undefined ? undefined : prefixes.get(name)
  return base === undefined ? term : base + (local ?? '').replaceAll('\\', '')
}

export function suggest(text: string, at: number, data: Completion, lang: Language, isAsked: boolean): Offer | null {
  const place = position(text, at)
  // After a step of a path there must come another: then there is no need to ask.
  if (place.slot === 'none' || (place.word === '' && !isAsked && !place.path)) return null
  const known = declared(text)
  const prefixes = new Map([...Object.entries(data.prefixes), ...known])
  const found = matching(candidates(text, place, data, lang, prefixes), place.word)
    .map((one) => ({ ...one, prefix: one.prefix && !known.has(one.prefix) ? one.prefix : '' }))
  return found.length ? { from: place.from, suggestions: found.slice(0, LIMIT) } : null
}

function candidates(text: string, place: Position, data: Completion, lang: Language, prefixes: ReadonlyMap<string, string>): Suggestion[] {
  const { slot, word } = place
  const named = variables(text.slice(0, place.from) + text.slice(place.from + word.length)).map((name) => plain('variable', `?${name}`))
  if (/^[?$]/.test(word)) return named
  if (slot === 'prologue') {
    return Object.entries(data.prefixes).map(([name, iri]) => ({ ...plain('prefix', `${name}:`), definition: iri, insert: `${name}: <${iri}>` }))
  }
  const keywords = KEYWORDS.map((name) => plain('keyword', name))
  if (slot === 'predicate') return properties(place, data, lang, inference(text, place, data, prefixes))
  if (slot === 'object') {
    const predicate = expand(place.predicate, prefixes)
    if (predicate === TYPE) return classes(place, data, lang, inference(text, place, data, prefixes))
    const scheme = data.properties.find(({ iri }) => iri === predicate)?.scheme
    if (scheme) return codes(scheme, data, lang, prefixes)
    return [...named, ...keywords]
  }
  if (word.includes(':')) return [...data.properties.map((one) => ofTerm('property', one, lang)), ...data.classes.map((one) => ofTerm('class', one, lang))]
  return [...named, ...keywords]
}

/** The properties of what stands at this place of a path; where the text does not say its class, of all that fit. */
function properties(place: Position, data: Completion, lang: Language, known: Inference): Suggestion[] {
  const end = known.along(known.of(place.subject), place.path)
  const counts = known.properties(end)
  const all = data.properties.filter(({ name, iri }) => iri !== TYPE && (!counts || counts.has(name)))
    .map((one) => ({ ...ofTerm('property', one, lang), n: counts?.get(one.name) ?? one.n }))
  const sorted = all.sort((one, other) => other.n - one.n)
  if (place.path) return sorted
  return [{ ...plain('keyword', 'a'), label: lang === 'de' ? 'ist ein' : 'is a' }, ...sorted]
}

/** Every class; those that fit what the text says of the thing come first. */
function classes(place: Position, data: Completion, lang: Language, known: Inference): Suggestion[] {
  const fit = known.of(place.subject, undefined, false)
  const rank = (name: string): number => Number(fit !== null && !fit.has(name))
  return [...data.classes].sort((one, other) => rank(one.name) - rank(other.name)).map((one) => ofTerm('class', one, lang))
}

function inference(text: string, place: Position, data: Completion, prefixes: ReadonlyMap<string, string>): Inference {
  const names = new Map([...data.classes, ...data.properties].map(({ iri, name }) => [iri, name]))
  const rest = `${text.slice(0, place.from)} ${text.slice(place.from + place.word.length)}`
  return new Inference(data, triples(rest), (term) => names.get(expand(term, prefixes)) ?? '', (term) => expand(term, prefixes) === TYPE)
}

function codes(scheme: string, data: Completion, lang: Language, prefixes: ReadonlyMap<string, string>): Suggestion[] {
  const root = data.prefixes.code ?? ''
  const base = prefixes.get('<>')
  return (data.codes[scheme] ?? []).map(({ code, label }) => {
    const iri = `${root}${scheme}/${code}`
    const short = base && iri.startsWith(base) ? iri.slice(base.length) : iri
    return { ...plain('code', code), label: label[lang] ?? '', other: label[lang === 'de' ? 'en' : 'de'] ?? '', insert: `<${short}>` }
  })
}

function plain(kind: Suggestion['kind'], name: string): Suggestion {
  return { kind, name, label: '', other: '', definition: '', n: null, insert: name, prefix: '' }
}

function ofTerm(kind: 'class' | 'property', one: TermItem, lang: Language): Suggestion & { n: number } {
  const other = lang === 'de' ? 'en' : 'de'
  const isPrefixed = !one.name.includes('/')
  return {
    kind, name: one.name, n: one.n,
    label: one.label[lang] ?? one.label[other] ?? '', other: one.label[other] ?? '',
    definition: one.definition[lang] ?? one.definition[other] ?? '',
    insert: isPrefixed ? one.name : `<${one.iri}>`, prefix: isPrefixed ? one.name.split(':')[0] ?? '' : '',
  }
}

/** Those that begin with what is written come first, then those whose local name or label does, then those that contain it. */
function matching(given: readonly Suggestion[], word: string): Suggestion[] {
  const wanted = word.replace(/^</, '').toLowerCase()
  if (!wanted) return [...given]
  const rank = ({ name, label, other }: Suggestion): number => {
    const [whole, local, said, also] = [name, name.slice(name.indexOf(':') + 1), label, other].map((one) => one.toLowerCase()) as [string, string, string, string]
    if (whole.startsWith(wanted)) return 0
    if (local.startsWith(wanted)) return 1
    if (said.startsWith(wanted)) return 2
    if (wanted.includes(':')) return 9
    return local.includes(wanted) || said.includes(wanted) ? 3 : also.includes(wanted) ? 4 : 9
  }
  return given.map((one) => [rank(one), one] as const).filter(([place]) => place < 9)
    .sort(([one], [other]) => one - other).map(([, one]) => one)
}

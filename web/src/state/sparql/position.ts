/**
 * Where in a query the cursor stands: which part of a triple is to be written, about which subject.
 * A light reader of its own, because a parser makes errors of exactly the place that is unfinished. Pure.
 */

export interface Triple { subject: string; predicate: string; object: string }

/** `other` is outside of a pattern, or within a filter or a list of values. */
export type Slot = 'none' | 'prologue' | 'subject' | 'predicate' | 'object' | 'other'

export interface Position {
  slot: Slot
  /** What stands before the cursor of the word that is being written, and where it begins. */
  word: string
  from: number
  /** Subject and predicate of the triple; empty where they are not one term each. */
  subject: string
  predicate: string
  /** The steps of the path that stand before the word; empty at its beginning. */
  path: string
}

type Kind = 'quiet' | 'open' | 'term' | 'word' | 'punct'
interface Token { kind: Kind; text: string; from: number; to: number }

const LOCAL = String.raw`(?:[\p{L}\p{N}_:%-]|\\\S|\.(?=[\p{L}\p{N}_:%-]))*`
const PATTERN = new RegExp([
  String.raw`(?<quiet>#[^\n]*\n|\^\^|@[A-Za-z-]+)`,
  String.raw`(?<term><[^<>"{}|^\x60\\\s]*>|"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
    + String.raw`|[?$][\p{L}\p{N}_]+|(?:\p{L}[\p{L}\p{N}_-]*)?:${LOCAL}|_:[\p{L}\p{N}_]+|[0-9]+(?:\.[0-9]+)?)`,
  String.raw`(?<open>#[^\n]*$|"""[\s\S]*$|'''[\s\S]*$|"[^"\n]*$|'[^'\n]*$)`,
  String.raw`(?<word>\p{L}[\p{L}\p{N}_]*)`,
  String.raw`(?<punct>&&|\|\||[{}()\[\].;,*+/|^!?=<>-])`,
].join('|'), 'gu')

const WORD = /(?:[?$][\p{L}\p{N}_]*|<[^<>\s"]*|(?:[\p{L}\p{N}_-]|:|\\\S)(?:[\p{L}\p{N}_:%.-]|\\\S)*)$/u
const IDLE = new Set(['SELECT', 'DESCRIBE', 'ORDER', 'GROUP', 'HAVING', 'LIMIT', 'OFFSET', 'VALUES', 'FROM'])
const PATH = new Set(['/', '|', '^', '!'])

function tokens(text: string): Token[] {
  return [...text.matchAll(PATTERN)].map((match) => {
    const kind = (Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0] ?? 'punct') as Kind
    return { kind, text: match[0], from: match.index, to: match.index + match[0].length }
  })
}

interface Frame {
  kind: 'top' | 'group' | 'node' | 'skip'
  idle: boolean
  slot: 'subject' | 'predicate' | 'object'
  subject: string
  predicate: string
  /** Whether the predicate still waits for a (further) part of its path. */
  isOpen: boolean
}

const frame = (kind: Frame['kind'], idle = false): Frame =>
  ({ kind, idle, slot: 'subject', subject: '', predicate: '', isOpen: true })

class Reader {
  readonly triples: Triple[] = []
  private readonly stack: Frame[] = [frame('top', true)]
  private isQuiet = false

  get top(): Frame { return this.stack.at(-1) ?? frame('top', true) }

  read(token: Token): void {
    if (token.text === '^^') this.isQuiet = true
    else if (token.kind === 'term') this.term(token.text)
    else if (token.kind === 'word') this.word(token.text)
    else if (token.kind === 'punct') this.punct(token)
  }

  private term(text: string): void {
    const { top } = this
    if (this.isQuiet) { this.isQuiet = false; return }
    if (top.kind === 'skip' || top.idle) return
    if (top.slot === 'subject') Object.assign(top, { subject: text, slot: 'predicate', predicate: '', isOpen: true })
    else if (top.slot === 'predicate' && top.isOpen) Object.assign(top, { predicate: top.predicate + text, isOpen: false })
    else this.object(text)
  }

  private object(text: string): void {
    const { top } = this
    this.triples.push({ subject: top.subject, predicate: top.predicate, object: text })
    top.slot = 'object'
  }

  private word(text: string): void {
    const { top } = this
    const upper = text.toUpperCase()
    if (top.kind === 'skip') return
    if (text === 'a' && top.slot === 'predicate' && top.isOpen) this.term('a')
    else if (upper === 'TRUE' || upper === 'FALSE') this.term(text)
    else if (IDLE.has(upper)) Object.assign(top, { idle: true, slot: 'subject', subject: upper })
    else if (!top.idle) Object.assign(top, { slot: 'subject', subject: '' })
  }

  private punct({ text, from }: Token): void {
    const { top } = this
    if (text === '{') {
      this.stack.push(frame(top.idle && top.subject === 'VALUES' ? 'skip' : 'group'))
      return
    }
    if (text === '}' || text === ')' || text === ']') { this.close(text); return }
    if (text === '(' && top.slot === 'predicate' && top.isOpen && !top.idle && top.kind !== 'skip') {
      top.predicate += '('
      return
    }
    if (text === '(') { this.stack.push(frame('skip')); return }
    if (top.kind === 'skip' || top.idle) return
    if (text === '[') this.node(`_:${from}`)
    else if (text === ';') Object.assign(top, { slot: 'predicate', predicate: '', isOpen: true })
    else if (text === ',') top.slot = 'object'
    else if (text === '.') Object.assign(top, frame(top.kind))
    else if (top.slot === 'predicate') Object.assign(top, { predicate: top.predicate + text, isOpen: top.isOpen || PATH.has(text) })
  }

  private node(name: string): void {
    const { top } = this
    this.term(name)
    this.stack.push({ ...frame(top.kind === 'skip' ? 'skip' : 'node'), subject: name, slot: 'predicate' })
  }

  private close(text: string): void {
    const { top } = this
    if (text === ')' && top.kind !== 'skip') { top.predicate += ')'; return }
    if (this.stack.length > 1) this.stack.pop()
    const below = this.top
    if (text === '}' && below.kind !== 'skip') Object.assign(below, frame(below.kind, below.kind === 'top'))
  }
}

/** Every triple of a text, as far as it is finished. */
export function triples(text: string): Triple[] {
  const reader = new Reader()
  for (const token of tokens(text)) reader.read(token)
  return reader.triples
}

/** What is to be written at a place of a text. */
export function position(text: string, at: number): Position {
  const before = text.slice(0, at)
  const word = WORD.exec(before)?.[0] ?? ''
  const from = at - word.length
  const read = tokens(before.slice(0, from))
  const last = read.at(-1)
  const none = { word, from, subject: '', predicate: '', path: '' }
  if (last?.kind === 'open') return { ...none, slot: 'none' }
  if (/\b(?:PREFIX|BASE)\s*$/i.test(before.slice(0, from))) return { ...none, slot: 'prologue' }
  const reader = new Reader()
  for (const token of read) reader.read(token)
  const { top } = reader
  if (top.kind === 'skip' || top.idle) return { ...none, slot: 'other' }
  if (top.slot === 'predicate' && top.isOpen) {
    return { ...none, slot: 'predicate', subject: top.subject, path: top.predicate }
  }
  if (top.slot === 'subject') return { ...none, slot: 'subject' }
  return { ...none, slot: 'object', subject: top.subject, predicate: top.predicate }
}

/** The prefixes that a text declares, and its base under the empty key `<>`. */
export function declared(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', iri = ''] of text.matchAll(/^\s*PREFIX\s+([\w.-]*):\s*<([^>\s]*)>/gim)) found.set(name, iri)
  const base = /^\s*BASE\s*<([^>\s]*)>/im.exec(text)?.[1]
  if (base) found.set('<>', base)
  return found
}

/** The names of the variables of a text, in the order in which they come. */
export function variables(text: string): string[] {
  return [...new Set(tokens(text).filter(({ text: t }) => /^[?$]/.test(t) && t.length > 1).map(({ text: t }) => t.slice(1)))]
}

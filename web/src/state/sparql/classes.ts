/** Which classes a thing of a query can be of, and where a property path leads: from what the data use. Pure. */

import type { Completion } from '../../types'
import type { Triple } from './position'

/** Names of classes; null where nothing is known, so that anything may be. */
export type Classes = ReadonlySet<string> | null
/** Name of a property → how many statements of it fit. */
export type Counts = ReadonlyMap<string, number>
/** The end of a path: what stands there, and whether the next step goes against its direction. */
export interface End { classes: Classes; isInverse: boolean }

/** How far the classes of one thing are looked for along those of others. */
const REACH = 4
const STEP = /<[^<>\s]*>|[^\s/|^()!+*?<>]+|[/|^()!+*?]/gu

export class Inference {
  constructor(
    private readonly data: Completion,
    private readonly triples: readonly Triple[],
    /** The name of a class or property of ours that a term of the text means; empty for any other. */
    private readonly nameOf: (term: string) => string,
    private readonly isType: (predicate: string) => boolean,
  ) {}

  /** The classes of a subject: those it is said to be of, else those that fit its properties and what leads to it. */
  of(subject: string, reach = REACH, isTyped = true): Classes {
    const own = this.triples.filter((one) => one.subject === subject)
    const said = isTyped ? own.filter(({ predicate }) => this.isType(predicate)).map(({ object }) => this.nameOf(object)) : []
    const typed = said.filter((name) => this.data.by_class[name])
    if (typed.length) return new Set(typed)
    const used = own.map(({ predicate }) => this.nameOf(/^[^/|^()!+*?]+|^<[^>]*>/u.exec(predicate)?.[0] ?? ''))
      .filter((name) => name && !this.isType(name))
    const found = used.length ? this.having(used) : null
    return this.narrowed(found, subject, reach)
  }

  private having(properties: readonly string[]): Classes {
    const found = Object.entries(this.data.by_class).filter(([, counts]) => properties.every((one) => counts[one])).map(([name]) => name)
    return found.length ? new Set(found) : null
  }

  private narrowed(found: Classes, subject: string, reach: number): Classes {
    if (reach === 0 || /^["'\d]/.test(subject)) return found
    for (const { subject: from, predicate, object } of this.triples) {
      if (object !== subject || from === subject || this.isType(predicate)) continue
      const { classes } = this.along(this.of(from, reach - 1), predicate)
      const both = classes && found ? new Set([...found].filter((name) => classes.has(name))) : classes ?? found
      if (both?.size) found = both
    }
    return found
  }

  /** Follow a path, which may end in the middle. */
  along(start: Classes, path: string): End {
    if (/^[?$]/.test(path)) return { classes: null, isInverse: false }
    const stack: Walk[] = [walk(start)]
    for (const [step] of path.matchAll(STEP)) {
      const top = stack.at(-1) ?? walk(null)
      if (step === '(') stack.push(walk(top.isInverse ? null : top.now))
      else if (step === ')') {
        if (stack.length > 1) stack.pop()
        const below = stack.at(-1) ?? top
        Object.assign(below, { before: below.now, now: union([...top.ends, top.now]), isInverse: false })
      } else if (step === '|') Object.assign(top, { ends: [...top.ends, top.now], now: top.start })
      else if (step === '^') top.isInverse = true
      else if (step === '!') top.start = top.now = null
      else if (step === '?' || step === '*') top.now = union([top.before, top.now])
      else if (step !== '/' && step !== '+') {
        Object.assign(top, { before: top.now, now: this.step(top.now, step, top.isInverse), isInverse: false })
      }
    }
    const { now, isInverse } = stack.at(-1) ?? walk(null)
    return { classes: now, isInverse }
  }

  private step(from: Classes, term: string, isInverse: boolean): Classes {
    const property = this.nameOf(term)
    if (!property) return null
    if (!isInverse) return new Set(Object.keys(this.data.objects[property] ?? {}))
    const meets = !from || Object.keys(this.data.objects[property] ?? {}).some((name) => from.has(name))
    return new Set(meets ? Object.keys(this.data.by_class).filter((name) => this.data.by_class[name]?.[property]) : [])
  }

  /** The properties that can be written at the end of a path, with their numbers; null where all can. */
  properties({ classes, isInverse }: End): Counts | null {
    if (!classes) return null
    const counts = new Map<string, number>()
    const count = (name: string, n: number): void => { counts.set(name, Math.max(n, counts.get(name) ?? 0)) }
    if (isInverse) {
      for (const [name, leads] of Object.entries(this.data.objects)) {
        for (const [to, n] of Object.entries(leads)) if (classes.has(to)) count(name, n)
      }
    } else {
      for (const one of classes) for (const [name, n] of Object.entries(this.data.by_class[one] ?? {})) count(name, n)
    }
    return counts
  }
}

interface Walk { start: Classes; now: Classes; before: Classes; ends: Classes[]; isInverse: boolean }

const walk = (start: Classes): Walk => ({ start, now: start, before: start, ends: [], isInverse: false })

const union = (all: readonly Classes[]): Classes =>
  all.includes(null) ? null : new Set(all.flatMap((one) => [...one ?? []]))

import { describe, expect, it } from 'vitest'
import { texts } from '../../src/i18n'
import { codeOf, colourOf, extended, inUse, MEMBER, OTHER, palette } from '../../src/state/colours'
import { claimed } from '../../src/state/coverage'
import { partnersOfNetwork, period, webAddress } from '../../src/state/memberships'
import { pressed, sorted, type Row } from '../../src/state/table'
import { shownDate } from '../../src/state/time'
import type { GraphNode, MemberOfNetwork } from '../../src/types'

const NODE: GraphNode = {
  id: 'n', type: 'network', kind: 'network', label_de: '', label_en: '', state: null, x: 0, y: 0, size: 1, themes: ['rare', 'rail'],
}

describe('colours', () => {
  const colours = palette(['rail', 'water'])
  it('follow the kind or the first theme that has a colour', () => {
    expect(codeOf(NODE, 'theme', colours)).toBe('rail')
    expect(colourOf(NODE, 'theme', colours)).toBe(colours.get('rail'))
    expect(colourOf(NODE, 'kind', colours)).toBe(OTHER)
    expect(colourOf({ ...NODE, type: 'member' }, 'kind', colours)).toBe(MEMBER)
  })

  it('keep their meaning when more codes come in, and are listed as far as they are used', () => {
    const order = extended(['rail', 'water'], ['wood', 'rail'])
    expect(order).toEqual(['rail', 'water', 'wood'])
    expect(palette(order).get('water')).toBe(colours.get('water'))
    expect(inUse([NODE], 'theme', colours)).toEqual({ colours: palette(['rail']), hasOthers: false })
    expect(inUse([{ ...NODE, themes: [] }], 'theme', colours)).toEqual({ colours: new Map(), hasOthers: true })
  })

  it('differ from each other and stand out from white by 3:1', () => {
    const all = [...palette(Array.from({ length: 20 }, (_, i) => `c${i}`)).values(), OTHER, MEMBER]
    expect(new Set(all).size).toBe(all.length)
    for (const colour of all) expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThan(2.9)
  })
})

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe('dates', () => {
  it.each([
    ['2013', 'de', '2013'], ['2013-04', 'de', 'April 2013'], ['2013-04', 'en', 'April 2013'], ['2013-04-01', 'en', '1 Apr 2013'],
    ['around 1990', 'en', 'around 1990'], ['2013-11/..', 'en', 'November 2013 –'], ['2013/2015', 'de', '2013 – 2015'],
  ] as const)('%s is shown at its precision (%s)', (text, lang, expected) => {
    expect(shownDate(text, lang)).toBe(expected)
  })

  it('word a period as far as it is known', () => {
    const en = texts('en')
    expect(period({ start: '2013', end: '2020' }, en)).toBe('2013 to 2020')
    expect(period({ start: '2013', end: null }, en)).toBe('since 2013')
    expect(period({ start: null, end: '2020' }, texts('de'))).toBe('bis 2020')
    expect(period({ start: null, end: null }, en)).toBe('')
  })
})

describe('partners', () => {
  const item = (iri: string, name: string, role: string, start: string | null): MemberOfNetwork => ({
    iri: `m-${iri}-${role}`, role, start, end: null, certainty: 'attested', sources: [],
    member: { iri, kind: 'municipality', key: iri, name, state: null },
  })

  it('are one entry each, their roles in order of time', () => {
    const list = partnersOfNetwork([item('z', 'Zülpich', 'member', null), item('a', 'Ätna', 'chair', '2020'), item('a', 'Ätna', 'member', '2010')], 'de')
    expect(list.map(({ name, lines }) => [name, lines.map(({ role }) => role)])).toEqual([['Ätna', ['member', 'chair']], ['Zülpich', ['member']]])
  })
})

describe('links', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'], ['ag-staedte.de', 'https://ag-staedte.de/'], ['javascript:alert(1)', null],
    ['data:text/html,x', null], ['', null], [null, null], ['http://', null],
  ])('of %s lead to %s', (text, expected) => { expect(webAddress(text)).toBe(expected) })
})

describe('the table', () => {
  const row = (id: string, name: string, ties: number): Row => ({ node: { ...NODE, id }, name, ties })
  const list = [row('1', 'Öhringen', 2), row('2', 'Ahaus', 1), row('3', 'Zwickau', 2)]
  const names = (order: Parameters<typeof sorted>[1]): string[] => sorted(list, order, 'de', () => '').map(({ name }) => name)

  it('sorts by the language, equal values by name', () => {
    expect(names({ column: 'name', descending: false })).toEqual(['Ahaus', 'Öhringen', 'Zwickau'])
    expect(names({ column: 'ties', descending: true })).toEqual(['Öhringen', 'Zwickau', 'Ahaus'])
  })

  it('turns the order when its column is pressed again', () => {
    expect(pressed({ column: 'name', descending: false }, 'ties')).toEqual({ column: 'ties', descending: true })
    expect(pressed({ column: 'ties', descending: true }, 'ties')).toEqual({ column: 'ties', descending: false })
  })
})

it('a claimed number keeps the word of its source', () => {
  const coverage = { network: 'n', n_listed: 78, listed_on: '2013-04', n_claimed: 169, claimed_on: '2023' }
  expect(claimed({ ...coverage, claimed_qualifier: 'over' })).toEqual({ key: 'coverage.over', n: 169 })
  expect(claimed(coverage)).toEqual({ key: null, n: 169 })
})

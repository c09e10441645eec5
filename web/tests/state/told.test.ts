import { describe, expect, it } from 'vitest'
import { texts } from '../../src/i18n'
import { history, isAfter } from '../../src/state/changes'
import { disputes, isFor, shownValue } from '../../src/state/disagreements'
import { naming } from '../../src/state/names'
import { shownSpan } from '../../src/state/time'
import type { ChangeItem, DisagreementItem, NameItem, Ref } from '../../src/types'

const said = (value: string, source: string) => ({ value, source, title: source, url: null, locator: 'p. 1' })
const differ = (part: Partial<DisagreementItem>): DisagreementItem => ({
  on: 'founding-date', first_day: null, last_day: null, first: said('2005', 'b'), second: said('1996', 'a'), ...part,
})

describe('disagreements', () => {
  it('show each value once, with all who give it, foundings in the order of time', () => {
    const [found, ...more] = disputes([differ({}), differ({ second: said('1996', 'c') }), differ({ second: said('1996-05', 'd') })])
    expect(more).toEqual([])
    expect(found?.values.map(({ value, sources }) => [value, sources.map(({ slug }) => slug)])).toEqual([
      ['1996', ['a', 'c']], ['1996-05', ['d']], ['2005', ['b']],
    ])
  })

  it('stay apart where they are about another thing or for other days', () => {
    const march = { on: 'member-count' as const, first_day: '2020-03-01', last_day: '2020-03-31' }
    const found = disputes([differ({}), differ(march), differ({ ...march, last_day: '2020-03-02' }), differ({ on: 'seat' })])
    expect(found.map(({ on, last }) => [on, last])).toEqual([
      ['founding-date', null], ['member-count', '2020-03-31'], ['member-count', '2020-03-02'], ['seat', null],
    ])
  })

  it.each([
    ['2020', true], ['2020-03', true], ['2020-03-15', true], ['2020-04-01', false], ['2019', false], [null, true], ['2020-03/2020-05', true],
  ])('of March 2020 are for %s: %s', (date, expected) => {
    const [march] = disputes([differ({ on: 'member-count', first_day: '2020-03-01', last_day: '2020-03-31' })])
    expect(march && isFor(march, date)).toBe(expected)
  })

  const forms = new Map([['association', { de: 'Verein', en: 'association' }]])
  it.each([
    ['founding-date', '2005-01-01', 'de', '1. Jan. 2005'], ['member-count', 'over 1169 Mitglieder', 'de', 'über 1.169 Mitglieder'],
    ['member-count', '1915', 'en', '1,915'], ['member-count', 'at-least 12', 'en', 'at least 12'], ['member-count', 'fast alle', 'de', 'fast alle'],
    ['legal-form', 'association', 'de', 'Verein'], ['legal-form', 'eingetragener Verein | e.V.', 'en', 'eingetragener Verein | e.V.'],
    ['seat', 'Bonn', 'en', 'Bonn'], ['chair', '12 Personen', 'de', '12 Personen'],
  ] as const)('on %s word %s (%s)', (on, value, lang, expected) => {
    expect(shownValue(on, value, forms, texts(lang))).toBe(expected)
  })

  it.each([
    ['2016-01-01', '2016-12-31', '2016'], ['2024-02-01', '2024-02-29', 'February 2024'], ['2013-11-19', '2013-11-19', '19 Nov 2013'],
    ['2023-02-01', '2023-02-27', '1 Feb 2023 – 27 Feb 2023'], ['2013-01-01', '2014-12-31', '1 Jan 2013 – 31 Dec 2014'],
  ])('from %s to %s is %s', (first, last, expected) => { expect(shownSpan(first, last, 'en')).toBe(expected) })
})

describe('the name of a day', () => {
  const name = (text: string, part: Partial<NameItem> = {}): NameItem =>
    ({ name: text, certainty: 'presumed', start: null, end: null, sources: [], ...part })
  const ICLEI = { de: 'ICLEI – Local Governments', en: null }
  const first = name('International Council', { start: '1990', end: '2003' })

  it('is the one that it bore then, where it did not bear the one that it is listed under', () => {
    expect(naming(ICLEI, [name('ICLEI'), first], true, 'en')).toEqual({
      title: 'International Council', ofDay: first, listed: 'ICLEI – Local Governments', others: [name('ICLEI')],
    })
  })

  it('is the one that it is listed under where it bore it, or no other one, or no day is chosen', () => {
    for (const [names, day] of [[[name('ICLEI – Local Governments'), first], true], [[], true], [[first], false]] as const) {
      expect(naming(ICLEI, names, day, 'de')).toMatchObject({ title: 'ICLEI – Local Governments', ofDay: null })
    }
  })

  it('is no abbreviation, and prefers what is dated and attested', () => {
    expect(naming(ICLEI, [name('ICLEI', { certainty: 'attested' })], true, 'de', 'ICLEI').ofDay).toBeNull()
    expect(naming(ICLEI, [name('NStE')], true, 'de')).toMatchObject({ ofDay: null, others: [name('NStE')] })
    const names = [name('c'), name('b', { certainty: 'attested' }), name('a', { end: '2003' })]
    expect(naming(ICLEI, names, true, 'de').title).toBe('a')
    expect(naming(ICLEI, names.slice(0, 2), true, 'de').title).toBe('b')
  })

  it('has the other names beside it, each once', () => {
    const { others } = naming({ de: 'A', en: 'B' }, [name('A'), name('B'), name('C'), name('C')], false, 'de')
    expect(others.map((one) => one.name)).toEqual(['C'])
  })
})

describe('changes', () => {
  const ref = (iri: string): Ref => ({ iri, slug: iri, name: iri.toUpperCase(), kind: 'municipality' })
  const change = (kind: string, date: string | null, originals: string[], results: string[], part: Partial<ChangeItem> = {}): ChangeItem => ({
    iri: [kind, date, ...originals].join('-'), kind, date, originals: originals.map(ref), results: results.map(ref),
    former_names: [], note: null, sources: [{ slug: originals.join(''), title: '' }], ...part,
  })
  const told = (iri: string, changes: ChangeItem[]) =>
    history(iri, changes).map(({ kind, wording, others, beside }) => [wording ?? kind, others.map((one) => one.iri).join(), beside.map((one) => one.iri).join()])

  it.each([
    ['a', [['history.merger.into', 'c', 'b']]], ['c', [['history.merger.of', 'a,b', '']]],
  ])('a merger, seen from %s', (iri, expected) => {
    expect(told(iri, [change('merger', '2019-01-01', ['a', 'b'], ['c'])])).toEqual(expected)
  })

  it('what took another in, came after it, was split or is alone', () => {
    expect(told('a', [change('merger', '2016', ['a', 'b'], ['a'])])).toEqual([['history.merger.took', 'b', '']])
    expect(told('a', [change('merger', '2016', ['b'], ['a'])])).toEqual([['history.merger.with', 'b', '']])
    expect(told('b', [change('succession', '2016', ['a'], ['b'])])).toEqual([['history.succession.of', 'a', '']])
    expect(told('a', [change('split', '2016', ['a'], ['b', 'c'])])).toEqual([['history.split.into', 'b,c', '']])
    expect(told('a', [change('dissolution', '2016', ['a'], [])])).toEqual([['dissolution', '', '']])
  })

  it('of one day that several rows tell are one line, with all sources', () => {
    const [line, ...more] = history('c', [change('merger', '2024', ['a'], ['c']), change('merger', '2024', ['b'], ['c'])])
    expect(more).toEqual([])
    expect(line?.sources.map(({ slug }) => slug)).toEqual(['a', 'b'])
    expect(line?.wording).toBe('history.merger.of')
  })

  it('stay apart where they lead to different things, and stand in the order of time', () => {
    const found = told('a', [change('renaming', null, ['a'], ['a'], { former_names: ['Z'] }), change('merger', '2024', ['a'], ['c']), change('merger', '2024', ['a'], ['b']), change('registration', '1958', [], ['a'])])
    expect(found.map(([what, others]) => `${what} ${others}`)).toEqual([
      'registration ', 'history.merger.into c', 'history.merger.into b', 'history.renaming ',
    ])
  })

  it.each([
    ['2024', '2023-12-31', true], ['2024', '2024-06-01', false], ['2013-11/..', '2013-11-15', false], ['2013-11/..', '2013-10-31', true],
    [null, '2024-01-01', false], ['2024', null, false],
  ])('%s seen from %s: later is %s', (date, day, expected) => { expect(isAfter(date, day)).toBe(expected) })
})

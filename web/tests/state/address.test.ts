import { describe, expect, it } from 'vitest'
import { fromAddress, isDay, START, toAddress, type PageState } from '../../src/state/address'

const FULL: PageState = {
  lang: 'en', asOf: '2013-04-30', selected: 'network/netzwerk-innenstadt-nrw', view: 'table', colouring: 'theme',
  kinds: ['city-region', 'network'], themes: ['mobility'], state: 'Nordrhein-Westfalen', minMembers: 5,
}

describe('the address', () => {
  it('carries the whole state there and back', () => {
    expect(fromAddress(toAddress(FULL))).toEqual(FULL)
    expect(fromAddress(toAddress(START))).toEqual(START)
  })

  it('shows today unless told otherwise', () => {
    const today = '2026-11-22'
    expect(fromAddress('', 'de', today).asOf).toBe(today)
    expect(fromAddress('as_of=all', 'de', today).asOf).toBe(null)
    expect(fromAddress('as_of=2013-02-30', 'de', today).asOf).toBe(today)
    expect(toAddress({ ...START, asOf: today }, today)).toBe('?lang=de')
    expect(toAddress(START, today)).toBe('?lang=de&as_of=all')
  })

  it('is short and readable', () => {
    expect(toAddress(START)).toBe('?lang=de')
    expect(toAddress({ ...START, kinds: ['network', 'city-region'], selected: 'municipality/de-05515000' }))
      .toBe('?lang=de&sel=municipality/de-05515000&kinds=city-region,network')
  })

  it.each([
    ['lang=fr', { lang: 'de' }], ['as_of=2013-02-30', { asOf: null }], ['as_of=yesterday', { asOf: null }],
    ['min=-3', { minMembers: 0 }], ['min=1e99', { minMembers: 1e99 }], ['min=two', { minMembers: 0 }], ['view=film', { view: 'graph' }],
    ['sel=javascript:alert(1)', { selected: null }], ['sel=network/<b>', { selected: null }], ['kinds=,,a,a', { kinds: ['a'] }],
  ])('reads %s without harm', (query, part) => {
    expect(fromAddress(query)).toMatchObject(part)
  })

  it('takes the language of the browser only where the address names none', () => {
    expect(fromAddress('', 'en').lang).toBe('en')
    expect(fromAddress('lang=de', 'en').lang).toBe('de')
  })

  it.each([['2024-02-29', true], ['2023-02-29', false], ['2023-13-01', false], ['2023-1-1', false], ['', false]])(
    'knows whether %s is a day', (text, is) => { expect(isDay(text)).toBe(is) })
})

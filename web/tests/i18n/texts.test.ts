import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeLabel, preferred, texts } from '../../src/i18n'
import de from '../../src/i18n/de.json'
import en from '../../src/i18n/en.json'

const SOURCES = join(import.meta.dirname, '../../src')
const slots = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort()

describe('the texts', () => {
  it('have the same keys, the same slots and no gaps in both languages', () => {
    expect(Object.keys(de)).toEqual(Object.keys(en))
    expect(Object.keys(en).length).toBeGreaterThan(50)
    for (const [key, text] of Object.entries(en)) {
      const other = de[key as keyof typeof de]
      expect(text.trim() && other.trim(), key).toBeTruthy()
      expect(slots(other), key).toEqual(slots(text))
    }
  })

  it('are all used', () => {
    const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|svelte)$/.test(name)).map((name) => readFileSync(join(SOURCES, name), 'utf8')).join('\n')
    // Keys of these groups are put together from a code of the data.
    const built = /^(kind|certainty|view\.colour|table\.caption)\./
    const unused = Object.keys(en).filter((key) => !built.test(key) && !code.includes(`'${key}'`))
    expect(unused).toEqual([])
  })

  it('fill their slots and write numbers as the language does', () => {
    expect(texts('de').t('search.hits', { n: 1234 })).toBe('1.234 Treffer')
    expect(texts('en').t('search.hits', { n: 1234 })).toBe('1,234 hits')
    expect(texts('en').t('period.since', {})).toBe('since {start}')
  })

  it('show a code that no list has', () => {
    const codes = new Map([['lead', { de: 'Federführung', en: 'Lead' }]])
    expect(codeLabel(codes, 'lead', 'de')).toBe('Federführung')
    expect(codeLabel(codes, 'new-role', 'de')).toBe('New role')
  })

  it('follow the browser where it asks for German or English', () => {
    expect(preferred(['fr-FR', 'en-GB', 'de'])).toBe('en')
    expect(preferred(['fr'])).toBe('de')
  })
})

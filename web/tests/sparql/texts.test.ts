import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import de from '../../src/i18n/sparql/de.json'
import en from '../../src/i18n/sparql/en.json'

const VIEWS = join(import.meta.dirname, '../../src/views/sparql')
const slots = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort()

it('the texts of the query page are the same in both languages, and all used', () => {
  expect(Object.keys(de)).toEqual(Object.keys(en))
  expect(Object.keys(en).length).toBeGreaterThan(40)
  const code = readdirSync(VIEWS).map((name) => readFileSync(join(VIEWS, name), 'utf8')).join('\n')
  for (const [key, text] of Object.entries(en)) {
    const other = de[key as keyof typeof de]
    expect(text.trim() && other.trim(), key).toBeTruthy()
    expect(slots(other), key).toEqual(slots(text))
    expect(code.includes(`'${key}'`), key).toBe(true)
  }
})

/**
 * Look at the pages that the server writes itself: accessible, in both languages, wide and narrow, without a script,
 * nothing blocked and nothing loaded from elsewhere. Ends with the line "N passed, N failed".
 *
 *     node tests/page/things.mjs address path…
 */

import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { browserPath, launch } from './browser.mjs'

if (!browserPath()) {
  console.log('no Chromium found; name one in KGRAPH_CHROMIUM')
  process.exit(77)
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const [address, ...paths] = process.argv.slice(2)
const browser = await launch()

async function look(path, lang, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const page = await context.newPage()
  const faults = []
  page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text()) })
  page.on('request', (request) => { if (!request.url().startsWith(address)) faults.push(`request to ${request.url()}`) })
  try {
    const answer = await page.goto(`${address}/${path}?lang=${lang}`)
    assert.equal(answer.status(), 200)
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang)
    // A description for machines is no script: nothing runs it.
    assert.equal(await page.locator('script:not([type="application/ld+json"])').count(), 0)
    assert.equal(await page.locator('h1').count(), 1)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    assert.ok(wide <= 0, `scrolls sideways by ${wide} pixels`)
    await page.evaluate(AXE)
    const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES)
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`), [])
    assert.deepEqual(faults, [])
  } finally {
    await context.close()
  }
}

let failed = 0
let passed = 0
for (const path of paths) {
  for (const [lang, width] of [['de', 1440], ['en', 400]]) {
    try {
      await look(path, lang, width)
      passed += 1
      console.log(`ok      ${path} (${lang}, ${width})`)
    } catch (error) {
      failed += 1
      console.log(`FAILED  ${path} (${lang}, ${width})\n        ${String(error.message ?? error).replaceAll('\n', '\n        ')}`)
    }
  }
}
await browser.close()
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0

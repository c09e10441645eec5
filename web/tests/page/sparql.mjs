/**
 * Look at the query page as a researcher does: in a real browser, under the server's content security policy, in both
 * languages, wide and narrow, with the keyboard. Ends with the line "N passed, N failed".
 *
 *     node tests/page/sparql.mjs [folder for pictures]
 */

import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { browserPath, launch } from './browser.mjs'
import { serve } from './serve.mjs'

if (!browserPath()) {
  console.log('no Chromium found; name one in KGRAPH_CHROMIUM')
  process.exit(77)
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const pictures = process.argv[2]
const server = await serve()
const browser = await launch()
const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 400, height: 800 }

/** Open the page, run the steps, and hold that nothing left the host, nothing was blocked and nothing hostile ran. */
async function on(fragment, size, steps, allowed = /(?!)/) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error' && !allowed.test(message.text())) faults.push(message.text()) })
  page.on('request', (request) => { if (!request.url().startsWith(server.address)) faults.push(`request to ${request.url()}`) })
  try {
    await page.goto(`${server.address}/sparql${fragment}`)
    await editor(page).waitFor({ timeout: 15000 })
    await steps(page)
    assert.equal(await page.evaluate(() => window.hurt), undefined, 'a hostile text ran')
    assert.deepEqual(faults, [])
  } finally {
    await context.close()
  }
}

const editor = (page) => page.getByRole('textbox', { name: /^SPARQL/ })
const written = (page) => page.evaluate(() => document.querySelector('.editor').shadowRoot.querySelector('.cm-content').innerText.trim())
const cells = (page, n) => page.locator(`tbody td:nth-child(${n})`).allInnerTexts()

async function write(page, text) {
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

async function accessible(page) {
  await page.evaluate(AXE)
  const { violations, passes } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES)
  assert.ok(passes.length > 15, `axe ran ${passes.length} rules only`)
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`), [])
}

const scenes = []
const scene = (name, run) => scenes.push([name, run])

for (const lang of ['de', 'en']) {
  for (const [size, place] of [[WIDE, 'wide'], [NARROW, 'narrow']]) {
    scene(`the page is accessible (${lang}, ${place})`, () => on(`#lang=${lang}`, size, async (page) => {
      await page.locator('tbody tr').first().waitFor()
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang)
      await page.locator('details').last().locator('summary').click()
      await accessible(page)
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'scrolls sideways')
      await page.locator('.views button').nth(1).click()
      assert.equal(await page.locator('svg[role=img] rect').count(), 3)
      if (pictures) await page.screenshot({ path: `${pictures}/sparql-${lang}-${place}.png` })
      await accessible(page)
    }))
  }
}

scene('cells are named, linked and sorted; hostile ones stay text', () => on('#lang=de', WIDE, async (page) => {
  await page.getByRole('link', { name: 'Münster' }).waitFor()
  assert.deepEqual((await cells(page, 1)).slice(0, 3), ['Telgte', 'Münster', 'javascript:alert(1)'])
  assert.equal(await page.getByRole('link', { name: 'Münster' }).getAttribute('href'), './id/municipality/de-05515000')
  assert.equal(await page.locator('tbody a').count(), 2)
  await page.getByRole('button', { name: 'n', exact: true }).click()
  assert.equal(await page.locator('th').nth(1).getAttribute('aria-sort'), 'descending')
  assert.deepEqual((await cells(page, 2)).slice(0, 3), ['10', '9', '1'])
  const csv = page.getByRole('link', { name: 'CSV' })
  assert.match(await csv.getAttribute('href'), /sparql\?query=SELECT.*&format=csv$/)
}))

scene('suggestions follow the class of the subject and bring their prefix', () => on('#lang=en', WIDE, async (page) => {
  await write(page, 'SELECT * {\n?m a memb')
  await page.getByRole('option', { name: /org:Membership/ }).waitFor()
  await page.waitForTimeout(100)
  await page.keyboard.press('Enter')
  await page.keyboard.type(' ; ')
  await page.keyboard.press('Control+Space')
  await page.getByRole('option', { name: /org:member/ }).waitFor()
  assert.equal(await page.getByRole('option', { name: /imc:population/ }).count(), 0)
  assert.match(await written(page), /^PREFIX org: <http:\/\/www.w3.org\/ns\/org#>\nSELECT/)
  await page.waitForURL(/query=PREFIX/)
}))

scene('Escape and Tab leave the editor, Control and Enter ask', () => on('#lang=en', WIDE, async (page) => {
  await write(page, 'ASK {}')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Yes', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Ask')
}))

scene('an error is said, marked at its place, and led to', () => on('#lang=de', WIDE, async (page) => {
  await write(page, 'SELECT * {\n  broken }')
  await page.getByRole('button', { name: 'Abfragen' }).click()
  const alert = page.getByRole('alert')
  await alert.getByText('Zeile 2, Spalte 3').waitFor()
  await page.waitForFunction(() => document.querySelector('.editor').shadowRoot.querySelector('.cm-lintRange-error'))
  await accessible(page)
  await alert.getByRole('button').click()
  await page.keyboard.type('X')
  assert.match(await written(page), / {2}Xbroken/)
  assert.equal(await alert.count(), 0)
}, /status of 400/))

scene('a server that is too busy says so', () => on(`#lang=en&query=${encodeURIComponent('SELECT * { slow }')}`, WIDE, async (page) => {
  await page.getByRole('alert').getByText('too busy').waitFor()
}, /status of 503/))

scene('long tables grow on demand, graphs are text, nothing is said to be nothing', () => on('#lang=en', WIDE, async (page) => {
  await page.getByRole('button', { name: 'Very many?' }).click()
  await page.getByText('450 rows').waitFor()
  assert.equal(await page.locator('tbody tr').count(), 200)
  await page.getByRole('button', { name: 'Show 200 more' }).click()
  assert.equal(await page.locator('tbody tr').count(), 400)
  await write(page, 'CONSTRUCT WHERE {}')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.getByText('Graph in Turtle, 1 line').waitFor()
  assert.equal(await page.getByRole('link', { name: 'JSON-LD' }).count(), 1)
  await write(page, 'SELECT * { nothing }')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.getByText('No row matches this query.').waitFor()
}))

scene('an address brings its query, which is there in other forms', () => on(`#lang=de&query=${encodeURIComponent("ASK { ?a ?b 'it' }")}`, WIDE, async (page) => {
  await page.getByText('Ja', { exact: true }).waitFor()
  assert.equal(await written(page), "ASK { ?a ?b 'it' }")
  await page.getByText('Dieselbe Abfrage anderswo').click()
  await page.getByRole('button', { name: 'curl' }).click()
  assert.match(await page.locator('pre').innerText(), /query=ASK \{ \?a \?b '\\''it'\\'' \}/)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('The same query elsewhere').waitFor()
  await page.waitForURL(/lang=en/)
}))

let failed = 0
for (const [name, run] of scenes) {
  try {
    await run()
    console.log(`ok      ${name}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name}\n        ${String(error.message ?? error).replaceAll('\n', '\n        ')}`)
  }
}
await browser.close()
server.close()
console.log(`${scenes.length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0

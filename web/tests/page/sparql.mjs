/**
 * Look at the query page as a researcher does: in a real browser, under the server's content security policy, in both
 * languages, wide and narrow, with the keyboard. Ends with the line "N passed, N failed".
 *
 *     node tests/page/sparql.mjs [folder for pictures]
 */

import { strict as assert } from 'node:assert'
import { accessible, fits, launch, look, runScenes } from './browser.mjs'
import { serve } from './serve.mjs'

const pictures = process.argv[2]
const server = await serve()
const browser = await launch()
const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 360, height: 800 }

/** Open the page, run the steps, and hold that nothing hostile ran. */
const on = (fragment, size, steps, allowed = /(?!)/) => look(browser, { size, address: server.address, isAllowed: (text) => allowed.test(text) }, async (page) => {
  await page.goto(`${server.address}/sparql${fragment}`)
  await editor(page).waitFor({ timeout: 15000 })
  await steps(page)
  assert.equal(await page.evaluate(() => window.hurt), undefined, 'a hostile text ran')
})

const editor = (page) => page.getByRole('textbox', { name: /^SPARQL/ })
const written = (page) => page.evaluate(() => document.querySelector('.editor').shadowRoot.querySelector('.cm-content').innerText.trim())
const cells = (page, n) => page.locator(`tbody td:nth-child(${n})`).allInnerTexts()

async function write(page, text) {
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
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
      await fits(page)
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
  await page.locator('.result').getByText('Yes', { exact: true }).waitFor()
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

const asking = (query, more = 'lang=en') => `#${more}&query=${encodeURIComponent(query)}`

for (const [status, said, next] of [
  [503, 'too busy', 'Try again shortly'], [429, 'too busy', 'Try again shortly'], [504, 'takes too long', 'LIMIT'], [507, 'too much memory', 'LIMIT'],
  [422, 'longer than the server allows', 'OFFSET'], [413, 'itself is too long', 'VALUES'], [403, 'not allowed', 'without SERVICE'], [500, 'could not answer', 'another way'],
]) {
  scene(`status ${status} is a sentence that says what to do next`, () => on(asking(`SELECT * { status ${status} }`), WIDE, async (page) => {
    const alert = page.getByRole('alert')
    await alert.getByText(said).waitFor()
    assert.match(await alert.innerText(), new RegExp(next))
    assert.match(await alert.innerText(), /The server says: what the server says/)
    assert.equal(await alert.getByRole('button', { name: 'Try again' }).count(), [429, 500, 503].includes(status) ? 1 : 0)
    await accessible(page)
  }, /status of \d+/))
}

scene('an answer that breaks off is not shown, and offline is said so', () => on(asking('SELECT * { cut }'), WIDE, async (page) => {
  await page.getByRole('alert').getByText('broke off before its end').waitFor()
  assert.equal(await page.locator('tbody').count(), 0)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('alert').getByText('not connected to the network').waitFor()
  await page.context().setOffline(false)
  await write(page, 'ASK {}')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.locator('.result').getByText('Yes', { exact: true }).waitFor()
}, /net::ERR/))

for (const [lang, size, place] of [['de', WIDE, 'wide'], ['en', NARROW, 'narrow']]) {
  scene(`things that rows tie are a graph (${lang}, ${place})`, () => on(asking('SELECT * { tied }', `lang=${lang}&view=graph`), size, async (page) => {
    await page.locator('.picture canvas').first().waitFor()
    await page.getByText(lang === 'de' ? 'Knoten: 5, Verbindungen: 4.' : 'Nodes: 5, ties: 4.').waitFor()
    assert.match(await page.locator('.picture [role=img]').getAttribute('aria-label'), /: 5, .*: 4\./)
    await accessible(page)
    await fits(page)
    await page.getByRole('button', { name: 'Münster (2)' }).focus()
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('.chosen li').count(), 2)
    await accessible(page)
    if (pictures) await page.screenshot({ path: `${pictures}/graph-${lang}-${place}.png`, fullPage: true })
    await page.getByRole('button', { name: lang === 'de' ? 'Als Tabelle zeigen' : 'Show as a table' }).click()
    await page.locator('tbody tr').first().waitFor()
    assert.doesNotMatch(page.url(), /view=table/)
  }))

  scene(`rows with a place are a map, which is a table too (${lang}, ${place})`, () => on(asking('SELECT * { tied }', `lang=${lang}&view=map`), size, async (page) => {
    await page.locator('circle[data-key]').first().waitFor()
    assert.equal(await page.locator('circle[data-key]').count(), 2)
    // The town that nobody knows the place of is not on the map, and that is said.
    await page.getByText(lang === 'de' ? 'Orte: 2, aus Zeilen: 3. Zeilen ohne bekannte Lage, nur in der Tabelle: 1.' : 'Places: 2, from rows: 3. Rows without a known place, in the table only: 1.').waitFor()
    await page.locator('details summary').nth(1).click()
    const rows = page.getByRole('region', { name: lang === 'de' ? 'Orte als Tabelle' : 'Places as a table' }).locator('tbody tr')
    assert.deepEqual((await rows.first().locator('td').allInnerTexts()).slice(0, 4), ['Münster', lang === 'de' ? '51,96' : '51.96', lang === 'de' ? '7,63' : '7.63', '2'])
    await rows.first().getByRole('button').focus()
    await page.keyboard.press('Enter')
    assert.equal(await page.locator('circle.chosen').count(), 1)
    await page.locator('[role=status] .chosen').getByRole('link', { name: 'Münster' }).waitFor()
    await accessible(page)
    await fits(page)
    if (pictures) await page.screenshot({ path: `${pictures}/map-${lang}-${place}.png`, fullPage: true })
  }))
}

scene('the map is moved, zoomed and sized by a column; a mark is chosen by a click', () => on(asking('SELECT * { tied }', 'lang=en&view=map'), WIDE, async (page) => {
  const marks = page.locator('circle[data-key]')
  await marks.first().waitFor()
  const radii = async () => (await marks.evaluateAll((all) => all.map((one) => Number(one.getAttribute('r'))))).sort((a, b) => a - b)
  const before = await radii()
  await page.getByRole('combobox', { name: 'Size' }).selectOption('n')
  await page.getByText('The area of a mark goes with n').waitFor()
  const after = await radii()
  // 7 and 2: the areas of the marks have that ratio.
  assert.ok(Math.abs((after[1] / after[0]) ** 2 - 3.5) < 0.01, `${after}`)
  assert.notDeepEqual(after, before)
  const x = async () => Number(await marks.first().getAttribute('cx'))
  const start = await x()
  await page.getByRole('button', { name: 'Zoom in' }).click()
  assert.notEqual(await x(), start)
  await page.getByRole('button', { name: 'Show all' }).click()
  assert.equal(await x(), start)
  const box = await page.locator('.map').boundingBox()
  await page.mouse.move(box.x + 60, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 60, { steps: 5 })
  await page.mouse.up()
  assert.ok(Math.abs((await x()) - start - 100) < 1)
  await marks.last().click()
  await page.locator('[role=status] .chosen').waitFor()
}))

scene('coordinates of a row are its place, hostile names stay text', () => on(asking('SELECT * { points }', 'lang=en&view=map'), WIDE, async (page) => {
  await page.locator('circle[data-key="51.9 7.6"]').waitFor()
  await page.getByRole('combobox', { name: 'Place from' }).selectOption({ label: 'lat, long' })
  await page.locator('circle[data-key="52 8"]').waitFor()
}))

scene('a graph is a table, a picture and a text', () => on(asking('CONSTRUCT { tied } WHERE {}'), WIDE, async (page) => {
  await page.locator('.result').getByText('Graph of 2 statements').waitFor()
  assert.deepEqual(await page.locator('.views button').allInnerTexts(), ['Table', 'Graph', 'Map', 'Text (Turtle)'])
  assert.ok((await cells(page, 3)).some((cell) => cell.startsWith('a "note" ü')))
  await page.getByRole('button', { name: 'Graph', exact: true }).click()
  await page.getByText('Nodes: 2, ties: 1. Rows that tie nothing, in the table only: 1.').waitFor()
  await page.waitForURL(/view=graph/)
  await page.getByRole('button', { name: 'Text (Turtle)' }).click()
  await page.locator('pre').getByText('@prefix').waitFor()
  await accessible(page)
}))

scene('what an answer does not allow is not offered', () => on(asking('SELECT * { rows }', 'lang=en&view=map'), WIDE, async (page) => {
  await page.locator('circle[data-key]').first().waitFor()
  assert.deepEqual(await page.locator('.views button').allInnerTexts(), ['Table', 'Chart', 'Map'])
  await write(page, 'SELECT * { many }')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.locator('.result').getByText('450 rows').waitFor()
  await page.getByText('No place is known for any of these rows.').waitFor()
}))

scene('what comes is said in a region that was there before', () => on('#lang=en', WIDE, async (page) => {
  const region = page.locator('main > [role=status]')
  await region.getByText('4 rows').waitFor({ state: 'attached' })
  await page.evaluate(() => { window.region = document.querySelector('main > [role=status]') })
  await page.getByRole('button', { name: 'Very many?' }).click()
  await region.getByText('450 rows').waitFor({ state: 'attached' })
  assert.ok(await page.evaluate(() => window.region === document.querySelector('main > [role=status]')))
}))

scene('on a narrow screen a chosen question makes room for its query', () => on('#lang=en', NARROW, async (page) => {
  await page.locator('tbody tr').first().waitFor()
  await page.locator('aside summary').click()
  await page.getByRole('button', { name: 'Very many?' }).click()
  await page.locator('.result').getByText('450 rows').first().waitFor({ state: 'attached' })
  assert.equal(await page.locator('aside ul').isVisible(), false)
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main')
}))

scene('the order of the keyboard is that of the page', () => on('#lang=en', WIDE, async (page) => {
  await page.locator('tbody tr').first().waitFor()
  const order = []
  for (let i = 0; i < 40 && !order.includes('CSV'); i += 1) {
    await page.keyboard.press('Tab')
    order.push(await page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.getAttribute('aria-label') || document.activeElement.className))
    // The editor keeps Tab for itself until Escape is pressed.
    if (await page.evaluate(() => document.activeElement.classList.contains('editor'))) await page.keyboard.press('Escape')
  }
  const places = ['Skip to the query', 'Graph', 'Deutsch', 'With whom?', 'Ask', 'Table', 'CSV'].map((name) => order.indexOf(name))
  assert.ok(places.every((at, i) => at >= 0 && (i === 0 || at > places[i - 1])), order.join(' > '))
}))

scene('long tables grow on demand, graphs are text, nothing is said to be nothing', () => on('#lang=en', WIDE, async (page) => {
  await page.getByRole('button', { name: 'Very many?' }).click()
  await page.locator('.result').getByText('450 rows').waitFor()
  assert.equal(await page.locator('tbody tr').count(), 200)
  await page.getByRole('button', { name: 'Show 200 more' }).click()
  assert.equal(await page.locator('tbody tr').count(), 400)
  await write(page, 'CONSTRUCT WHERE {}')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.locator('.result').getByText('Graph of 2 statements').waitFor()
  assert.equal(await page.getByRole('link', { name: 'JSON-LD' }).count(), 1)
  await write(page, 'SELECT * { nothing }')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.getByText('No row matches this query.').waitFor()
}))

scene('an address brings its query, which is there in other forms', () => on(`#lang=de&query=${encodeURIComponent("ASK { ?a ?b 'it' }")}`, WIDE, async (page) => {
  await page.locator('.result').getByText('Ja', { exact: true }).waitFor()
  assert.equal(await written(page), "ASK { ?a ?b 'it' }")
  await page.getByText('Dieselbe Abfrage anderswo').click()
  await page.getByRole('button', { name: 'curl' }).click()
  assert.match(await page.locator('pre').innerText(), /query=ASK \{ \?a \?b '\\''it'\\'' \}/)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('The same query elsewhere').waitFor()
  await page.waitForURL(/lang=en/)
}))

await runScenes(scenes)
await browser.close()
server.close()

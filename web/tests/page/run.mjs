/**
 * Look at the built page as a reader does: in a real browser, under the server's content security
 * policy, in both languages, wide and narrow, with the keyboard. Ends with the line "N passed, N failed".
 *
 *     node tests/page/run.mjs [folder for pictures]
 */

import { strict as assert } from 'node:assert'
import { accessible, fits, launch, look, runScenes } from './browser.mjs'
import { serve } from './serve.mjs'

const SELECTED = 'sel=network/netzwerk-innenstadt-nrw'
/** Members or memberships; another list of the panel has the heads of a network. */
const LIST = '.detail > .partners'
const pictures = process.argv[2]

const server = await serve()
const browser = await launch()

/** Open the page about networks and members, and run the steps when there is something to see. */
const on = (query, size, steps) => look(browser, { size, address: server.address, isAllowed: () => server.control.fail }, async (page) => {
  await page.goto(`${server.address}/graph${query}`)
  await page.waitForFunction(() => document.querySelector('[aria-busy=false] canvas, [role=alert], table'), null, { timeout: 15000 })
  await steps(page)
})

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 400, height: 800 }
const scenes = []
const scene = (name, run) => scenes.push([name, run])

for (const lang of ['de', 'en']) {
  for (const [size, place] of [[WIDE, 'wide'], [NARROW, 'narrow']]) {
    for (const [view, query] of [['picture', `?lang=${lang}`], ['details', `?lang=${lang}&${SELECTED}`], ['table', `?lang=${lang}&view=table&${SELECTED}`]]) {
      scene(`${view} is accessible (${lang}, ${place})`, () => on(query, size, async (page) => {
        if (query.includes('sel=')) await page.getByRole('heading', { level: 2, name: 'Netzwerk Innenstadt NRW' }).waitFor()
        if (query.includes('sel=')) await page.locator(`${LIST} li`).first().waitFor()
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang)
        await fits(page)
        await accessible(page)
        if (pictures) await page.screenshot({ path: `${pictures}/${view}-${lang}-${place}.png` })
      }))
    }
  }
}

scene('search, choose and close with the keyboard', () => on('?lang=en', WIDE, async (page) => {
  await page.getByRole('combobox').first().focus()
  await page.keyboard.type('stadtregion')
  await page.getByRole('option').first().waitFor()
  assert.equal(await page.locator('.search [role=status]').textContent(), '1 hit')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'Stadtregion Münster' }).waitFor()
  assert.match(page.url(), /sel=network\/stadtregion-muenster/)
  await page.locator(`${LIST} button.partner`).first().waitFor()
  // 12 municipalities make up the Stadtregion Münster.
  assert.equal(await page.locator(`${LIST} button.partner`).count(), 12)
  await page.locator(`${LIST} button.partner`).first().focus()
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate(() => document.activeElement.textContent), await page.locator(`${LIST} button.partner`).nth(1).textContent())
  await page.keyboard.press('Enter')
  await page.waitForURL(/sel=municipality\//)
  await page.goBack()
  await page.getByRole('heading', { level: 2, name: 'Stadtregion Münster' }).waitFor()
  await page.getByRole('button', { name: 'Close details' }).click()
  assert.equal(await page.locator('.detail').count(), 0)
}))

scene('the table shows what the filters leave, and opens details', () => on('?lang=en&view=table', WIDE, async (page) => {
  assert.equal(await page.locator('tbody tr').count(), 2)
  await page.getByLabel('City region').check()
  await page.waitForURL(/kinds=city-region/)
  assert.equal(await page.locator('tbody tr').count(), 1)
  await page.getByRole('button', { name: 'Members (12)' }).click()
  assert.equal(await page.locator('tbody tr').count(), 12)
  await page.getByRole('button', { name: 'Münster', exact: true }).click()
  await page.getByRole('heading', { level: 2, name: 'Münster' }).waitFor()
}))

scene('the day changes the roster, its source can be read', () => on(`?lang=en&as_of=2013-04-30&${SELECTED}`, WIDE, async (page) => {
  await page.locator(`${LIST} button.partner`).first().waitFor()
  assert.ok(await page.getByText('78 known by name of over 169 according to a source (2023)').isVisible())
  await page.locator(`${LIST} .line details`).first().locator('summary').click()
  assert.ok(await page.locator(`${LIST} .line .sources a`).first().isVisible())
  await page.getByRole('slider').fill('1990')
  await page.waitForURL(/as_of=1990-12-31/)
  await page.getByRole('button', { name: 'all times' }).click()
  await page.waitForFunction(() => location.search.includes('as_of=all'))
}))

scene('an empty selection says what to do next', () => on('?lang=de&min=999', WIDE, async (page) => {
  await page.getByText('Kein Netzwerk passt zu dieser Auswahl.').waitFor()
  await accessible(page)
  await page.locator('.message').getByRole('button').click()
  await page.locator('canvas').first().waitFor()
  assert.ok(!page.url().includes('min='))
}))

scene('a server that fails is named, and asked again on demand', async () => {
  server.control.fail = true
  await on('?lang=en', WIDE, async (page) => {
    await page.getByText('The server refused the request').waitFor()
    server.control.fail = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('canvas').first().waitFor()
  })
})

scene('a click into the picture chooses a network', () => on('?lang=en&kinds=city-region', WIDE, async (page) => {
  // Feel for a node around the middle, in a spiral: over one the pointer turns into a hand.
  const box = await page.locator('.canvas').boundingBox()
  const isHand = () => page.evaluate(() => document.querySelector('.canvas').style.cursor === 'pointer')
  for (let i = 0; i < 600 && !(await isHand()); i += 1) {
    const reach = 9 * Math.sqrt(i)
    await page.mouse.move(box.x + box.width / 2 + reach * Math.cos(i * 2.4), box.y + box.height / 2 + reach * Math.sin(i * 2.4))
  }
  await page.mouse.down()
  await page.mouse.up()
  await page.waitForURL(/sel=/)
  await page.locator(`${LIST} button.partner`).first().waitFor()
}))

await runScenes(scenes)
await browser.close()
server.close()

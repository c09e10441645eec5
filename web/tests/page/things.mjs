/**
 * Look at the pages that the server writes itself: accessible, in both languages, wide and narrow, without a script,
 * nothing blocked and nothing loaded from elsewhere. Ends with the line "N passed, N failed".
 *
 *     node tests/page/things.mjs address path…
 */

import { strict as assert } from 'node:assert'
import { accessible, fits, launch, look, runScenes } from './browser.mjs'

const [address, ...paths] = process.argv.slice(2)
const browser = await launch()

const scenes = paths.flatMap((path) => [['de', 1440], ['en', 400]].map(([lang, width]) => [
  `${path} (${lang}, ${width})`,
  () => look(browser, { size: { width, height: 900 }, address, isAllowed: (text) => text.includes('404') }, async (page) => {
    const answer = await page.goto(`${address}/${path}?lang=${lang}`)
    assert.equal(answer.status(), 200)
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang)
    // A description for machines is no script: nothing runs it.
    assert.equal(await page.locator('script:not([type="application/ld+json"])').count(), 0)
    assert.equal(await page.locator('h1').count(), 1)
    await fits(page)
    await accessible(page)
  }),
]))

await runScenes(scenes)
await browser.close()

/**
 * Look at the details of true networks and towns: where sources disagree, what they were called, what became of them.
 * In German wide and in English narrow, over the real server. Ends with the line "N passed, N failed".
 *
 *     node tests/page/detail.mjs address [folder for pictures]
 */

import { strict as assert } from 'node:assert'
import { accessible, fits, launch, look, runScenes } from './browser.mjs'

const [address, pictures] = process.argv.slice(2)
const browser = await launch()
const scenes = []

/** A scene; the steps get the panel, and a choice of a German or an English text. */
function scene(name, query, steps) {
  for (const [lang, width] of [['de', 1440], ['en', 400]]) {
    scenes.push([`${name} (${lang}, ${width})`, () => look(browser, { size: { width, height: 900 }, address }, async (page) => {
      await page.goto(`${address}/graph?lang=${lang}&view=table&${query}`)
      const panel = page.locator('.detail[aria-busy=false]')
      await panel.locator('h3').first().waitFor()
      await steps(panel, (de, en) => (lang === 'de' ? de : en), page)
      await fits(page)
      await accessible(page, '.detail')
      if (pictures) await panel.screenshot({ path: `${pictures}/${name.replaceAll(/\W+/g, '-')}-${lang}-${width}.png` })
    })])
  }
}

/** The rows of the panel's list of facts, as a reader sees them. */
const row = (panel, name) => panel.locator('dl > div').filter({ has: panel.page().getByText(name, { exact: true }) }).locator('dd')
const lines = async (place) => (await place.locator('.dispute > ul > li').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))

scene('a founding on which two sources disagree', 'sel=network/stadtregion-muenster', async (panel, say) => {
  const founded = row(panel, say('Gegründet', 'Founded'))
  await founded.getByText(say('Die Quellen widersprechen sich:', 'Sources disagree:')).waitFor()
  const [first, second, ...more] = await lines(founded)
  assert.deepEqual(more, [])
  // havixbeck-stadtregion-2013 says 2001, muenster-stadtregion 2013.
  assert.match(first, say(/^2001 laut Zukünftige Zusammenarbeit in der Stadtregion Münster .* Stelle: section 1\.2/, /^2001 according to Zukünftige Zusammenarbeit .* Place in the source: section 1\.2/))
  assert.match(second, say(/^2013 laut Stadt Münster: Stadtentwicklung .* Stelle: chronology/, /^2013 according to Stadt Münster: .* Place in the source: chronology/))
  const links = await founded.locator('.dispute a').evaluateAll((all) => all.map(({ href }) => href))
  assert.equal(links.length, 2)
  // The second has no address of its own at hand: what is known of it has a page.
  assert.ok(links[1].startsWith(`${address}/source/muenster-stadtregion?lang=`), links[1])
  assert.equal((await panel.page().request.get(links[1])).status(), 200)
})

scene('four sources against one', 'sel=network/metrex', async (panel, say) => {
  const founded = row(panel, say('Gegründet', 'Founded'))
  const [first] = await lines(founded)
  assert.match(first, say(/^1996 laut .* und 3 weitere Quellen$/, /^1996 according to .* and 3 more sources$/))
  assert.equal(await founded.locator('.sources a').first().isVisible(), false)
  await founded.locator('summary').focus()
  await panel.page().keyboard.press('Enter')
  assert.equal(await founded.locator('.sources a:visible').count(), 3)
})

scene('a number of members on which two sources disagree', 'sel=network/netzwerk-innenstadt-nrw&as_of=2023-12-31', async (panel, say) => {
  await panel.locator('.dispute').getByText(say('Für März 2023 widersprechen sich die Quellen:', 'For March 2023 sources disagree:')).waitFor()
  const said = await lines(panel)
  assert.match(said[0], say(/^über 169 Mitglieder laut /, /^over 169 Mitglieder according to /))
  assert.match(said[1], /^168 Kommunen und Partner /)
})

scene('numbers of members on which sources disagree at another time', 'sel=network/agfs-nrw&as_of=2018-06-01', async (panel, say) => {
  const summary = panel.locator('summary').filter({ hasText: say('Widersprüche der Quellen für andere Zeiten (1)', 'Disagreements of sources for other times (1)') })
  assert.equal(await panel.locator('.dispute').isVisible(), false)
  await summary.click()
  await panel.getByText(say('Für 19. Nov. 2013 widersprechen sich die Quellen:', 'For 19 Nov 2013 sources disagree:')).waitFor()
})

scene('the name of a past day', 'sel=network/iclei&as_of=1995-01-01', async (panel, say, page) => {
  await panel.getByRole('heading', { level: 2, name: 'International Council for Local Environmental Initiatives' }).waitFor()
  const named = panel.locator('.named')
  assert.match(await named.innerText(), say(/Name am 1\. Jan\. 1995\. Sonst hier geführt als „ICLEI/, /Name on 1 Jan 1995\. Otherwise listed here as “ICLEI/))
  assert.match(await named.innerText(), say(/belegt, 1990 bis 2003/, /attested, 1990 to 2003/))
  await named.locator('summary').click()
  assert.ok(await named.locator('.sources a').first().isVisible())
  const history = panel.locator('ol > li').first()
  assert.match(await history.innerText(), say(/^2003\s+Umbenannt, zuvor „International Council[^”]*“ \(nach dem gewählten Tag\)/, /^2003\s+Renamed, formerly “International Council[^”]*” \(after the chosen day\)/))
  // On another day it has the name under which it is listed.
  await page.goto(page.url().replace('1995-01-01', '2018-06-01'))
  await panel.getByRole('heading', { level: 2, name: 'ICLEI – Local Governments for Sustainability' }).waitFor()
  assert.equal(await panel.locator('.named').count(), 0)
})

scene('a town that merged, and what stands for it', 'sel=municipality/de-14521030&as_of=2020-01-01', async (panel, say) => {
  assert.match(await panel.locator('.gone').innerText(), say(/^Aue gab es an diesem Tag nicht mehr\. .*Aue-Bad Schlema/, /^Aue no longer existed on this day\. .*Aue-Bad Schlema/))
  const line = panel.locator('ol > li')
  assert.match((await line.innerText()).replaceAll(/\s+/g, ' '), say(/^1\. Jan\. 2019 Aufgegangen in Aue-Bad Schlema zusammen mit Bad Schlema 1 Quelle$/, /^1 Jan 2019 Merged into Aue-Bad Schlema together with Bad Schlema 1 source$/))
  await line.locator('summary').click()
  assert.ok(await line.locator('.sources a').first().isVisible())
  await line.getByRole('button', { name: 'Aue-Bad Schlema' }).click()
  await panel.getByRole('heading', { level: 2, name: 'Aue-Bad Schlema' }).waitFor()
  assert.match((await panel.locator('ol > li').innerText()).replaceAll(/\s+/g, ' '), say(/^1\. Jan\. 2019 Zusammenschluss aus Aue Bad Schlema 1 Quelle$/, /^1 Jan 2019 Merger of Aue Bad Schlema 1 source$/))
})

scene('a town on a day before it was formed', 'sel=municipality/de-14521035&as_of=2010-01-01', async (panel, say) => {
  assert.equal(await panel.locator('.gone').innerText(), say(
    'Aue-Bad Schlema gab es an diesem Tag noch nicht. An diesem Tag gab es stattdessen: Aue, Bad Schlema.',
    'Aue-Bad Schlema did not yet exist on this day. On this day there was instead: Aue, Bad Schlema.',
  ))
  assert.match(await panel.locator('ol > li').innerText(), say(/\(nach dem gewählten Tag\)/, /\(after the chosen day\)/))
  assert.equal(await panel.getByText(say('In der jetzigen Auswahl nicht zu sehen.', 'Not visible in the present selection.')).count(), 0)
})

scene('what a network came from though it is no member of anything', 'sel=network/metropolregion-mitteldeutschland', async (panel, say) => {
  const link = panel.getByRole('link', { name: 'Wirtschaftsinitiative für Mitteldeutschland' })
  const href = await link.evaluate((one) => one.href)
  assert.equal((await panel.page().request.get(href, { headers: { accept: 'text/html' } })).status(), 200)
  assert.ok(href.endsWith(say('?lang=de', '?lang=en')))
})

scene('who chaired a network on a day', 'sel=network/netzwerk-innenstadt-nrw&as_of=2018-06-01', async (panel, say) => {
  const heads = panel.locator('details').filter({ hasText: say('Vorsitz und Leitung (1)', 'Chair and management (1)') }).last()
  await heads.locator('summary').first().click()
  assert.equal(await heads.getByRole('button').first().innerText(), 'Gelsenkirchen')
  assert.match(await heads.locator('.line').first().innerText(), say(/^Vorsitz\s+2016 bis 2019/, /^Chair\s+2016 to 2019/))
})

await runScenes(scenes)
await browser.close()

/**
 * Use the query page over a real server, as a researcher does: every example, every view, what completion knows of real
 * data, real refusals, and the same query from a shell, Python and R. Ends with the line "N passed, N failed".
 *
 *     node tests/page/real.mjs address [python]
 *
 * The server must end a query after a second or two, and refuse answers of more than a few thousand rows.
 */

import { strict as assert } from 'node:assert'
import { spawnSync } from 'node:child_process'
import { accessible, launch, look, runScenes } from './browser.mjs'

const [address, python] = process.argv.slice(2)
const browser = await launch()
const scenes = []
const scene = (name, run) => scenes.push([name, run])

/** Open a page, and run the steps. */
const on = (path, steps, allowed = /(?!)/) => look(browser, { size: { width: 1280, height: 900 }, address, isAllowed: (text) => allowed.test(text) }, async (page) => {
  page.setDefaultTimeout(20000)
  const answer = await page.goto(`${address}/${path}`)
  assert.match(answer.headers()['content-security-policy'], /^default-src 'none'; script-src 'self'; style-src 'self';/)
  await steps(page)
})

const asking = (query, view = 'table', lang = 'en') => `sparql#${new URLSearchParams({ lang, view, query })}`
const result = (page) => page.locator('.result .head p, .result [role=alert]').first()
const written = (page) => page.evaluate(() => document.querySelector('.editor').shadowRoot.querySelector('.cm-content').innerText)

async function write(page, text) {
  await page.getByRole('textbox', { name: /^SPARQL/ }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
}

const MAP = `BASE <https://w3id.org/imcoop/>
SELECT ?network ?member ?population ?lat ?long {
  ?m org:organization ?network ; org:member ?member .
  ?member imc:population ?population ; geo:lat ?lat ; geo:long ?long
}`

scene('every example question has an answer, and the view that is chosen shows it', () => on('sparql#lang=de', async (page) => {
  const questions = page.locator('aside li button')
  await questions.first().waitFor()
  const n = await questions.count()
  assert.ok(n > 40, `${n} questions`)
  for (let i = 0; i < n; i += 1) {
    const question = await questions.nth(i).innerText()
    await questions.nth(i).click()
    await page.waitForFunction((text) => document.querySelector('h2.question')?.textContent === text && document.querySelector('.result')?.ariaBusy === 'false', question)
    await result(page).waitFor()
    assert.equal(await page.locator('.result [role=alert]').count(), 0, question)
  }
}))

scene('municipalities are on the map by their coordinates and by their names', () => on(asking(MAP, 'map', 'de'), async (page) => {
  await page.locator('circle[data-key]').first().waitFor()
  const n = await page.locator('circle[data-key]').count()
  assert.ok(n >= 12, `${n} marks`)
  await page.getByRole('combobox', { name: 'Lage aus' }).selectOption({ label: 'member' })
  assert.equal(await page.locator('circle[data-key]').count(), n)
  await page.waitForFunction(() => [...document.querySelectorAll('circle[data-key] title')].some(({ textContent }) => textContent.startsWith('Münster: ')))
  assert.ok(await page.locator('.labels text').count() > 2)
  assert.ok((await page.locator('path.ground').getAttribute('d')).length > 100)
  await accessible(page)
}))

scene('networks and members are a picture, and so is a graph', () => on(asking(MAP, 'graph', 'de'), async (page) => {
  await page.locator('.picture canvas').first().waitFor()
  assert.match(await page.locator('.picture [role=img]').getAttribute('aria-label'), /Knoten: \d+, Verbindungen: \d+/)
  await accessible(page)
  await write(page, 'CONSTRUCT { ?n org:hasMember ?m } WHERE { ?n org:hasMember ?m } LIMIT 20')
  await page.getByRole('button', { name: 'Abfragen' }).click()
  await page.locator('.result').getByText('Graph mit 20 Aussagen').waitFor()
  await page.getByText('Verbindungen: 20.').waitFor()
  await page.getByRole('button', { name: 'Text (Turtle)' }).click()
  await page.locator('pre').getByText('hasMember').first().waitFor()
}))

for (const [lang, label] of [['de', 'Einwohnerzahl'], ['en', 'population']]) {
  scene(`completion knows where a path leads, in OPTIONAL, after a semicolon (${lang})`, () => on(`sparql#lang=${lang}`, async (page) => {
    await result(page).waitFor()
    await write(page, 'SELECT * {\n?m org:organization ?n .\nOPTIONAL { ?m org:role ?r ; org:member/imc:pop')
    await page.getByRole('option', { name: new RegExp(`^imc:population ?${label}`) }).waitFor()
    assert.equal(await page.getByRole('option', { name: /imc:officialKey/ }).count(), 0)
    await page.waitForTimeout(100)
    await page.keyboard.press('Enter')
    assert.match(await written(page), /^PREFIX imc: <https:\/\/w3id\.org\/imcoop\/ontology#>\n/)
  }))
}

scene('an error is at its place, a refusal says why', () => on(asking('SELECT * {\n  ?s ?p\n}', 'table', 'de'), async (page) => {
  await page.getByRole('alert').getByText(/Zeile 3, Spalte \d/).waitFor()
  await page.waitForFunction(() => document.querySelector('.editor').shadowRoot.querySelector('.cm-lintRange-error'))
  await accessible(page)
  await write(page, 'SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }')
  await page.getByRole('button', { name: 'Abfragen' }).click()
  await page.getByRole('alert').getByText('nicht erlaubt').waitFor()
}, /status of 40[03]/))

scene('what takes too long or is too long says so', () => on(asking('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?a != ?g) }'), async (page) => {
  await page.getByRole('alert').getByText('takes too long').waitFor()
  await write(page, 'SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000')
  await page.getByRole('button', { name: 'Ask' }).click()
  // Where a part of it was sent already it breaks off, and nothing of it is shown.
  await page.getByRole('alert').getByText('longer than the server allows').waitFor()
  assert.equal(await page.locator('.result tbody').count(), 0)
  await write(page, 'ASK {}')
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.locator('.result').getByText('Yes', { exact: true }).waitFor()
}, /status of (?:504|422)|net::ERR/))

scene('every format can be downloaded', async () => {
  for (const [query, n] of [['SELECT * { ?s a imc:CooperationNetwork }', 4], ['CONSTRUCT WHERE { ?s a imc:CooperationNetwork }', 6]]) {
    await on(asking(query), async (page) => {
      await result(page).waitFor()
      const links = await page.locator('.save a').evaluateAll((all) => all.map(({ href, download }) => ({ href, download })))
      assert.equal(links.length, n)
      const types = new Set()
      for (const { href, download } of links) {
        const answer = await page.request.get(href)
        assert.equal(answer.status(), 200, href)
        assert.match(download, /^kgraph-[0-9a-f]+\.\w+$/)
        types.add(answer.headers()['content-type'])
      }
      assert.equal(types.size, n, [...types].join(' '))
    })
  }
})

scene('the same query is a link, a command, and programs that run', () => on(asking('SELECT ?n { ?n a imc:CooperationNetwork ; rdfs:label ?l . FILTER (STR(?l) != "it\'s \\\\ \\"so\\"") }'), async (page) => {
  await page.locator('tbody tr').first().waitFor()
  const n = await page.locator('tbody tr').count()
  await page.getByText('The same query elsewhere').click()
  const links = await page.locator('.line a').evaluateAll((all) => all.map(({ href }) => href))
  assert.equal((await (await page.request.get(links[1])).text()).trim().split('\n').length, n + 1)
  const code = async (form) => {
    await page.getByRole('button', { name: form, exact: true }).click()
    return page.locator('pre').innerText()
  }
  const run = (command, ...rest) => {
    const { status, stdout, stderr, error } = spawnSync(command, rest, { encoding: 'utf8', timeout: 60000 })
    assert.equal(status, 0, `${error ?? stderr}`)
    return stdout
  }
  const isThere = (command) => spawnSync(command, ['--version']).status === 0
  if (isThere('curl')) assert.equal(run('sh', '-c', await code('curl')).trim().split('\n').length, n + 1)
  if (python) assert.match(run(python, '-c', await code('Python')), new RegExp(`\\[${n} rows|^ *${n - 1} `, 'm'))
  if (isThere('Rscript')) assert.match(run('Rscript', '-e', `${await code('R')}\ncat("rows:", nrow(table))`), new RegExp(`rows: ${n}$`))
}))

scene('the graph page leads to the query page, the ontology, the release and the feeds', () => on('graph?lang=en', async (page) => {
  const hrefs = await page.locator('aside footer a').evaluateAll((all) => all.map(({ href }) => href))
  for (const name of ['sparql', 'ontology', 'data/release']) assert.ok(hrefs.some((href) => href.startsWith(`${address}/${name}`)), name)
  const feeds = await page.locator('link[rel=alternate]').evaluateAll((all) => all.map(({ href, type }) => ({ href, type })))
  assert.deepEqual([...new Set(feeds.map(({ type }) => type))], ['application/atom+xml', 'application/feed+json'])
  for (const { href, type } of [...hrefs.map((one) => ({ href: one, type: '' })), ...feeds]) {
    const answer = await page.request.get(href)
    assert.equal(answer.status(), 200, href)
    assert.ok(answer.headers()['content-type'].startsWith(type), href)
  }
}))

await runScenes(scenes)
await browser.close()

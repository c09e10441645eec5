/** A Chromium of this machine, pages opened in it as a reader does, and what has to hold on each of them. */

import { strict as assert } from 'node:assert'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const PLACES = [process.env.KGRAPH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The browser, with the switches that draw WebGL without a graphics card; ends the process with 77 where there is none. */
export function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place))
  if (!executablePath) {
    console.log('no Chromium found; name one in KGRAPH_CHROMIUM')
    process.exit(77)
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

/**
 * Open a page, run the steps, and hold that nothing left the host, nothing was blocked and nothing failed but what is
 * allowed to.
 */
export async function look(browser, { size, address, isAllowed = () => false }, steps) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => { if (message.type() === 'error' && !isAllowed(message.text())) faults.push(message.text()) })
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`) && !request.url().startsWith('data:')) faults.push(`request to ${request.url()}`)
  })
  try {
    await steps(page)
    assert.deepEqual(faults, [])
  } finally {
    await context.close()
  }
}

/** Hold that everybody can use a page, or the part of it that a selector names. */
export async function accessible(page, part = 'html') {
  await page.evaluate(AXE)
  const { violations, passes } = await page.evaluate(
    ([selector, values]) => window.axe.run(selector, { runOnly: { type: 'tag', values } }), [part, RULES],
  )
  assert.ok(part !== 'html' || passes.length > 15, `axe ran ${passes.length} rules only`)
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`), [])
}

/** Hold that nothing is wider than the window. */
export async function fits(page) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(beyond <= 0, `scrolls sideways by ${beyond} pixels`)
}

/** Run scenes one after the other, say how each went, and let the process tell whether all passed. */
export async function runScenes(scenes) {
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
  console.log(`${scenes.length - failed} passed, ${failed} failed`)
  process.exitCode = failed ? 1 : 0
}

/** A Chromium of this machine, with the switches that draw WebGL without a graphics card. */

import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const PLACES = [process.env.KGRAPH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

export const browserPath = () => PLACES.find((place) => place && existsSync(place))

export const launch = () => chromium.launch({
  executablePath: browserPath(),
  args: ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})

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

/** Serve the built page as the real server does (same content security policy), over the fake API. */

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fakeApi } from './fake-api.mjs'
import { fakeQueries, fakeSparql } from './fake-sparql.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const BUILT = join(here, '../../../api/kgraph_api/web')
const FIXTURE = join(here, '../fixtures/api.json')

export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "font-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.md': 'text/markdown; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.json': 'application/json',
}

/** Start on a free port of this machine; `control.fail` makes the API answer with an error. */
export async function serve({ port = 0, fixture = FIXTURE } = {}) {
  const answer = fakeApi(fixture)
  const control = { fail: false }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost')
    const send = (status, type, body) => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' })
      response.end(body)
    }
    if (url.pathname.startsWith('/api/v1/')) {
      const found = control.fail ? null : fakeQueries(url) ?? answer(url.pathname.slice('/api/v1/'.length), Object.fromEntries(url.searchParams))
      if (found) return send(200, 'application/json', JSON.stringify(found))
      const status = control.fail ? 503 : 404
      return send(status, 'application/problem+json', JSON.stringify({ title: 'No answer', status, detail: control.fail ? 'the release is being changed' : 'there is no such thing' }))
    }
    if (url.pathname === '/sparql' && (request.method === 'POST' || url.searchParams.has('query'))) {
      const { status, type, body, isCut } = await fakeSparql(request)
      if (!isCut) return send(status, type, body)
      // More is promised than comes: what a server does that cannot finish an answer.
      response.writeHead(status, { 'content-type': type, 'content-length': body.length + 1000 })
      response.write(body)
      return setTimeout(() => response.destroy(), 50)
    }
    const name = url.pathname === '/sparql' ? 'sparql.html' : url.pathname === '/graph' || url.pathname === '/' ? 'index.html' : normalize(url.pathname).replace(/^[/\\]+/, '')
    try {
      send(200, TYPES[extname(name)] ?? 'application/octet-stream', await readFile(join(BUILT, name)))
    } catch {
      send(404, 'text/plain', 'not found')
    }
  })
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', resolve) })
  return { address: `http://127.0.0.1:${server.address().port}`, control, close: () => server.close() }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve({ port: 5175, fixture: process.argv[2] ?? FIXTURE })
  console.log(`${address}/graph`)
}

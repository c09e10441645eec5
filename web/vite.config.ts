import { appendFileSync, readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const OUT = '../api/kgraph_api/web'
const LICENCES = 'licenses.md'

/** The licence of the bundled font joins those of the scripts, which vite collects itself. */
const fontLicence: Plugin = {
  name: 'font-licence',
  apply: 'build',
  closeBundle() {
    const text = readFileSync('node_modules/@fontsource-variable/source-sans-3/LICENSE', 'utf8')
    appendFileSync(`${OUT}/${LICENCES}`, `\n\n## Source Sans 3 (font)\n\n${text}`)
  },
}

export default defineConfig({
  // Relative, so that the server may stand behind any path prefix.
  base: './',
  plugins: [svelte(), svelteTesting(), fontLicence],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    // The content security policy allows files of our own only: no data: scripts, no inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    license: { fileName: LICENCES },
    rolldownOptions: { input: ['index.html', 'sparql.html'] },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8000', '^/sparql$': 'http://127.0.0.1:8000' },
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
  },
})

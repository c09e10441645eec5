import { readFileSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** The licence of the bundled font travels with it; vite's own list names scripts only. */
const fontLicence: Plugin = {
  name: 'font-licence',
  generateBundle() {
    const source = readFileSync('node_modules/@fontsource-variable/source-sans-3/LICENSE', 'utf8')
    this.emitFile({ type: 'asset', fileName: 'licenses-font.txt', source })
  },
}

export default defineConfig({
  // Relative, so that the server may stand behind any path prefix.
  base: './',
  plugins: [svelte(), svelteTesting(), fontLicence],
  build: {
    outDir: '../api/kgraph_api/web',
    emptyOutDir: true,
    // The content security policy allows files of our own only: no data: scripts, no inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    license: { fileName: 'licenses.md' },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8000' },
  },
  test: {
    environment: 'happy-dom',
    include: ['tests/**/*.test.ts'],
  },
})

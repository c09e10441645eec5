/** Colours of networks by kind or theme. Pure. Each has a contrast of at least 3:1 on the background. */

import type { Colouring } from './address'
import type { GraphNode } from '../types'

export const MEMBER = '#8a949e'
export const OTHER = '#6b6f76'

const PALETTE = ['#0b6aa8', '#c2410c', '#2b7a3f', '#7b3fa0', '#b8336a', '#8a6508', '#0f7f86', '#4b4fc4', '#a33a2a']

export type Palette = ReadonlyMap<string, string>

/** The most frequent codes get a colour each, in this order; the rest share one grey. */
export function palette(codes: readonly string[]): Palette {
  return new Map(codes.slice(0, PALETTE.length).map((code, i) => [code, PALETTE[i] ?? OTHER]))
}

/** The code that colours a network: its kind, or the first of its themes that has a colour. */
export function codeOf(node: GraphNode, by: Colouring, colours: Palette): string | undefined {
  if (by === 'kind') return node.kind
  return node.themes.find((theme) => colours.has(theme))
}

export function colourOf(node: GraphNode, by: Colouring, colours: Palette): string {
  if (node.type === 'member') return MEMBER
  return colours.get(codeOf(node, by, colours) ?? '') ?? OTHER
}

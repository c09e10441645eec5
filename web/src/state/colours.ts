/** Colours of networks by kind or theme. Pure. Each has a contrast of at least 3:1 on the background. */

import type { Colouring } from './address'
import type { GraphNode } from '../types'

export const MEMBER = '#8a949e'
export const OTHER = '#6b6f76'

const PALETTE = ['#0b6aa8', '#c2410c', '#2b7a3f', '#7b3fa0', '#b8336a', '#8a6508', '#0f7f86', '#4b4fc4', '#a33a2a']

/** The kinds in the order in which they get a colour, so that a colour means the same on every day. */
export const KINDS: readonly string[] = [
  'network', 'project', 'transnational-network', 'city-region', 'metropolitan-region', 'funding-programme',
  'municipal-association', 'special-purpose-association', 'working-group',
]

/** An order of codes with what is new at its end: a code keeps its place, and so its colour. */
export function extended(order: readonly string[], codes: readonly string[]): string[] {
  return [...order, ...codes.filter((code) => !order.includes(code))]
}

/** The colours that the networks shown have, in the order of the palette, and whether some are grey. */
export function inUse(
  networks: readonly GraphNode[], by: Colouring, colours: Palette,
): { colours: Palette; hasOthers: boolean } {
  const used = new Set(networks.map((node) => codeOf(node, by, colours) ?? ''))
  return {
    colours: new Map([...colours].filter(([code]) => used.has(code))),
    hasOthers: [...used].some((code) => !colours.has(code)),
  }
}

export type Palette = ReadonlyMap<string, string>

/** The first codes get a colour each, in this order; the rest share one grey. */
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

/** The picture on the canvas: sigma with our shapes, colours and labels that never overlap. */

import { createNodeBorderProgram } from '@sigma/node-border'
import { NodeSquareProgram } from '@sigma/node-square'
import Graph from 'graphology'
import Sigma from 'sigma'
import { createNodeCompoundProgram, NodeCircleProgram } from 'sigma/rendering'
import type { Settings } from 'sigma/settings'
import type { NodeDisplayData } from 'sigma/types'

import { colourOf, MEMBER, type Palette } from '../../state/colours'
import type { Colouring } from '../../state/address'
import { MANY_EDGES, type Shown } from '../../state/filters'
import { labelOf, type GraphData } from '../../state/graph'
import type { GraphNode, Language } from '../../types'
import { drawLabel, drawLabels, FONT, type Drawn } from './labels'

export interface Look {
  data: GraphData
  part: Shown
  lang: Language
  colouring: Colouring
  colours: Palette
  selected: string | null
}

const FADED = '#e6eaee'
const EDGE = { attested: '#c2ccd6', presumed: '#e4e9ee' }
const EDGE_SIZE = { attested: 0.8, presumed: 0.5 }
const LONGEST_LABEL = 44
/** So few nodes that each is named where there is room. */
const FEW = 60

/** The square alone: its package would draw labels of its own, past ours. */
const Square = createNodeCompoundProgram([NodeSquareProgram])

export class Picture {
  private readonly sigma: Sigma
  private graph = new Graph({ type: 'undirected', multi: true })
  private look: Look | null = null
  private visible = new Set<string>()
  private hovered: string | null = null
  private near = new Set<string>()
  private waiting: Drawn[] = []
  /** What was chosen in the picture itself: there the camera stays where the reader has it. */
  private clicked: string | null = null

  constructor(
    container: HTMLElement,
    private readonly calm: boolean,
    onselect: (iri: string | null) => void,
  ) {
    this.sigma = new Sigma(this.graph, container, this.settings())
    this.sigma.on('clickNode', ({ node }) => {
      this.clicked = node
      onselect(node)
    })
    this.sigma.on('clickStage', () => onselect(null))
    this.sigma.on('enterNode', ({ node }) => {
      container.style.cursor = 'pointer'
      this.point(node)
    })
    this.sigma.on('leaveNode', () => {
      container.style.cursor = ''
      this.point(null)
    })
    this.sigma.on('beforeRender', () => { this.waiting = [] })
    this.sigma.on('afterRender', () => {
      const context = this.sigma.getCanvases().labels?.getContext('2d')
      if (context) drawLabels(context, this.waiting)
    })
    // Canvas text does not wait for a font: draw again when it is there.
    void document.fonts.load(`600 13px ${FONT}`).then(() => this.sigma.refresh({ skipIndexation: true }))
  }

  show(look: Look): void {
    const before = this.look
    this.look = look
    if (before?.data !== look.data) this.load(look.data)
    this.visible = new Set([...look.part.networks, ...look.part.members].map((node) => node.id))
    this.focus()
    this.sigma.setSetting('hideEdgesOnMove', look.part.edges.length > MANY_EDGES)
    if (!before) this.frame(0.015)
    this.sigma.refresh()
    if (look.selected && look.selected !== before?.selected && look.selected !== this.clicked) this.approach()
    this.clicked = null
  }

  /** Light up one node and what is beside it, as the pointer or the arrow keys name it. */
  point(iri: string | null): void {
    this.hovered = iri !== null && this.visible.has(iri) ? iri : null
    this.focus()
    this.sigma.refresh({ skipIndexation: true })
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera()
    void camera.animate({ ratio: camera.ratio * factor }, { duration: this.calm ? 0 : 200 })
  }

  fit(): void {
    this.frame(0)
    void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1 }, { duration: this.calm ? 0 : 300 })
  }

  destroy(): void {
    this.sigma.kill()
  }

  private load(data: GraphData): void {
    const graph = new Graph({ type: 'undirected', multi: true })
    for (const node of data.nodes.values()) graph.addNode(node.id, { x: node.x, y: node.y })
    for (const edge of data.edges) graph.addEdge(edge.source, edge.target, { certainty: edge.certainty })
    this.graph = graph
    this.hovered = null
    this.sigma.setGraph(graph)
  }

  /** The extent that the camera starts from; a few far away places are left out of the first view. */
  private frame(trim: number): void {
    const nodes = [...this.visible].map((id) => this.look?.data.nodes.get(id)).filter((n) => n !== undefined)
    const x = between(nodes.map((node) => node.x ?? 0), trim)
    const y = between(nodes.map((node) => node.y ?? 0), trim)
    if (x && y) this.sigma.setCustomBBox({ x, y })
  }

  /** Move the camera to what is lit: the selected thing and all that it is tied to. */
  private approach(): void {
    const places = [...this.near].filter((id) => this.visible.has(id)).map((id) => this.sigma.getNodeDisplayData(id))
    const x = between(places.flatMap((place) => place?.x ?? []), 0.02)
    const y = between(places.flatMap((place) => place?.y ?? []), 0.02)
    if (!x || !y) return
    const ratio = Math.min(1.2, Math.max(0.12, 1.35 * Math.max(x[1] - x[0], y[1] - y[0])))
    const camera = { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2, ratio }
    void this.sigma.getCamera().animate(camera, { duration: this.calm ? 0 : 400 })
  }

  private focus(): void {
    const centre = this.hovered ?? this.look?.selected ?? null
    const { data } = this.look ?? {}
    this.near = new Set(centre && data && this.visible.has(centre) ? [centre, ...(data.beside.get(centre) ?? [])] : [])
  }

  private settings(): Partial<Settings> {
    return {
      allowInvalidContainer: true,
      zIndex: true,
      stagePadding: 36,
      minCameraRatio: 0.02,
      maxCameraRatio: 3,
      labelFont: FONT,
      labelSize: 13,
      labelDensity: 2,
      labelGridCellSize: 120,
      labelRenderedSizeThreshold: 6,
      defaultNodeType: 'network',
      // Drawn in this order: networks lie on top; whatever is faded is a plain circle at the bottom.
      nodeProgramClasses: {
        municipality: NodeCircleProgram,
        other: Square,
        network: createNodeBorderProgram({
          borders: [
            { size: { value: 1.5, mode: 'pixels' }, color: { value: '#ffffff' } },
            { size: { fill: true }, color: { attribute: 'color' } },
          ],
        }),
      },
      nodeReducer: (id) => this.drawnNode(id),
      edgeReducer: (id, attributes) => this.drawnEdge(id, attributes.certainty as 'attested' | 'presumed'),
      defaultDrawNodeLabel: (_context, data) => { this.waiting.push(data as Drawn) },
      defaultDrawNodeHover: (context, data) => { drawLabel(context, { ...data, highlighted: true } as Drawn, true) },
    }
  }

  /** Smaller on a narrow screen, where the same places stand closer together. */
  private get scale(): number {
    return Math.min(1, Math.max(0.62, this.sigma.getDimensions().width / 900))
  }

  private drawnNode(id: string): Partial<NodeDisplayData> {
    const { look } = this
    const node = look?.data.nodes.get(id)
    if (!look || !node || !this.visible.has(id)) return { hidden: true, x: node?.x ?? 0, y: node?.y ?? 0 }
    const lit = this.near.size === 0 || this.near.has(id)
    const centre = id === look.selected || id === this.hovered
    return {
      x: node.x ?? 0,
      y: node.y ?? 0,
      type: lit ? shapeOf(node) : 'municipality',
      size: sizeOf(node, look.part.degree.get(id) ?? 0) * this.scale * (lit ? 1 : 0.6) + (centre ? 1.5 : 0),
      color: lit ? colourOf(node, look.colouring, look.colours) : FADED,
      label: lit ? shortened(labelOf(node, look.lang), Math.round(LONGEST_LABEL * this.scale)) : null,
      forceLabel: centre || this.visible.size <= FEW || (this.near.size > 0 && this.near.size <= FEW && lit),
      highlighted: centre,
      zIndex: (lit ? 2 : 0) + (node.type === 'network' ? 1 : 0),
    }
  }

  private drawnEdge(id: string, certainty: 'attested' | 'presumed'): { hidden?: boolean; color: string; size: number; zIndex: number } {
    const [source, target] = this.graph.extremities(id) as [string, string]
    const { look } = this
    const hidden = !look || !this.visible.has(source) || !this.visible.has(target)
    if (this.near.size === 0 || hidden) {
      return { hidden, color: EDGE[certainty], size: EDGE_SIZE[certainty], zIndex: 0 }
    }
    const centre = this.hovered ?? look.selected
    if (source !== centre && target !== centre) return { color: '#f0f2f5', size: 0.5, zIndex: 0 }
    const network = look.data.nodes.get(target)
    const colour = network ? colourOf(network, look.colouring, look.colours) : MEMBER
    return { color: certainty === 'attested' ? colour : softened(colour), size: EDGE_SIZE[certainty] * 1.5, zIndex: 1 }
  }
}

const shapeOf = (node: GraphNode): string =>
  node.type === 'network' ? 'network' : node.kind === 'municipality' ? 'municipality' : 'other'

const sizeOf = (node: GraphNode, degree: number): number =>
  node.type === 'network' ? 3.5 + 1.05 * Math.sqrt(degree) : 1.6 + 0.5 * Math.sqrt(degree)

const shortened = (label: string, longest: number): string =>
  label.length <= longest ? label : `${label.slice(0, longest - 1).trimEnd()}…`

/** Half way to white: the same hue for what is presumed only. */
const softened = (colour: string): string =>
  `#${[1, 3, 5].map((i) => Math.round((parseInt(colour.slice(i, i + 2), 16) + 255) / 2).toString(16)).join('')}`

function between(values: number[], trim: number): [number, number] | null {
  const ordered = [...values].sort((a, b) => a - b)
  const cut = Math.floor(ordered.length * trim)
  const [least, most] = [ordered[cut], ordered[ordered.length - 1 - cut]]
  if (least === undefined || most === undefined) return null
  return least === most ? [least - 1, most + 1] : [least, most]
}

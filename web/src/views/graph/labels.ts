/** Names on the canvas: the most important first, and none upon another. */

import type { NodeDisplayData, PartialButFor } from 'sigma/types'

export type Drawn = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'>
type Box = [left: number, top: number, right: number, bottom: number]

export const FONT = '"Source Sans 3 Variable", system-ui, sans-serif'
const INK = '#1c2733'

/** What is pointed at or selected first, then the largest; a label that would touch one already drawn is left out. */
export function drawLabels(context: CanvasRenderingContext2D, waiting: readonly Drawn[]): void {
  const taken: Box[] = []
  const first = (data: Drawn): number => Number(data.highlighted ?? false)
  for (const data of [...waiting].sort((a, b) => first(b) - first(a) || b.size - a.size)) {
    const box = boxOf(context, data)
    if (taken.some((other) => touch(box, other))) continue
    taken.push(box)
    // The hover layer draws what is pointed at; here it only keeps its place free.
    if (data.highlighted) taken.push(discOf(data))
    else drawLabel(context, data, false)
  }
}

function fontOf(data: Drawn): string {
  return `${data.type === 'network' ? 600 : 450} ${data.size > 12 ? 14 : 13}px ${FONT}`
}

function boxOf(context: CanvasRenderingContext2D, data: Drawn): Box {
  context.font = fontOf(data)
  const width = context.measureText(data.label ?? '').width
  const edge = context.canvas.clientWidth
  if (data.highlighted) {
    // Above its node, where it hides none of the neighbours beside it.
    const middle = Math.min(Math.max(data.x, width / 2 + 10), edge - width / 2 - 10)
    const above = data.y - data.size - 16
    return [middle - width / 2 - 3, above - 9, middle + width / 2 + 3, above + 9]
  }
  const right = data.x + data.size + 4
  // At the right edge of the picture the label stands on the left of its node.
  const left = right + width + 6 > edge ? Math.max(4, data.x - data.size - 4 - width) : right
  return [left - 3, data.y - 9, left + width + 3, data.y + 9]
}

const discOf = ({ x, y, size }: Drawn): Box => [x - size, y - size, x + size, y + size]

const touch = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]

export function drawLabel(context: CanvasRenderingContext2D, data: Drawn, raised: boolean): void {
  if (!data.label) return
  const [left, top, right, bottom] = boxOf(context, data)
  if (raised) {
    context.beginPath()
    context.fillStyle = '#ffffff'
    context.strokeStyle = INK
    context.lineWidth = 1
    context.roundRect(left - 2, top - 2, right - left + 6, bottom - top + 4, 4)
    context.fill()
    context.stroke()
    context.beginPath()
    context.lineWidth = 2
    context.arc(data.x, data.y, data.size + 2, 0, 2 * Math.PI)
    context.stroke()
  }
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = 'rgba(255, 255, 255, 0.92)'
  if (!raised) context.strokeText(data.label, left + 3, top + 13.5)
  context.fillStyle = INK
  context.fillText(data.label, left + 3, top + 13.5)
}

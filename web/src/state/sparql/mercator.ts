/** The plane of the map: Web Mercator in degrees of longitude, north up, y downwards as on the screen. Pure. */

import type { Position } from './places'

export interface Point { x: number; y: number }
/** What of the plane is shown: the middle, and the degrees across the width. */
export interface Frame extends Point { span: number }
export interface Size { width: number; height: number }

const DEGREES = 180 / Math.PI
/** From a street's length to the whole world. */
const LEAST = 0.05
const MOST = 360
/** The first view is never closer than this, or nobody could tell where it is. */
const CLOSEST = 1.5
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30]

export const project = ({ lat, long }: Position): Point => ({ x: long, y: -Math.asinh(Math.tan(lat / DEGREES)) * DEGREES })

export const latitudeOf = (y: number): number => -Math.atan(Math.sinh(y / DEGREES)) * DEGREES

/** The frame that holds all points, with some room around. */
export function frameOf(points: readonly Point[], { width, height }: Size): Frame {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (points.length === 0) return { x: 10, y: project({ lat: 51, long: 0 }).y, span: 12 }
  const span = Math.max(east - west, ((south - north) * width) / height, CLOSEST) * 1.3
  return { x: (west + east) / 2, y: (north + south) / 2, span: Math.min(span, MOST) }
}

export const zoomed = (frame: Frame, factor: number): Frame => ({ ...frame, span: Math.min(MOST, Math.max(LEAST, frame.span * factor)) })

/** Where a point of the plane is on the screen. */
export function onScreen({ x, y }: Point, frame: Frame, { width, height }: Size): Point {
  const scale = width / frame.span
  return { x: (x - frame.x) * scale + width / 2, y: (y - frame.y) * scale + height / 2 }
}

export interface Graticule { meridians: number[]; parallels: number[] }

/** The lines of a grid that suits the frame: about one in each hundred pixels. */
export function graticule(frame: Frame, size: Size): Graticule {
  const step = STEPS.find((one) => (one / frame.span) * size.width >= 90) ?? 60
  const half = (frame.span * size.height) / size.width / 2
  const lines = (from: number, to: number): number[] => {
    const first = Math.ceil(from / step)
    return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, i) => Number(((first + i) * step).toFixed(4)))
  }
  return {
    meridians: lines(Math.max(-180, frame.x - frame.span / 2), Math.min(180, frame.x + frame.span / 2)),
    parallels: lines(Math.max(-85, latitudeOf(frame.y + half)), Math.min(85, latitudeOf(frame.y - half))),
  }
}

/** A text from its left edge on; `isLeft` where it stands on the left of what it names. */
export interface Label extends Point { text: string; width: number; isLeft?: boolean }

/** For each thing the first of its labels that touches none before it and lies within the picture, if there is one. */
export function apart(things: readonly (readonly Label[])[], height: number, { width: edge }: Size, taken: readonly Label[] = []): Label[] {
  const kept: Label[] = []
  const fits = (one: Label): boolean => one.x >= 0 && one.x + one.width <= edge && [...taken, ...kept].every((other) =>
    one.x + one.width < other.x || other.x + other.width < one.x || Math.abs(one.y - other.y) >= height)
  for (const labels of things) {
    const found = labels.find(fits)
    if (found) kept.push(found)
  }
  return kept
}

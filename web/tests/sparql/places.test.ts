import { describe, expect, it } from 'vitest'
import { apart, frameOf, graticule, latitudeOf, onScreen, project, zoomed } from '../../src/state/sparql/mercator'
import { knownPlaces, pointOf, sourcesOf, spotsOf, valueAt, type PlaceSource } from '../../src/state/sparql/places'
import type { Row, Term } from '../../src/state/sparql/results'

const BASE = 'https://w3id.org/imcoop/'
const WKT = 'http://www.opengis.net/ont/geosparql#wktLiteral'
const uri = (value: string): Term => ({ type: 'uri', value })
const number = (value: number): Term => ({ type: 'literal', value: String(value), datatype: 'http://www.w3.org/2001/XMLSchema#decimal' })
const wkt = (value: string): Term => ({ type: 'literal', value, datatype: WKT })
const muenster = uri(`${BASE}id/municipality/de-05515000`)
const plain = ({ value }: Term): string => value
const KNOWN = knownPlaces(`place,lat,long,n\r\n${muenster.value},51.96,7.63,\r\n${BASE}id/state/de-05,51.5,7.5,396\r\n${muenster.value},1,1,9\r\n${BASE}x,,,\r\n`)

describe('the places of rows', () => {
  it.each<[string, Row, PlaceSource[]]>([
    ['a point', { p: wkt('POINT(7 52)') }, [{ kind: 'wkt', column: 'p' }]],
    ['a pair', { lat: number(52), long: number(7) }, [{ kind: 'pair', lat: 'lat', long: 'long' }]],
    ['two pairs', { a_lat: number(1), a_lon: number(2), b_latitude: number(3), b_longitude: number(4) },
      [{ kind: 'pair', lat: 'a_lat', long: 'a_lon' }, { kind: 'pair', lat: 'b_latitude', long: 'b_longitude' }]],
    ['halves of different pairs', { a_lat: number(1), b_lon: number(2) }, []],
    ['a pair of texts', { lat: { type: 'literal', value: '52' }, long: { type: 'literal', value: '7' } }, []],
    ['a territory', { t: muenster }, [{ kind: 'thing', column: 't' }]],
    ['what is no territory', { t: uri(`${BASE}id/network/x`), u: uri('http://elsewhere/id/municipality/x') }, []],
    ['all of them, the surest first', { t: muenster, lat: number(52), lng: number(7), p: wkt('POINT(7 52)') },
      [{ kind: 'wkt', column: 'p' }, { kind: 'pair', lat: 'lat', long: 'lng' }, { kind: 'thing', column: 't' }]],
  ])('%s', (_, row, expected) => {
    expect(sourcesOf(Object.keys(row), [row], BASE)).toEqual(expected)
  })

  it('reads the points of WKT, longitude first', () => {
    expect(pointOf(wkt('Point (7.5 -52)'))).toEqual({ lat: -52, long: 7.5 })
    expect(pointOf(wkt('<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(7 52)'))).toEqual({ lat: 52, long: 7 })
    for (const other of ['POLYGON((1 2, 3 4, 1 2))', '<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(52 7)', 'POINT(7 91)', 'POINT(200 5)', 'POINT EMPTY']) {
      expect(pointOf(wkt(other)), other).toBeNull()
    }
    expect(pointOf({ type: 'literal', value: 'POINT(7 52)' })).toBeNull()
  })

  it('knows territories; what has coordinates of its own keeps them', () => {
    expect(KNOWN.get(muenster.value)).toEqual({ lat: 51.96, long: 7.63, parts: 0 })
    expect(KNOWN.get(`${BASE}id/state/de-05`)?.parts).toBe(396)
    expect(KNOWN.size).toBe(2)
  })

  it('puts rows of one place together, names them, and tells what is missing', () => {
    const rows: Row[] = [
      { t: uri(`${BASE}id/municipality/none`), n: number(1) }, { t: muenster, n: number(3) }, { t: muenster, n: number(9) }, { n: number(2) },
    ]
    const { spots, missing } = spotsOf(['t', 'n'], rows, { kind: 'thing', column: 't' }, KNOWN, plain)
    expect(spots).toEqual([{ lat: 51.96, long: 7.63, parts: 0, names: [muenster.value], links: [muenster.value], rows: [1, 2] }])
    expect(missing).toBe(2)
    expect([valueAt(spots[0]!, rows, 'n'), valueAt(spots[0]!, rows, 't')]).toEqual([9, null])
  })

  it('names spots by the column that tells them apart', () => {
    const rows: Row[] = [1, 2].map((i) => ({ net: uri('net'), town: uri(`town${i}`), name: { type: 'literal', value: `n${i}` }, lat: number(50 + i), long: number(7) }))
    const pair: PlaceSource = { kind: 'pair', lat: 'lat', long: 'long' }
    const names = (columns: string[]) => spotsOf(columns, rows, pair, new Map(), plain).spots.map((spot) => spot.names[0])
    expect(names(['net', 'town', 'name', 'lat', 'long'])).toEqual(['town1', 'town2'])
    expect(names(['name', 'lat', 'long'])).toEqual(['n1', 'n2'])
    expect(names(['lat', 'long'])).toEqual([undefined, undefined])
  })
})

describe('the plane of the map', () => {
  const size = { width: 800, height: 400 }

  it('is the projection of the layout, upside down', () => {
    const { x, y } = project({ lat: 51.9625, long: 7.6256 })
    expect([x, Number(y.toFixed(3))]).toEqual([7.6256, -61.026])
    expect(latitudeOf(y)).toBeCloseTo(51.9625, 9)
  })

  it('shows all points, and is never too close', () => {
    const points = [{ lat: 47, long: 6 }, { lat: 55, long: 15 }].map(project)
    const frame = frameOf(points, size)
    for (const point of points) {
      const { x, y } = onScreen(point, frame, size)
      expect(x > 0 && x < 800 && y > 0 && y < 400).toBe(true)
    }
    expect(frameOf([points[0]!], size).span).toBeGreaterThan(1)
    expect(frameOf([], size).span).toBeGreaterThan(1)
    expect([zoomed(frame, 1e-9).span, zoomed(frame, 1e9).span]).toEqual([0.05, 360])
  })

  it('has a grid with room between its lines, within the world', () => {
    const { meridians, parallels } = graticule(frameOf([{ lat: 47, long: 6 }, { lat: 55, long: 15 }].map(project), size), size)
    expect(meridians.length).toBeGreaterThan(2)
    expect(meridians.length).toBeLessThan(10)
    expect(parallels).toContain(50)
    const world = graticule({ x: 0, y: 0, span: 360 }, size)
    expect([Math.min(...world.meridians), Math.max(...world.meridians)]).toEqual([-180, 180])
    expect(Math.max(...world.parallels)).toBeLessThanOrEqual(85)
  })

  it('puts labels where they touch none before them, or leaves them out', () => {
    const at = (x: number, y: number, text: string) => ({ x, y, width: 50, text })
    const one = (x: number, y: number, text: string) => [at(x, y, text)]
    const kept = apart([one(0, 10, 'a'), one(40, 12, 'b'), one(40, 40, 'c'), one(780, 90, 'd'), [at(45, 40, 'right'), at(200, 40, 'left')]], 17, size)
    expect(kept.map(({ text }) => text)).toEqual(['a', 'c', 'left'])
    expect(apart([one(0, 10, 'a')], 17, size, [at(10, 10, 'taken')])).toEqual([])
  })
})

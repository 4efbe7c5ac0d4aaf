/**
 * Ordnance Survey National Grid references from WGS 84, good to about 5 m over Great Britain: enough for the
 * reference under the cursor. The seven-parameter Helmert shift and the transverse Mercator series are those of
 * Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C.
 */
export type GridPoint = { readonly eastingM: number; readonly northingM: number }

const degree = Math.PI / 180
const arcSecond = degree / 3600

/** Airy 1830: semi-axes in metres. */
const airy = { a: 6_377_563.396, b: 6_356_256.909 }
/** GRS 80, the ellipsoid of WGS 84. */
const grs80 = { a: 6_378_137, b: 6_356_752.314_14 }

const nationalGrid = { scale: 0.9996012717, lat: 49 * degree, lon: -2 * degree, eastingM: 400_000, northingM: -100_000 }

/** Digits of the reference per axis: 4 = 10 m. Undefined outside the grid's 500 km squares. */
export function gridReference(lon: number, lat: number, digits = 4): string | undefined {
  const { eastingM, northingM } = toNationalGrid(lon, lat)
  const letters = squareLetters(Math.floor(eastingM / 100_000), Math.floor(northingM / 100_000))
  if (letters === undefined) return undefined
  return `${letters} ${withinSquare(eastingM, digits)} ${withinSquare(northingM, digits)}`
}

/** Easting and northing in metres on OSGB36 for a position in WGS 84 degrees. */
export function toNationalGrid(lon: number, lat: number): GridPoint {
  const osgb36 = shiftToOsgb36(toCartesian(lon * degree, lat * degree))
  return projectToGrid(toGeodetic(osgb36))
}

function withinSquare(metres: number, digits: number): string {
  const unit = 10 ** (5 - digits)
  return String(Math.floor((metres % 100_000) / unit)).padStart(digits, '0')
}

/** The two letters of a 100 km square: 5 × 5 squares of 500 km, each 5 × 5 of 100 km, without the letter I. */
function squareLetters(east: number, north: number): string | undefined {
  if (!(east >= 0 && east <= 6 && north >= 0 && north <= 12)) return undefined
  const fromNorth = 19 - north
  const first = fromNorth - (fromNorth % 5) + Math.floor((east + 10) / 5)
  const second = ((fromNorth * 5) % 25) + (east % 5)
  return gridLetter(first) + gridLetter(second)
}

function gridLetter(index: number): string {
  return 'ABCDEFGHJKLMNOPQRSTUVWXYZ'.charAt(index)
}

type Cartesian = readonly [x: number, y: number, z: number]

function toCartesian(lon: number, lat: number): Cartesian {
  const e2 = 1 - (grs80.b / grs80.a) ** 2
  const nu = grs80.a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
  const fromAxis = nu * Math.cos(lat)
  return [fromAxis * Math.cos(lon), fromAxis * Math.sin(lon), nu * (1 - e2) * Math.sin(lat)]
}

function shiftToOsgb36([x, y, z]: Cartesian): Cartesian {
  const scale = 1 + 20.4894e-6
  const rx = -0.1502 * arcSecond
  const ry = -0.247 * arcSecond
  const rz = -0.8421 * arcSecond
  return [
    -446.448 + x * scale - y * rz + z * ry,
    125.157 + x * rz + y * scale - z * rx,
    -542.06 - x * ry + y * rx + z * scale,
  ]
}

type Geodetic = { readonly lon: number; readonly lat: number }

/** Six rounds bring the latitude to well below a millimetre. */
function toGeodetic([x, y, z]: Cartesian): Geodetic {
  const e2 = 1 - (airy.b / airy.a) ** 2
  const fromAxis = Math.hypot(x, y)
  let lat = Math.atan2(z, fromAxis * (1 - e2))
  for (let round = 0; round < 6; round++) {
    const nu = airy.a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2)
    lat = Math.atan2(z + e2 * nu * Math.sin(lat), fromAxis)
  }
  return { lon: Math.atan2(y, x), lat }
}

/** Annex C.1 of the guide; the Roman numerals are its names for the terms. */
function projectToGrid({ lon, lat }: Geodetic): GridPoint {
  const e2 = 1 - (airy.b / airy.a) ** 2
  const sin = Math.sin(lat)
  const cos = Math.cos(lat)
  const tan2 = Math.tan(lat) ** 2
  const nu = (airy.a * nationalGrid.scale) / Math.sqrt(1 - e2 * sin ** 2)
  const rho = (airy.a * nationalGrid.scale * (1 - e2)) / (1 - e2 * sin ** 2) ** 1.5
  const eta2 = nu / rho - 1
  const i = meridionalArcM(lat) + nationalGrid.northingM
  const ii = (nu / 2) * sin * cos
  const iii = (nu / 24) * sin * cos ** 3 * (5 - tan2 + 9 * eta2)
  const iiia = (nu / 720) * sin * cos ** 5 * (61 - 58 * tan2 + tan2 ** 2)
  const iv = nu * cos
  const v = (nu / 6) * cos ** 3 * (nu / rho - tan2)
  const vi = (nu / 120) * cos ** 5 * (5 - 18 * tan2 + tan2 ** 2 + 14 * eta2 - 58 * tan2 * eta2)
  const east = lon - nationalGrid.lon
  return {
    eastingM: nationalGrid.eastingM + iv * east + v * east ** 3 + vi * east ** 5,
    northingM: i + ii * east ** 2 + iii * east ** 4 + iiia * east ** 6,
  }
}

function meridionalArcM(lat: number): number {
  const n = (airy.a - airy.b) / (airy.a + airy.b)
  const minus = lat - nationalGrid.lat
  const plus = lat + nationalGrid.lat
  return (
    airy.b *
    nationalGrid.scale *
    ((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * minus -
      (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(minus) * Math.cos(plus) +
      (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * minus) * Math.cos(2 * plus) -
      (35 / 24) * n ** 3 * Math.sin(3 * minus) * Math.cos(3 * plus))
  )
}

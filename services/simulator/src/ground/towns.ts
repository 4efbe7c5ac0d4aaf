import type { Point } from './point.ts'

export interface Town extends Point {
  readonly name: string
  /** Metres from the middle within which people live. */
  readonly radiusM: number
  /** How many of the wearers live here, against the others. */
  readonly weight: number
}

const town = (name: string, lon: number, lat: number, size: readonly [radiusM: number, weight: number]): Town => ({
  ...{ name, lon, lat },
  ...{ radiusM: size[0], weight: size[1] },
})

/** Places of Northamptonshire, set down by hand: middles to a few hundred metres, sizes by impression. */
export const TOWNS: readonly [Town, ...Town[]] = [
  town('Northampton', -0.8965, 52.2377, [1_300, 8]),
  town('Duston', -0.945, 52.246, [900, 4]),
  town('Kingsthorpe', -0.902, 52.265, [1_000, 5]),
  town('Weston Favell', -0.84, 52.249, [1_100, 5]),
  town('Far Cotton', -0.901, 52.223, [700, 4]),
  town('Wootton', -0.885, 52.201, [800, 3]),
  town('Moulton', -0.851, 52.289, [600, 1]),
  town('Earls Barton', -0.752, 52.264, [500, 1]),
  town('Wellingborough', -0.694, 52.302, [1_700, 7]),
  town('Irthlingborough', -0.614, 52.326, [600, 2]),
  town('Finedon', -0.651, 52.34, [500, 1]),
  town('Rushden', -0.601, 52.289, [1_200, 4]),
  town('Higham Ferrers', -0.591, 52.306, [500, 1]),
  town('Raunds', -0.537, 52.344, [600, 1]),
  town('Wollaston', -0.668, 52.257, [500, 1]),
  town('Thrapston', -0.537, 52.396, [600, 1]),
  town('Oundle', -0.469, 52.48, [600, 1]),
  town('Kings Cliffe', -0.514, 52.563, [300, 0.5]),
  town('Kettering', -0.723, 52.397, [1_800, 8]),
  town('Burton Latimer', -0.678, 52.365, [600, 1]),
  town('Rothwell', -0.803, 52.424, [500, 1]),
  town('Desborough', -0.821, 52.44, [600, 1]),
  town('Geddington', -0.686, 52.437, [300, 0.5]),
  town('Corby', -0.696, 52.488, [1_800, 8]),
  town('Weldon', -0.633, 52.494, [400, 0.5]),
  town('Gretton', -0.677, 52.541, [300, 0.5]),
  town('Brigstock', -0.609, 52.458, [300, 0.5]),
  town('Daventry', -1.161, 52.258, [1_300, 5]),
  town('Long Buckby', -1.083, 52.303, [500, 1]),
  town('Weedon Bec', -1.081, 52.229, [400, 0.5]),
  town('Bugbrooke', -1.013, 52.209, [400, 0.5]),
  town('Towcester', -0.99, 52.133, [900, 2]),
  town('Silverstone', -1.026, 52.091, [300, 0.5]),
  town('Roade', -0.895, 52.157, [400, 0.5]),
  town('Deanshanger', -0.886, 52.052, [400, 0.5]),
  town('Brackley', -1.147, 52.029, [900, 2]),
  town('Middleton Cheney', -1.274, 52.073, [400, 0.5]),
  town('Byfield', -1.243, 52.176, [300, 0.5]),
  town('Woodford Halse', -1.211, 52.168, [400, 0.5]),
  town('Brixworth', -0.904, 52.329, [500, 1]),
  town('Guilsborough', -1.013, 52.349, [300, 0.5]),
  town('Crick', -1.137, 52.347, [400, 0.5]),
]

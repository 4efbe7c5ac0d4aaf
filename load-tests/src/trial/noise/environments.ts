/**
 * What surroundings do to positions. σ is the error per axis in metres; `stillS` and `movingS` the time in which it falls to 1/e for a
 * still and a moving tag; jumps are multipath: so many an hour, so long, so far on average (exponential); lost is the satellite signal.
 * Chosen to span what is published, not measured here: phone-grade receivers have a 95 % circle of 5 to 10 m under open sky, 20 to
 * 50 m between high buildings and 20 to 60 m indoors by a window, errors of a still receiver hold for minutes.
 */
export interface Environment {
  readonly sigmaM: number
  readonly stillS: number
  readonly movingS: number
  readonly jumpsPerHour: number
  readonly jumpS: number
  readonly jumpM: number
  readonly lossesPerHour: number
  readonly lossS: number
  /** What there is instead of satellites: the share of losses bridged by wifi; the others by the cell tower. */
  readonly wifiShare: number
  /** `satellites`: as above. `wifi`, `cell`: never any satellites. `nothing`: no position at all. */
  readonly has: 'satellites' | 'wifi' | 'cell' | 'nothing'
}

const SKY: Environment = {
  sigmaM: 3,
  stillS: 120,
  movingS: 30,
  jumpsPerHour: 0.05,
  jumpS: 60,
  jumpM: 20,
  lossesPerHour: 0,
  lossS: 0,
  wifiShare: 0,
  has: 'satellites',
}

export const ENVIRONMENTS = {
  open: SKY,
  suburb: { ...SKY, sigmaM: 5, stillS: 180, movingS: 40, jumpsPerHour: 0.3, jumpM: 30 },
  canyon: {
    ...SKY,
    sigmaM: 12,
    stillS: 240,
    jumpsPerHour: 6,
    jumpM: 45,
    lossesPerHour: 1,
    lossS: 60,
    wifiShare: 0.5,
  },
  indoor: {
    ...SKY,
    sigmaM: 10,
    stillS: 300,
    movingS: 300,
    jumpsPerHour: 1,
    jumpS: 180,
    jumpM: 35,
    lossesPerHour: 0.5,
    lossS: 600,
    wifiShare: 0.7,
  },
  deep: {
    ...SKY,
    sigmaM: 20,
    stillS: 400,
    movingS: 400,
    jumpsPerHour: 2,
    jumpS: 240,
    jumpM: 60,
    lossesPerHour: 3,
    lossS: 600,
    wifiShare: 0.5,
  },
  vehicle: { ...SKY, sigmaM: 4, stillS: 60, movingS: 20, jumpsPerHour: 0.5, jumpS: 15, jumpM: 30 },
  train: {
    ...SKY,
    sigmaM: 8,
    stillS: 60,
    movingS: 20,
    jumpsPerHour: 2,
    jumpS: 30,
    jumpM: 60,
    lossesPerHour: 4,
    lossS: 60,
  },
  /** Wet woodland or a tag under a coat in a car boot: fixes keep coming and each is bad. */
  poor: { ...SKY, sigmaM: 70, stillS: 200, movingS: 60, jumpsPerHour: 2, jumpS: 120, jumpM: 150 },
  'wifi-only': { ...SKY, has: 'wifi' },
  'cell-only': { ...SKY, has: 'cell' },
  tunnel: { ...SKY, has: 'nothing' },
} as const satisfies Record<string, Environment>

export type EnvironmentName = keyof typeof ENVIRONMENTS

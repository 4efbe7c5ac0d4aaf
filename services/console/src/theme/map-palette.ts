/** The map's colours: a canvas cannot read the style sheet's custom properties, so the two are kept side by side. */
export type MapPalette = {
  readonly land: string
  readonly sea: string
  readonly water: string
  readonly motorway: string
  readonly primary: string
  readonly road: string
  readonly railway: string
  readonly boundary: string
  readonly placeText: string
  readonly roadText: string
  readonly halo: string
  readonly labelText: string
  readonly compliant: string
  readonly warning: string
  readonly breach: string
  readonly stale: string
  readonly edge: string
  readonly exclusion: string
  readonly inclusion: string
  readonly restriction: string
  readonly interest: string
  readonly accuracy: string
  readonly track: string
  readonly gapShort: string
  readonly gapMedium: string
  readonly gapLong: string
  readonly selected: string
}

const dark: MapPalette = {
  land: '#141b22',
  sea: '#0b1016',
  water: '#1f3a52',
  motorway: '#54759f',
  primary: '#3c5a4b',
  road: '#3a4048',
  railway: '#333b45',
  boundary: '#4c5a68',
  placeText: '#9fb0c0',
  roadText: '#8c9aa8',
  halo: '#141b22',
  labelText: '#ffffff',
  compliant: '#5b9bf0',
  warning: '#ffc43d',
  breach: '#ff5c5c',
  stale: '#8492a0',
  edge: '#0b0f14',
  exclusion: '#ff6b6b',
  inclusion: '#4fc38a',
  restriction: '#f0b44c',
  interest: '#9aa8b6',
  accuracy: '#8fc9ff',
  track: '#7cc4ff',
  gapShort: '#c9d4de',
  gapMedium: '#ffc43d',
  gapLong: '#ff8080',
  selected: '#ffffff',
}

const light: MapPalette = {
  land: '#f4f2ec',
  sea: '#cfe0ea',
  water: '#a9cbe0',
  motorway: '#6f95c4',
  primary: '#8fb79d',
  road: '#c3c3bd',
  railway: '#b9b5ad',
  boundary: '#96918a',
  placeText: '#4b5560',
  roadText: '#5a6570',
  halo: '#f4f2ec',
  labelText: '#10161d',
  compliant: '#1d5fb8',
  warning: '#b06f00',
  breach: '#c8102e',
  stale: '#6b7683',
  edge: '#ffffff',
  exclusion: '#c8102e',
  inclusion: '#0f7a4a',
  restriction: '#8f5a00',
  interest: '#5a6570',
  accuracy: '#1d5fb8',
  track: '#0b57a8',
  gapShort: '#5a6570',
  gapMedium: '#8f5a00',
  gapLong: '#c8102e',
  selected: '#10161d',
}

export type Theme = 'dark' | 'light'

export const mapPalettes: Readonly<Record<Theme, MapPalette>> = { dark, light }

/** #rrggbb as three shares of 1, as the graphics card wants them. */
export function toRgb(hex: string): readonly [red: number, green: number, blue: number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

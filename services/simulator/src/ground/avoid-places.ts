import type { Point } from './point.ts'

export interface NamedPlace extends Point {
  readonly name: string
}

const place = (name: string, lon: number, lat: number): NamedPlace => ({ name, lon, lat })

/** Places that orders forbid. The streets, and so whoever lives there, are invented. */
export const AVOID_PLACES: readonly [NamedPlace, ...NamedPlace[]] = [
  place('Northampton town centre', -0.8965, 52.2377),
  place('Sixfields football ground', -0.9335, 52.2353),
  place('Tansy Street, Abington', -0.872, 52.245),
  place('Former address, Duston', -0.951, 52.2495),
  place('Alder Walk, Kingsthorpe', -0.899, 52.2705),
  place('Weston Favell shopping centre', -0.8306, 52.2533),
  place('Moulton college', -0.8605, 52.2935),
  place('Kettering town centre', -0.7265, 52.3985),
  place('Kettering football ground', -0.7265, 52.4105),
  place('Larkspur Close, Kettering', -0.7045, 52.392),
  place('Wellingborough town centre', -0.6944, 52.3025),
  place('Sorrel Street, Wellingborough', -0.677, 52.313),
  place('Corby town centre', -0.7005, 52.4875),
  place('Former address, Corby', -0.679, 52.5005),
  place('Rushden Lakes', -0.6095, 52.3045),
  place('Rushden High Street', -0.6005, 52.2885),
  place('Irthlingborough, former football ground', -0.6045, 52.3235),
  place('Raunds, Teasel Lane', -0.5365, 52.3465),
  place('Oundle market place', -0.469, 52.4805),
  place('Thrapston, Yarrow Road', -0.5355, 52.398),
  place('Desborough, Campion Court', -0.8195, 52.4415),
  place('Daventry town centre', -1.161, 52.2575),
  place('Long Buckby, Mallow Way', -1.081, 52.3035),
  place('Towcester, Watling Street', -0.99, 52.1325),
  place('Brackley market place', -1.1465, 52.029),
]

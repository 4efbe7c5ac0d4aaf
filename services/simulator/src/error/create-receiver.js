import { LIMITS } from '@cordon/contract';
import { moved } from "../ground/point.js";
import { createRandom } from "../random/create-random.js";
import { createGaussMarkov } from "./gauss-markov.js";
import { createMultipath } from "./multipath.js";
import { receptionOf, SIGMAS_IN_CIRCLE } from "./reception.js";
/** Milliseconds: errors of a receiver forget themselves over this. */
const TAU_MS = { min: 60_000, max: 300_000 };
/** A share of receivers states a circle that is too small, by this factor. */
const OPTIMISTIC_SHARE = 0.1;
const OPTIMISM = { min: 0.5, max: 0.8 };
/** Errors of the two axes are independent, each Gauss-Markov, and as wide as the reception of the place. */
export function createReceiver({ seed, tagId, hasBeacon }) {
    const random = createRandom('receiver', seed, tagId);
    const tauMs = random.between(TAU_MS.min, TAU_MS.max);
    const optimism = random.chance(OPTIMISTIC_SHARE) ? random.between(OPTIMISM.min, OPTIMISM.max) : 1;
    const east = createGaussMarkov(tauMs, createRandom('east', seed, tagId));
    const north = createGaussMarkov(tauMs, createRandom('north', seed, tagId));
    const multipath = createMultipath(createRandom('multipath', seed, tagId));
    const heightM = random.between(60, 150);
    return {
        receive: (where, time) => {
            const reception = receptionOf({
                ...{ seed, tagId, time, surroundings: where.surroundings },
                isNearBeacon: hasBeacon && where.isHome,
            });
            const jump = reception.source === 'gnss' ? multipath.next() : undefined;
            const error = errorOf(reception, { east: east.at(time), north: north.at(time) }, jump);
            const accuracy = Math.max(1, Math.round(reception.sigmaM * SIGMAS_IN_CIRCLE * optimism * 10) / 10);
            const common = { ...rounded(moved(where.point, error)), accuracy, source: reception.source };
            const bySatellite = reception.source === 'gnss' ? satelliteFields(where, reception, { random, heightM }) : {};
            return { measured: { ...common, ...bySatellite }, isJump: jump !== undefined };
        },
    };
}
function errorOf({ sigmaM }, unit, jump = { east: 0, north: 0 }) {
    return { east: sigmaM * unit.east + jump.east, north: sigmaM * unit.north + jump.north };
}
/** A hundredth of a metre. */
const rounded = ({ lon, lat }) => ({ lon: Math.round(lon * 1e7) / 1e7, lat: Math.round(lat * 1e7) / 1e7 });
function satelliteFields({ speedMps, direction }, { satellites, hdop }, { random, heightM }) {
    const speed = Math.min(LIMITS.speedMps, Math.abs(speedMps + random.normal() * 0.2));
    const degrees = direction === undefined ? undefined : (direction * 180) / Math.PI + random.normal() * 4;
    return {
        speed: tenths(speed),
        ...(degrees === undefined ? {} : { heading: Math.floor((degrees + 720) % 360) }),
        altitude: tenths(heightM + random.normal() * 4),
        satellites: random.whole(...satellites),
        hdop: tenths(random.between(...hdop)),
    };
}
const tenths = (value) => Math.round(value * 10) / 10;
//# sourceMappingURL=create-receiver.js.map
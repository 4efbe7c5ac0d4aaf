import { WEARER_FLAGS } from '@cordon/contract';
import { AVOID_PLACES } from "../ground/avoid-places.js";
import { distanceM, towards } from "../ground/point.js";
import { routeBetween } from "../ground/roads.js";
import { TOWNS } from "../ground/towns.js";
import { createRandom, shuffled } from "../random/create-random.js";
import { FIRST_NAMES, LAST_NAMES, STREET_NAMES, STREET_WAYS, WORKPLACES } from "./names.js";
import { CLEARANCE_M } from "./wearer.js";
/** Share of wearers with each flag, in the order of the contract: integrated management, domestic abuse, youth. */
const FLAG_SHARES = { iom: 0.4, 'domestic-abuse': 0.3, youth: 0.07 };
const WORKING_SHARE = 0.55;
const RISK_SHARES = { critical: 0.1, high: 0.25 };
const CURFEW_SHARE = 0.3;
/** Together they cover the whole day, so that at any time there is somebody who has to be at home. */
const CURFEWS = [
    { from: '19:00', to: '07:00' },
    { from: '19:00', to: '07:00' },
    { from: '21:00', to: '06:00' },
    { from: '06:30', to: '19:30' },
];
/** Metres from home: a place that is forbidden is one that they would otherwise go to. */
const AVOID_M = { min: 2_500, max: 15_000 };
const WORK_M = { min: 1_000, max: 20_000 };
const ATTEMPTS = 200;
/** So many people, all different; the same for the same seed. */
export function createPopulation(seed, wearers) {
    const random = createRandom('population', seed);
    const names = createUnique(() => `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`);
    const references = createUnique(() => `${random.pick(['D', 'E', 'J', 'S', 'X'])}${random.whole(100_000, 999_999)}`);
    const tagIds = createUnique(() => `nc-${random.whole(100_000, 999_999)}`);
    return {
        wearers: Array.from({ length: wearers }, () => {
            const identity = { name: names(), reference: references(), tagId: tagIds() };
            return {
                ...identity,
                flags: WEARER_FLAGS.filter(flag => random.chance(FLAG_SHARES[flag])),
                mappaLevel: random.chance(0.8) ? 1 : random.whole(2, 3),
                ...placesOf(random),
                ...orderOf(createRandom('order', seed, identity.tagId)),
            };
        }),
    };
}
function orderOf(random) {
    const draw = random.next();
    const { critical, high } = RISK_SHARES;
    const risk = draw < critical ? 'critical' : draw < critical + high ? 'high' : 'standard';
    return { risk, curfew: random.chance(CURFEW_SHARE) ? random.pick(CURFEWS) : null };
}
function createUnique(make) {
    const used = new Set();
    return () => {
        let made = make();
        while (used.has(made))
            made = make();
        used.add(made);
        return made;
    };
}
/** Home, work, and a place to avoid that lies clear of both and of the way between them. */
function placesOf(random) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const home = homeOf(random);
        const work = random.chance(WORKING_SHARE) ? workOf(home, random) : null;
        const avoid = shuffled(AVOID_PLACES, random).find(place => isClear(place, home, work));
        if (avoid !== undefined)
            return { home, work, avoid };
    }
    throw new Error('no home was found that lies clear of the places to avoid');
}
function homeOf(random) {
    const town = weighted(random);
    const address = `${random.whole(1, 90)} ${random.pick(STREET_NAMES)} ${random.pick(STREET_WAYS)}`;
    return { name: `${address}, ${town.name}`, ...somewhereIn(town, random) };
}
function workOf(home, random) {
    const town = shuffled(TOWNS, random).find(there => isWithin(distanceM(home, there), WORK_M));
    return town === undefined ? null : { name: `${random.pick(WORKPLACES)}, ${town.name}`, ...somewhereIn(town, random) };
}
function isClear(avoid, home, work) {
    if (!isWithin(distanceM(avoid, home), AVOID_M))
        return false;
    if (work === null)
        return true;
    const away = { from: avoid, metres: CLEARANCE_M };
    return distanceM(avoid, work) >= AVOID_M.min && routeBetween(home, work, away) !== undefined;
}
const isWithin = (metres, { min, max }) => metres >= min && metres <= max;
function weighted(random) {
    let left = random.between(0, TOWNS.reduce((sum, { weight }) => sum + weight, 0));
    for (const town of TOWNS) {
        left -= town.weight;
        if (left < 0)
            return town;
    }
    return TOWNS[0];
}
/** Evenly over the town's circle. */
function somewhereIn(town, random) {
    const { lon, lat } = towards(town, random.between(0, 2 * Math.PI), town.radiusM * Math.sqrt(random.next()));
    return { lon: rounded(lon), lat: rounded(lat) };
}
/** To a decimetre. */
const rounded = (degrees) => Math.round(degrees * 1e6) / 1e6;
//# sourceMappingURL=create-population.js.map
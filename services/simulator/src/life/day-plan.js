import { createPath } from "../ground/path.js";
import { createRandom } from "../random/create-random.js";
import { curfewAt } from "./curfew-hours.js";
import { createItinerary } from "./itinerary.js";
import { isWalkedTo } from "./usual-places.js";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Metres a second. */
export const WALKING_MPS = 1.4;
const TOWN_DRIVING_MPS = { min: 10, max: 14 };
const ROAD_DRIVING_MPS = { min: 16, max: 25 };
const ROAD_FROM_M = 5_000;
/** The last outing begins before this. The longest takes 2.7 hours and the shortest day 23, so every day ends at home. */
const LAST_OUTING_MS = 19.8 * HOUR_MS;
/** Of the days of somebody with a curfew, on this share they come home late, by so long. */
const LATE_SHARE = 0.05;
const LATE_MS = { min: 15 * MINUTE_MS, max: 75 * MINUTE_MS };
/** On the others they are home this long before it begins. */
const EARLY_MS = { min: 5 * MINUTE_MS, max: 30 * MINUTE_MS };
/** At home between two outings. */
const REST_MS = { min: 15 * MINUTE_MS, max: 80 * MINUTE_MS };
/** The way to the pub and back takes less than this. */
const TO_THE_PUB_MS = 45 * MINUTE_MS;
/** What a wearer does on a day that begins and ends at home. The same for the same seed, wearer and day. */
export function planDay({ seed, wearer, places }, day) {
    const random = createRandom('day', seed, wearer.tagId, day.from);
    const { freeFrom, homeBy, lateUntil } = freedomOf(wearer, day, createRandom('curfew', seed, wearer.tagId, day.from));
    const itinerary = createItinerary(day.from);
    const restUntil = (at) => itinerary.stayUntil(Math.min(at, day.to), wearer.home, { surroundings: 'indoors', isHome: true });
    restUntil(Math.max(day.from + random.between(5.2, 7.8) * HOUR_MS, freeFrom));
    if (places.work !== undefined) {
        goOut(itinerary, places.work, { random, stayMs: random.between(6.5, 8.5) * HOUR_MS, breaks: 2, homeBy });
        restUntil(itinerary.at + random.between(10, 60) * MINUTE_MS);
    }
    while (itinerary.at < Math.min(day.from + LAST_OUTING_MS, homeBy)) {
        goSomewhere(itinerary, places, { random, homeBy });
        restUntil(itinerary.at + random.between(REST_MS.min, REST_MS.max));
    }
    if (lateUntil !== undefined) {
        restUntil(homeBy + REST_MS.max);
        comeHomeAt(lateUntil, itinerary, places.pub);
    }
    restUntil(day.to);
    return { ...day, stretches: itinerary.stretches };
}
function freedomOf({ curfew }, day, random) {
    const [before, after] = [curfewAt(curfew, day.from), curfewAt(curfew, day.to)];
    if (before === undefined || after === undefined)
        return { freeFrom: day.from, homeBy: Infinity, lateUntil: undefined };
    const isLate = random.chance(LATE_SHARE);
    return {
        freeFrom: before.to + random.between(2, 40) * MINUTE_MS,
        homeBy: after.from - random.between(EARLY_MS.min, EARLY_MS.max) - (isLate ? TO_THE_PUB_MS + REST_MS.max : 0),
        lateUntil: isLate ? after.from + random.between(LATE_MS.min, LATE_MS.max) : undefined,
    };
}
/** As long at the pub as is left between the ways. */
function comeHomeAt(at, itinerary, pub) {
    itinerary.travel(pub.wayThere, WALKING_MPS, 'street');
    itinerary.stayUntil(at - (pub.wayBack.lengthM / WALKING_MPS) * 1_000, pub.point, { surroundings: 'indoors' });
    itinerary.travel(pub.wayBack, WALKING_MPS, 'street');
}
function goSomewhere(itinerary, places, { random, homeBy }) {
    const choice = random.next();
    const [firstTown, ...others] = places.towns;
    if (firstTown !== undefined && choice < 0.3) {
        goOut(itinerary, random.pick([firstTown, ...others]), {
            random,
            stayMs: random.between(15, 70) * MINUTE_MS,
            breaks: 1,
            homeBy,
        });
    }
    else if (choice < 0.55) {
        goOut(itinerary, places.shop, { random, stayMs: random.between(10, 35) * MINUTE_MS, breaks: 0, homeBy });
    }
    else if (choice < 0.7) {
        goOut(itinerary, places.pub, { random, stayMs: random.between(30, 110) * MINUTE_MS, breaks: 0, homeBy });
    }
    else {
        goOut(itinerary, places.park, { random, stayMs: random.between(2, 8) * MINUTE_MS, breaks: 0, isOpen: true, homeBy });
    }
}
function goOut(given, place, { random, stayMs, breaks, homeBy, isOpen = false }) {
    const itinerary = createItinerary(given.at);
    const speedMps = isWalkedTo(place) ? WALKING_MPS : drivingSpeed(place.wayThere.lengthM, random);
    const outside = isOpen || place.wayThere.lengthM > ROAD_FROM_M ? 'open' : 'street';
    itinerary.travel(place.wayThere, speedMps, outside);
    const options = { surroundings: isOpen ? 'open' : 'indoors' };
    for (let part = 0; part < breaks; part++) {
        itinerary.stayUntil(itinerary.at + stayMs / (breaks + 1), place.point, options);
        itinerary.travel(roundTheBlock(place.point, random), WALKING_MPS, 'street');
    }
    itinerary.stayUntil(itinerary.at + stayMs / (breaks + 1), place.point, options);
    itinerary.travel(place.wayBack, speedMps, outside);
    if (itinerary.at <= homeBy)
        given.append(itinerary);
}
function drivingSpeed(lengthM, random) {
    const { min, max } = lengthM > ROAD_FROM_M ? ROAD_DRIVING_MPS : TOWN_DRIVING_MPS;
    return random.between(min, max);
}
/** Degrees, about 80 to 280 m: a walk of five to fifteen minutes. */
const BLOCK = { min: 0.0012, max: 0.0026 };
function roundTheBlock(from, random) {
    const width = random.between(BLOCK.min, BLOCK.max) * random.pick([1, -1]);
    const height = random.between(BLOCK.min, BLOCK.max) * 0.6 * random.pick([1, -1]);
    const { lon, lat } = from;
    return createPath([
        from,
        { lon: lon + width, lat },
        { lon: lon + width, lat: lat + height },
        { lon, lat: lat + height },
        from,
    ]);
}
//# sourceMappingURL=day-plan.js.map
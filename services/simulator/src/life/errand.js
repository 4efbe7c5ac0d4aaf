import { createPath, nearestOn } from "../ground/path.js";
import { bearing, distanceM, towards } from "../ground/point.js";
import { createRandom } from "../random/create-random.js";
import { WALKING_MPS } from "./day-plan.js";
import { createItinerary } from "./itinerary.js";
import { stretchAt, whereIn } from "./stretch.js";
/** Metres from the place's point: somebody so near has visited it. */
const VISITED_M = 100;
/** Metres: where the car is left, outside what a town would call the place. */
const PARKED_M = 420;
const PASSED_M = { min: 250, max: 400 };
const PASSED_HALF_M = 450;
/** A detour round the place where the straight drive would come nearer than this. */
const DRIVEN_PAST_M = 600;
const DETOUR_M = 1_200;
/** Metres a second, at most; a drive takes the whole time that the plan leaves for it. */
const DRIVING_MPS = 13;
/** Metres from home, and how long somebody is there who should not have gone out. */
const OUTING_M = { min: 500, max: 900 };
const OUTING_MS = { min: 8 * 60_000, max: 14 * 60_000 };
const STEP_MS = 30_000;
/** At 13 m/s 70 km: further than the county is long. */
const LONGEST_DRIVE_MS = 90 * 60_000;
/** No errand is longer than this before or after its arrival. */
export const ERRAND_REACH_MS = LONGEST_DRIVE_MS + 30 * 60_000;
export function createErrand({ seed, wearer, everyday }, { kind, arriveAt }) {
    const random = createRandom('errand', seed, wearer.tagId, arriveAt);
    const { avoid } = wearer;
    const coming = bearing(avoid, everyday.at(arriveAt).point);
    const onFoot = createItinerary(arriveAt);
    const { start, end } = WALKS[kind](onFoot, { wearer, coming, random });
    const out = outward(everyday, arriveAt, point => drive(avoid, point, start));
    const back = homeward(everyday, onFoot.at, point => drive(avoid, end, point));
    const stretches = [out, ...onFoot.stretches, back];
    return {
        ...{ kind, from: out.from, to: back.to, stretches },
        visit: kind === 'visit' ? visitedIn(stretches, avoid) : undefined,
    };
}
/** From the car to the place, some minutes there, and back. */
function walkIn(itinerary, { wearer: { avoid }, coming, random }) {
    const start = towards(avoid, coming, PARKED_M);
    const goal = towards(avoid, random.between(0, 2 * Math.PI), random.between(0, 25));
    itinerary.travel(createPath([start, goal]), WALKING_MPS, 'street');
    itinerary.stayUntil(itinerary.at + random.between(3, 8) * 60_000, goal, { surroundings: 'street' });
    itinerary.travel(createPath([goal, start]), WALKING_MPS, 'street');
    return { start, end: start };
}
/** Along a straight street that does not lead to the place. */
function walkPast(itinerary, { wearer: { avoid }, coming, random }) {
    const nearest = towards(avoid, coming, random.between(PASSED_M.min, PASSED_M.max));
    const along = coming + (Math.PI / 2) * random.pick([1, -1]);
    const start = towards(nearest, along, -PASSED_HALF_M);
    const end = towards(nearest, along, PASSED_HALF_M);
    itinerary.travel(createPath([start, end]), WALKING_MPS, 'street');
    return { start, end };
}
/** On a corner of the neighbourhood, further from the place to avoid than home is. */
function hangAbout(itinerary, { wearer: { home }, coming, random }) {
    const spot = towards(home, coming, random.between(OUTING_M.min, OUTING_M.max));
    itinerary.stayUntil(itinerary.at + random.between(OUTING_MS.min, OUTING_MS.max), spot, { surroundings: 'street' });
    return { start: spot, end: spot };
}
const WALKS = { visit: walkIn, pass: walkPast, outing: hangAbout };
/** Straight, with one corner where that would lead past the place. */
function drive(avoid, from, to) {
    const near = nearestOn(from, to, avoid);
    const isEnd = near === from || distanceM(near, from) < 1 || distanceM(near, to) < 1;
    if (isEnd || distanceM(near, avoid) >= DRIVEN_PAST_M)
        return createPath([from, to]);
    return createPath([from, towards(avoid, bearing(avoid, near), DETOUR_M), to]);
}
/** The drive there: begun as late as the speed allows, from wherever everyday life is then. */
function outward(everyday, arriveAt, driveFrom) {
    for (let from = arriveAt - STEP_MS;; from -= STEP_MS) {
        const path = driveFrom(everyday.at(from).point);
        const isTooFar = (path.lengthM * 1_000) / (arriveAt - from) > DRIVING_MPS;
        if (isTooFar && arriveAt - from < LONGEST_DRIVE_MS)
            continue;
        return { type: 'travel', from, to: arriveAt, path, surroundings: 'open' };
    }
}
/** The drive back: to wherever everyday life will be by then. */
function homeward(everyday, from, driveTo) {
    for (let to = from + STEP_MS;; to += STEP_MS) {
        const path = driveTo(everyday.at(to).point);
        const isTooFar = (path.lengthM * 1_000) / (to - from) > DRIVING_MPS;
        if (isTooFar && to - from < LONGEST_DRIVE_MS)
            continue;
        return { type: 'travel', from, to, path, surroundings: 'open' };
    }
}
/** To half a second. */
function visitedIn(stretches, avoid) {
    const [first, last] = [stretches[0], stretches.at(-1)];
    if (first === undefined || last === undefined)
        return undefined;
    const isThere = (at) => {
        const stretch = stretchAt(stretches, at);
        return stretch !== undefined && distanceM(whereIn(stretch, at).point, avoid) <= VISITED_M;
    };
    let visit;
    for (let at = first.to; at < last.from; at += 500) {
        if (isThere(at))
            visit = { from: visit?.from ?? at, to: at };
    }
    return visit;
}
export function whereOnErrand({ stretches }, at) {
    const stretch = stretchAt(stretches, at);
    return stretch === undefined ? undefined : whereIn(stretch, at);
}
/** Whether two errands of one wearer would be at the same time. */
export function areAtOnce(one, other) {
    return one.from < other.to && other.from < one.to;
}
//# sourceMappingURL=errand.js.map
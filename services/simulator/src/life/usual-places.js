import { clearanceM } from "../ground/path.js";
import { distanceM, towards } from "../ground/point.js";
import { localWay, routeBetween } from "../ground/roads.js";
import { TOWNS } from "../ground/towns.js";
import { CLEARANCE_M } from "../people/wearer.js";
import { createRandom, shuffled } from "../random/create-random.js";
const LOCAL_M = { min: 250, max: 900 };
const TOWN_M = { min: 4_000, max: 22_000 };
const TOWNS_EACH = 3;
/** How far people stroll about in a town. */
const STROLLED_M = 400;
const WALKED_TO_WORK_M = 2_000;
/** Of the wearer alone, not of a run's seed: a person keeps their shop. */
export function usualPlacesOf(wearer) {
    const random = createRandom('usual places', wearer.tagId);
    const { home, work } = wearer;
    return {
        shop: nearHome(wearer, random),
        pub: nearHome(wearer, random),
        park: nearHome(wearer, random),
        work: work === null ? undefined : reached(home, work, routeTo(wearer, work) ?? localWay(home, work)),
        towns: townsOf(wearer, random),
    };
}
/** Whether a place is walked to; else it is driven to. */
export const isWalkedTo = ({ wayThere }) => wayThere.lengthM <= WALKED_TO_WORK_M;
function routeTo({ home, avoid }, to) {
    return routeBetween(home, to, { from: avoid, metres: CLEARANCE_M }) ?? routeBetween(home, to);
}
/** Back by the same way when it was driven, round the other corner when it was walked. */
function reached(home, point, wayThere) {
    const isWalked = wayThere.lengthM <= WALKED_TO_WORK_M;
    return { point, wayThere, wayBack: isWalked ? localWay(point, home) : reversed(wayThere) };
}
function reversed({ points, marksM, lengthM }) {
    return { points: points.toReversed(), marksM: marksM.map(markM => lengthM - markM).toReversed(), lengthM };
}
/** The first of some draws that is clear; homes are so far from what is avoided that nearly every one is. */
function nearHome({ home, avoid }, random) {
    let place = drawNear(home, random);
    for (let draw = 0; draw < 20 && !isClear(place, avoid); draw++)
        place = drawNear(home, random);
    return place;
}
function drawNear(home, random) {
    const point = towards(home, random.between(0, 2 * Math.PI), random.between(LOCAL_M.min, LOCAL_M.max));
    return reached(home, point, localWay(home, point));
}
function isClear({ wayThere, wayBack }, avoid) {
    return clearanceM(wayThere, avoid) >= CLEARANCE_M && clearanceM(wayBack, avoid) >= CLEARANCE_M;
}
function townsOf({ home, avoid }, random) {
    const found = [];
    for (const town of shuffled(TOWNS, random)) {
        if (found.length === TOWNS_EACH)
            break;
        const lengthM = distanceM(home, town);
        if (lengthM < TOWN_M.min || lengthM > TOWN_M.max)
            continue;
        const point = towards(town, random.between(0, 2 * Math.PI), random.between(50, 300));
        if (distanceM(point, avoid) < CLEARANCE_M + STROLLED_M)
            continue;
        const way = routeBetween(home, point, { from: avoid, metres: CLEARANCE_M });
        if (way !== undefined)
            found.push(reached(home, point, way));
    }
    return found;
}
//# sourceMappingURL=usual-places.js.map
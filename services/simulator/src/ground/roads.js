import { clearanceM, createPath } from "./path.js";
import { between, distanceM } from "./point.js";
import { TOWNS } from "./towns.js";
/** Metres: shorter ways lead over local streets, not through the middles of towns. */
const LOCAL_M = 3_000;
/** Straight roads between towns, wherever no third town lies in the circle over the road (a Gabriel graph, which is connected). */
const ROADS = new Map(TOWNS.map(here => [here, TOWNS.filter(there => there !== here && isRoad(here, there))]));
function isRoad(here, there) {
    const middle = between(here, there, 0.5);
    const radiusM = distanceM(here, there) / 2;
    return TOWNS.every(other => other === here || other === there || distanceM(middle, other) >= radiusM);
}
/** The shortest way by road that stays clear of what is kept away from; undefined when there is none. */
export function routeBetween(from, to, away) {
    if (distanceM(from, to) < LOCAL_M)
        return clearOf(away, localWay(from, to));
    const way = shortestWay(from, to, away);
    return way === undefined ? undefined : clearOf(away, createPath(way));
}
/** Round one corner, as streets go. */
export function localWay(from, to) {
    return createPath([from, { lon: to.lon, lat: from.lat }, to]);
}
function clearOf(away, path) {
    return away === undefined || clearanceM(path, away.from) >= away.metres ? path : undefined;
}
/** Dijkstra's, over the towns and the two ends, each of which reaches the three towns nearest to it. */
function shortestWay(from, to, away) {
    const starts = nearestTowns(from);
    const ends = new Set(nearestTowns(to));
    const waysM = new Map([[from, 0]]);
    const before = new Map();
    const open = new Set([from]);
    for (let here = nearest(open, waysM); here !== undefined; here = nearest(open, waysM)) {
        if (here === to)
            return traced(to, before);
        open.delete(here);
        const next = here === from ? starts : [...(ROADS.get(here) ?? []), ...(ends.has(here) ? [to] : [])];
        for (const there of next) {
            const wayM = (waysM.get(here) ?? 0) + distanceM(here, there);
            if (wayM >= (waysM.get(there) ?? Infinity) || clearOf(away, createPath([here, there])) === undefined)
                continue;
            waysM.set(there, wayM);
            before.set(there, here);
            open.add(there);
        }
    }
    return undefined;
}
function nearestTowns(point) {
    return TOWNS.toSorted((a, b) => distanceM(point, a) - distanceM(point, b)).slice(0, 3);
}
function nearest(open, waysM) {
    let found;
    for (const point of open) {
        if (found === undefined || (waysM.get(point) ?? Infinity) < (waysM.get(found) ?? Infinity))
            found = point;
    }
    return found;
}
function traced(to, before) {
    const way = [to];
    for (let here = before.get(to); here !== undefined; here = before.get(here))
        way.unshift(here);
    return way;
}
//# sourceMappingURL=roads.js.map
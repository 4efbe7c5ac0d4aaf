import { bearing, between, distanceM, offsetOf } from "./point.js";
export function createPath(points) {
    let lengthM = 0;
    const marksM = points.map((point, index) => {
        const before = points[index - 1];
        lengthM += before === undefined ? 0 : distanceM(before, point);
        return lengthM;
    });
    return { points, marksM, lengthM };
}
/** Where one is after so many metres; before the path its start, past it its end. */
export function alongPath({ points, marksM }, metres) {
    const found = marksM.findIndex(markM => markM > metres);
    const index = found === -1 ? points.length - 1 : Math.max(found, 1);
    const [from, to] = [points[index - 1] ?? points[index], points[index]];
    if (from === undefined || to === undefined)
        throw new RangeError('a path has at least one point');
    const [startM, endM] = [marksM[index - 1] ?? 0, marksM[index] ?? 0];
    const fraction = endM > startM ? Math.min(1, Math.max(0, (metres - startM) / (endM - startM))) : 1;
    return { point: between(from, to, fraction), direction: bearing(from, to) };
}
/** Metres from a point to the nearest place of the path. */
export function clearanceM({ points }, from) {
    let leastM = Infinity;
    for (const [index, point] of points.entries()) {
        const near = nearestOn(points[index - 1] ?? point, point, from);
        leastM = Math.min(leastM, distanceM(from, near));
    }
    return leastM;
}
/** The place of the straight line that is nearest to a point. */
export function nearestOn(start, end, from) {
    const [line, to] = [offsetOf(start, end), offsetOf(start, from)];
    const square = line.east ** 2 + line.north ** 2;
    if (square === 0)
        return start;
    const fraction = (line.east * to.east + line.north * to.north) / square;
    return between(start, end, Math.min(1, Math.max(0, fraction)));
}
//# sourceMappingURL=path.js.map
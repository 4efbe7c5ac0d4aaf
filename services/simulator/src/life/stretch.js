import { alongPath } from "../ground/path.js";
import { moved } from "../ground/point.js";
/** Where one is in a stretch at a time of it. */
export function whereIn(stretch, at) {
    switch (stretch.type) {
        case 'travel':
            return onTheWay(stretch, at);
        case 'stay':
            return pottering(stretch, at);
    }
}
/** At an even pace: a stretch takes as long as its way is at the speed that it was planned with. */
function onTheWay({ path, from, to, surroundings }, at) {
    const durationMs = Math.max(1, to - from);
    const { point, direction } = alongPath(path, (path.lengthM * (at - from)) / durationMs);
    return { point, direction, speedMps: path.lengthM / (durationMs / 1_000), surroundings, isHome: false };
}
/** Metres: how far people move about where they stay. */
const POTTERING_M = 5;
/** Seconds: periods of that movement, with no common multiple in a day, so that nobody walks a figure twice. */
const EAST_S = 331;
const NORTH_S = 419;
const SETTLING_MS = 60_000;
function pottering({ point, from, to, surroundings, isHome }, at) {
    // Nothing at both ends, so that whoever arrives does not leap.
    const part = Math.max(0, Math.min(1, (at - from) / SETTLING_MS, (to - at) / SETTLING_MS)) * POTTERING_M;
    const angle = (periodS) => (2 * Math.PI * (at - from)) / (periodS * 1_000);
    const offset = { east: part * Math.sin(angle(EAST_S)), north: part * Math.sin(angle(NORTH_S)) };
    return { point: moved(point, offset), direction: undefined, speedMps: 0, surroundings, isHome };
}
/** The stretch that a time belongs to, among stretches in their order. */
export function stretchAt(stretches, at) {
    return stretches.find(({ from, to }) => at >= from && at < to);
}
//# sourceMappingURL=stretch.js.map
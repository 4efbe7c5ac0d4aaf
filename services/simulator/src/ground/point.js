/** Metres in a degree of latitude on the sphere of the mean Earth radius, 6,371,008.8 m. */
const DEGREE_M = 111_195.08;
const metresPerDegreeEast = (lat) => DEGREE_M * Math.cos((lat * Math.PI) / 180);
/** Flat within a county: over 60 km the figure is wrong by less than 0.1 %. */
export function offsetOf(from, to) {
    const scale = metresPerDegreeEast((from.lat + to.lat) / 2);
    return { east: (to.lon - from.lon) * scale, north: (to.lat - from.lat) * DEGREE_M };
}
export function moved(from, { east, north }) {
    const lat = from.lat + north / DEGREE_M;
    return { lon: from.lon + east / metresPerDegreeEast((from.lat + lat) / 2), lat };
}
export function distanceM(from, to) {
    const { east, north } = offsetOf(from, to);
    return Math.hypot(east, north);
}
/** Radians clockwise from true north. */
export function bearing(from, to) {
    const { east, north } = offsetOf(from, to);
    return Math.atan2(east, north);
}
/** So many metres away in a direction, radians clockwise from true north. */
export function towards(from, direction, metres) {
    return moved(from, { east: Math.sin(direction) * metres, north: Math.cos(direction) * metres });
}
/** The point at a fraction of the straight line. */
export function between(from, to, fraction) {
    return { lon: from.lon + (to.lon - from.lon) * fraction, lat: from.lat + (to.lat - from.lat) * fraction };
}
//# sourceMappingURL=point.js.map
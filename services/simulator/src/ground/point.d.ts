/** WGS 84 degrees. */
export interface Point {
    readonly lon: number;
    readonly lat: number;
}
/** Metres. */
export interface EastNorth {
    readonly east: number;
    readonly north: number;
}
/** Flat within a county: over 60 km the figure is wrong by less than 0.1 %. */
export declare function offsetOf(from: Point, to: Point): EastNorth;
export declare function moved(from: Point, { east, north }: EastNorth): Point;
export declare function distanceM(from: Point, to: Point): number;
/** Radians clockwise from true north. */
export declare function bearing(from: Point, to: Point): number;
/** So many metres away in a direction, radians clockwise from true north. */
export declare function towards(from: Point, direction: number, metres: number): Point;
/** The point at a fraction of the straight line. */
export declare function between(from: Point, to: Point, fraction: number): Point;
//# sourceMappingURL=point.d.ts.map
import { type Point } from './point.ts';
/** Straight lines from point to point. */
export interface Path {
    readonly points: readonly Point[];
    /** Metres from the first point to each. */
    readonly marksM: readonly number[];
    readonly lengthM: number;
}
export interface OnPath {
    readonly point: Point;
    /** Radians clockwise from true north. */
    readonly direction: number;
}
export declare function createPath(points: readonly [Point, ...Point[]]): Path;
/** Where one is after so many metres; before the path its start, past it its end. */
export declare function alongPath({ points, marksM }: Path, metres: number): OnPath;
/** Metres from a point to the nearest place of the path. */
export declare function clearanceM({ points }: Path, from: Point): number;
/** The place of the straight line that is nearest to a point. */
export declare function nearestOn(start: Point, end: Point, from: Point): Point;
//# sourceMappingURL=path.d.ts.map
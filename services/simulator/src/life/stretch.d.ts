import { type Path } from '../ground/path.ts';
import { type Point } from '../ground/point.ts';
/** What is round a wearer: it decides how well satellites are received. */
export type Surroundings = 'open' | 'street' | 'indoors';
/** A piece of a life: on the way, or staying somewhere. Times in epoch milliseconds, `to` excluded. */
export type Stretch = Travel | Stay;
export interface Travel {
    readonly type: 'travel';
    readonly from: number;
    readonly to: number;
    readonly path: Path;
    readonly surroundings: Surroundings;
}
export interface Stay {
    readonly type: 'stay';
    readonly from: number;
    readonly to: number;
    readonly point: Point;
    readonly surroundings: Surroundings;
    readonly isHome: boolean;
}
export interface Whereabouts {
    readonly point: Point;
    readonly speedMps: number;
    /** Radians clockwise from true north; undefined for somebody who stays. */
    readonly direction: number | undefined;
    readonly surroundings: Surroundings;
    readonly isHome: boolean;
}
/** Where one is in a stretch at a time of it. */
export declare function whereIn(stretch: Stretch, at: number): Whereabouts;
/** The stretch that a time belongs to, among stretches in their order. */
export declare function stretchAt(stretches: readonly Stretch[], at: number): Stretch | undefined;
//# sourceMappingURL=stretch.d.ts.map
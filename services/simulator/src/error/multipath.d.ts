import type { EastNorth } from '../ground/point.ts';
import type { Random } from '../random/create-random.ts';
/** A reflection off a wall taken for the satellite: for a fix or two the position is far off, and nothing says so. */
export interface Multipath {
    /** Metres off for the next satellite fix; undefined for nearly every one. */
    next(): EastNorth | undefined;
}
export declare function createMultipath(random: Random): Multipath;
//# sourceMappingURL=multipath.d.ts.map
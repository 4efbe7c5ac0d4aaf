import type { Path } from '../ground/path.ts';
import type { Point } from '../ground/point.ts';
import type { Stretch, Surroundings } from './stretch.ts';
export interface StayOptions {
    readonly surroundings: Surroundings;
    readonly isHome?: boolean;
}
/** Puts stretches one after the other. */
export interface Itinerary {
    readonly stretches: readonly Stretch[];
    /** Where the next one begins, epoch milliseconds. */
    readonly at: number;
    travel(path: Path, speedMps: number, surroundings: Surroundings): void;
    stayUntil(to: number, point: Point, options: StayOptions): void;
    /** All of another one, which begins where this one is. */
    append(next: Itinerary): void;
}
export declare function createItinerary(from: number): Itinerary;
//# sourceMappingURL=itinerary.d.ts.map
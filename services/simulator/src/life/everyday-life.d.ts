import type { Wearer } from '../people/wearer.ts';
import { type Day } from './london-day.ts';
import { type Whereabouts } from './stretch.ts';
/** A life without anything unusual in it. */
export interface EverydayLife {
    /** A pure function of the time: any time may be asked for, in any order. */
    at(time: number): Whereabouts;
    /** The day that a time belongs to, from one night at home to the next. */
    dayOf(time: number): Day;
}
export declare function createEverydayLife(seed: number, wearer: Wearer): EverydayLife;
//# sourceMappingURL=everyday-life.d.ts.map
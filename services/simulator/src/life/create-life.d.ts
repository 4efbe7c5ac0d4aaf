import type { Wearer } from '../people/wearer.ts';
import { type Errand } from './errand.ts';
import type { ErrandPlanner } from './errand-plan.ts';
import type { Day } from './london-day.ts';
import type { Whereabouts } from './stretch.ts';
/** A whole life: everyday life, and the errands that interrupt it. */
export interface Life {
    /** A pure function of the time. */
    at(time: number): Whereabouts;
    dayOf(time: number): Day;
    errandAt(time: number): Errand | undefined;
}
export interface LifeOptions {
    readonly seed: number;
    readonly wearer: Wearer;
    readonly planner: ErrandPlanner;
}
export declare function createLife({ seed, wearer, planner }: LifeOptions): Life;
//# sourceMappingURL=create-life.d.ts.map
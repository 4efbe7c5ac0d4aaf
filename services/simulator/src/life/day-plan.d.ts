import type { Wearer } from '../people/wearer.ts';
import type { Day } from './london-day.ts';
import type { Stretch } from './stretch.ts';
import { type UsualPlaces } from './usual-places.ts';
export interface DayPlan extends Day {
    readonly stretches: readonly Stretch[];
}
export interface PlanInputs {
    readonly seed: number;
    readonly wearer: Wearer;
    readonly places: UsualPlaces;
}
/** Metres a second. */
export declare const WALKING_MPS = 1.4;
/** What a wearer does on a day that begins and ends at home. The same for the same seed, wearer and day. */
export declare function planDay({ seed, wearer, places }: PlanInputs, day: Day): DayPlan;
//# sourceMappingURL=day-plan.d.ts.map
import type { Wearer } from '../people/wearer.ts';
import type { EverydayLife } from './everyday-life.ts';
/**
 * Something unusual that a wearer is going to do: go to the place they must avoid, walk past it, or go out when they should be
 * at home.
 */
export interface PlannedErrand {
    readonly kind: 'visit' | 'pass' | 'outing';
    /** When they get out of the car near the place, epoch milliseconds. */
    readonly arriveAt: number;
}
export interface ErrandPlan {
    /** All whose arrival lies in the time, `to` excluded. */
    errandsBetween(from: number, to: number): readonly PlannedErrand[];
}
/** Who does what is decided once for a run, by the seed. */
export interface ErrandPlanner {
    /** `everyday` tells when the wearer's days begin. */
    planFor(wearer: Wearer, everyday: EverydayLife): ErrandPlan;
    /** Whose errand is under way when the run starts: their tags should be on the air first. */
    readonly underWay: ReadonlySet<string>;
}
export interface PlannerOptions {
    readonly seed: number;
    readonly wearers: readonly Pick<Wearer, 'tagId' | 'curfew'>[];
}
/** Each of a small share of people once a day, at a time that only the seed knows. */
export declare function createDailyPlanner({ seed, wearers }: PlannerOptions): ErrandPlanner;
export declare const tagIdsOf: (wearers: readonly Pick<Wearer, "tagId">[]) => string[];
//# sourceMappingURL=errand-plan.d.ts.map
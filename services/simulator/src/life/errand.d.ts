import type { Wearer } from '../people/wearer.ts';
import type { PlannedErrand } from './errand-plan.ts';
import type { EverydayLife } from './everyday-life.ts';
import { type Stretch } from './stretch.ts';
/** An errand as it is done: it leaves everyday life at `from` and is back in it at `to`, without a leap. */
export interface Errand {
    readonly kind: PlannedErrand['kind'];
    readonly from: number;
    readonly to: number;
    readonly stretches: readonly Stretch[];
    /** Within `VISITED_M` of the place; only of a visit. */
    readonly visit: {
        readonly from: number;
        readonly to: number;
    } | undefined;
}
/** No errand is longer than this before or after its arrival. */
export declare const ERRAND_REACH_MS: number;
export interface ErrandOptions {
    readonly seed: number;
    readonly wearer: Wearer;
    readonly everyday: EverydayLife;
}
export declare function createErrand({ seed, wearer, everyday }: ErrandOptions, { kind, arriveAt }: PlannedErrand): Errand;
export declare function whereOnErrand({ stretches }: Errand, at: number): import("./stretch.ts").Whereabouts | undefined;
/** Whether two errands of one wearer would be at the same time. */
export declare function areAtOnce(one: Pick<Errand, 'from' | 'to'>, other: Pick<Errand, 'from' | 'to'>): boolean;
//# sourceMappingURL=errand.d.ts.map
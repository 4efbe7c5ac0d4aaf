import type { Curfew } from '../people/wearer.ts';
/** Epoch milliseconds, `to` excluded. */
export interface Hours {
    readonly from: number;
    readonly to: number;
}
/** The hours of the curfew that a time lies in; undefined for somebody who may be anywhere then. */
export declare function curfewAt(curfew: Curfew | null, at: number): Hours | undefined;
/** Minutes after midnight of a time on the clock. */
export declare function minutesOf(time: string): number;
/** Minutes after midnight of the middle of a curfew: whoever has it is asleep, or at any rate at home. */
export declare function middleOf(curfew: Curfew): number;
//# sourceMappingURL=curfew-hours.d.ts.map
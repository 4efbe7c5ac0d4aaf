/** A day in Northamptonshire, epoch milliseconds: 23, 24 or 25 hours. */
export interface Day {
    readonly from: number;
    readonly to: number;
}
/** The London day, from midnight to midnight, that a time belongs to. */
export declare function londonDay(at: number): Day;
//# sourceMappingURL=london-day.d.ts.map
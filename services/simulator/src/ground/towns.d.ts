import type { Point } from './point.ts';
export interface Town extends Point {
    readonly name: string;
    /** Metres from the middle within which people live. */
    readonly radiusM: number;
    /** How many of the wearers live here, against the others. */
    readonly weight: number;
}
/** Places of Northamptonshire, set down by hand: middles to a few hundred metres, sizes by impression. */
export declare const TOWNS: readonly [Town, ...Town[]];
//# sourceMappingURL=towns.d.ts.map
import type { FixSource } from '@cordon/contract';
import type { Surroundings } from '../life/stretch.ts';
/** How a position can be had somewhere. */
export interface Reception {
    readonly source: FixSource;
    /** Metres: standard deviation of the error along each axis. */
    readonly sigmaM: number;
    /** Satellites in use and their dilution, where there are any. */
    readonly satellites: readonly [least: number, most: number];
    readonly hdop: readonly [least: number, most: number];
}
/** Radius of the 95 % circle in standard deviations of one axis: a plane normal error is within k σ with 1 − exp(−k² / 2). */
export declare const SIGMAS_IN_CIRCLE: number;
export interface ReceptionInputs {
    readonly seed: number;
    readonly tagId: string;
    readonly time: number;
    readonly surroundings: Surroundings;
    readonly isNearBeacon: boolean;
}
export declare function receptionOf({ seed, tagId, time, surroundings, isNearBeacon }: ReceptionInputs): Reception;
//# sourceMappingURL=reception.d.ts.map
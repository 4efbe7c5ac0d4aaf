import type { Day } from '../life/london-day.ts';
export interface Battery {
    at(time: number, day: Day): BatteryLevel;
}
export interface BatteryLevel {
    readonly percent: number;
    /** It is the time at which the wearer charges it, which can only be done at home. */
    readonly isCharged: boolean;
}
export declare const BATTERY_LOW_PERCENT = 20;
export declare const BATTERY_CRITICAL_PERCENT = 10;
/** A pure function of the time and of the day it belongs to. */
export declare function createBattery(seed: number, tagId: string): Battery;
//# sourceMappingURL=battery.d.ts.map
import type { DeviceEventType } from '@cordon/contract';
/** What of a tag's state makes device events when it changes. */
export interface DeviceState {
    readonly isOn: boolean;
    /** Of a beacon at home, for those who have one. */
    readonly isNearBeacon: boolean;
    readonly isCharging: boolean;
    readonly batteryPercent: number;
    readonly isStrapCut: boolean;
    readonly isCaseOpen: boolean;
}
/** The events between two states; without an earlier one, what a tag tells when it is put on. */
export declare function eventsBetween(before: DeviceState | undefined, now: DeviceState): DeviceEventType[];
//# sourceMappingURL=device-events.d.ts.map
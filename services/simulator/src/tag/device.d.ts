import type { Life } from '../life/create-life.ts';
import type { Wearer } from '../people/wearer.ts';
import type { TroublePlan } from '../trouble/trouble.ts';
import type { DeviceState } from './device-events.ts';
/** The state of a tag at a time of its wearer's life. */
export interface Device {
    at(time: number): DeviceState;
}
export interface DeviceOptions {
    readonly seed: number;
    readonly wearer: Wearer;
    readonly life: Life;
    readonly troubles: TroublePlan;
}
export declare function createDevice({ seed, wearer, life, troubles }: DeviceOptions): Device;
//# sourceMappingURL=device.d.ts.map
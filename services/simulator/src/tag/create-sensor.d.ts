import type { DeviceEventMessage } from '@cordon/contract';
import type { TrueFix } from '../faults/create-faults.ts';
import { type DeviceOptions } from './device.ts';
import type { LifeClock } from './life-clock.ts';
/** What a tag measures at a time, or why it measures nothing. */
export type Sensed = {
    readonly type: 'measured';
    readonly fix: TrueFix;
    readonly events: readonly DeviceEventMessage[];
} | {
    readonly type: 'quiet';
    readonly why: 'no-signal' | 'power-off';
    readonly events: readonly DeviceEventMessage[];
};
export interface SensorOptions extends DeviceOptions {
    readonly clock: LifeClock;
    /** Sequence numbers begin after it. */
    readonly lastSeq: number;
}
/** Measures, at times of the machine's clock that do not run backwards. */
export declare function createSensor(options: SensorOptions): {
    sense(stampedAt: number): Sensed;
};
//# sourceMappingURL=create-sensor.d.ts.map
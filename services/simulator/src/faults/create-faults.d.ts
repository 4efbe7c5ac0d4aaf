import type { FixMessage } from '@cordon/contract';
import type { FaultRates } from './fault-rates.ts';
/** A fix with what is true of it; the truth goes with it until the broker has the message. */
export interface TrueFix {
    readonly message: FixMessage;
    readonly trueLon: number;
    readonly trueLat: number;
    readonly isJump: boolean;
}
/** One MQTT message of fixes, or one that is none. */
export type Outgoing = {
    readonly kind: 'fixes';
    readonly fixes: readonly TrueFix[];
} | {
    readonly kind: 'malformed';
    readonly payload: Buffer;
};
export interface Faults {
    /** What is sent at the time of a fix, in its order: usually the fix, alone. */
    pass(fix: TrueFix): readonly Outgoing[];
}
export interface FaultsOptions {
    readonly seed: number;
    readonly tagId: string;
    readonly rates: FaultRates;
}
export declare function createFaults({ seed, tagId, rates }: FaultsOptions): Faults;
//# sourceMappingURL=create-faults.d.ts.map
import { type FixMessage } from '@cordon/contract';
import type { Whereabouts } from '../life/stretch.ts';
/** What a tag makes of where it truly is. */
export interface Receiver {
    /** The parts of a fix that the position decides. Times may not run backwards. */
    receive(where: Whereabouts, time: number): Received;
}
export interface Received {
    readonly measured: Omit<FixMessage, 'time' | 'seq' | 'sent' | 'battery'>;
    /** Off by a reflection that the stated accuracy knows nothing of. */
    readonly isJump: boolean;
}
export interface ReceiverOptions {
    readonly seed: number;
    readonly tagId: string;
    /** At home. */
    readonly hasBeacon: boolean;
}
/** Errors of the two axes are independent, each Gauss-Markov, and as wide as the reception of the place. */
export declare function createReceiver({ seed, tagId, hasBeacon }: ReceiverOptions): Receiver;
//# sourceMappingURL=create-receiver.d.ts.map
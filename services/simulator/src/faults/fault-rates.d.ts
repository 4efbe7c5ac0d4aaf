/** How often each fault happens: the chance of it at any fix, 0 to 1. */
export interface FaultRates {
    /** A gap without network begins; what is measured in it is sent as one array after it. */
    readonly late: number;
    /** The whole message is sent again. */
    readonly duplicate: number;
    /** The message changes places with the next one. */
    readonly disorder: number;
    /** A gap begins in which nothing is measured. */
    readonly silence: number;
    /** Of all messages, this share is one that nobody can read. It comes between the good ones and costs none of them. */
    readonly malformed: number;
}
export declare const FAULT_NAMES: readonly ["late", "duplicate", "disorder", "silence", "malformed"];
export type FaultName = (typeof FAULT_NAMES)[number];
export declare const NO_FAULTS: FaultRates;
/** At one fix in 15 s, for each tag: a late batch and a silence about every three hours and every nine. */
export declare const USUAL_FAULTS: FaultRates;
/** `none`, `usual`, or these with some rates set: `usual,malformed=0.1`. Undefined for anything else. */
export declare function parseFaultRates(text: string): FaultRates | undefined;
//# sourceMappingURL=fault-rates.d.ts.map
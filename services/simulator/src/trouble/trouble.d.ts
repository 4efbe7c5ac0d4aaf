import type { Wearer } from '../people/wearer.ts';
/** What can go wrong with a tag: by its wearer's hand, by its battery, or where no radio reaches. */
export declare const TROUBLE_KINDS: readonly ["strap-cut", "case-open", "power-off", "no-signal", "weak-battery"];
export type TroubleKind = (typeof TROUBLE_KINDS)[number];
/** Epoch milliseconds of a wearer's life, `to` excluded. A weak battery is put on the charger at `to`. */
export interface Trouble {
    readonly kind: TroubleKind;
    readonly from: number;
    readonly to: number;
}
/** The troubles of one tag: a pure function of the time. */
export interface TroublePlan {
    /** The trouble of a kind that is under way, or of a weak battery that is being charged after it. */
    at(kind: TroubleKind, time: number): Trouble | undefined;
}
export interface TroublePlanner {
    planFor(wearer: Pick<Wearer, 'tagId'>): TroublePlan;
}
/** How long a battery that was weak is on the charger. */
export declare const CHARGING_MS: number;
export declare const noTroubles: TroublePlanner;
/** Including the charging that follows. */
export declare function isUnderWay({ kind, from, to }: Trouble, time: number): boolean;
//# sourceMappingURL=trouble.d.ts.map
import type { Wearer } from '../people/wearer.ts';
import { type TroublePlanner } from './trouble.ts';
export interface DemoTroublesOptions {
    readonly seed: number;
    readonly wearers: readonly Wearer[];
    readonly startedAt: number;
    /** Who has something else to show when the run starts. */
    readonly busy: ReadonlySet<string>;
}
export declare function createDemoTroubles({ seed, wearers, startedAt, busy }: DemoTroublesOptions): TroublePlanner;
//# sourceMappingURL=demo-troubles.d.ts.map
import type { Risk, WearerFlag } from '@cordon/contract';
import type { NamedPlace } from '../ground/avoid-places.ts';
/** Hours in which somebody must be at home by their order: HH:MM in London, every day; over midnight when `to` is before `from`. */
export interface Curfew {
    readonly from: string;
    readonly to: string;
}
/** A simulated person, as the population file has them. */
export interface Wearer {
    readonly name: string;
    readonly reference: string;
    readonly tagId: string;
    readonly flags: readonly WearerFlag[];
    /** 1 to 3. */
    readonly mappaLevel: number;
    /** How closely they are watched, by their order. */
    readonly risk: Risk;
    readonly home: NamedPlace;
    readonly work: NamedPlace | null;
    /** Where they must not be. What is drawn round it is not known here. */
    readonly avoid: NamedPlace;
    /** Whoever has one has a beacon at home. */
    readonly curfew: Curfew | null;
}
export interface Population {
    readonly wearers: readonly Wearer[];
}
/** Metres that a wearer's everyday ways stay away from the place they must avoid. */
export declare const CLEARANCE_M = 1500;
//# sourceMappingURL=wearer.d.ts.map
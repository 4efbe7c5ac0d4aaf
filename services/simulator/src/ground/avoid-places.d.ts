import type { Point } from './point.ts';
export interface NamedPlace extends Point {
    readonly name: string;
}
/** Places that orders forbid. The streets, and so whoever lives there, are invented. */
export declare const AVOID_PLACES: readonly [NamedPlace, ...NamedPlace[]];
//# sourceMappingURL=avoid-places.d.ts.map
import { type Path } from '../ground/path.ts';
import { type Point } from '../ground/point.ts';
import { type Wearer } from '../people/wearer.ts';
/** Somewhere a wearer goes, and the way there. */
export interface UsualPlace {
    readonly point: Point;
    readonly wayThere: Path;
    readonly wayBack: Path;
}
/** Where a wearer goes in everyday life. All of it, and every way there, stays clear of the place they must avoid. */
export interface UsualPlaces {
    readonly shop: UsualPlace;
    readonly pub: UsualPlace;
    /** The far corner of a walk round the neighbourhood. */
    readonly park: UsualPlace;
    readonly work: UsualPlace | undefined;
    readonly towns: readonly UsualPlace[];
}
/** Of the wearer alone, not of a run's seed: a person keeps their shop. */
export declare function usualPlacesOf(wearer: Wearer): UsualPlaces;
/** Whether a place is walked to; else it is driven to. */
export declare const isWalkedTo: ({ wayThere }: UsualPlace) => boolean;
//# sourceMappingURL=usual-places.d.ts.map
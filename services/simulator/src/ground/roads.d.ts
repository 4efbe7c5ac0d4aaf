import { type Path } from './path.ts';
import { type Point } from './point.ts';
/** A place and how far to stay away from it. */
export interface KeptAway {
    readonly from: Point;
    readonly metres: number;
}
/** The shortest way by road that stays clear of what is kept away from; undefined when there is none. */
export declare function routeBetween(from: Point, to: Point, away?: KeptAway): Path | undefined;
/** Round one corner, as streets go. */
export declare function localWay(from: Point, to: Point): Path;
//# sourceMappingURL=roads.d.ts.map
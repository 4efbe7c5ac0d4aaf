import type { FixMessage } from '@cordon/contract';
import type { Random } from '../random/create-random.ts';
/** A tag's n-th. The number is in it, so that no two are the same bytes: quarantine keeps those as one. */
export declare function malformedOf(fix: FixMessage, n: number, random: Random): Buffer;
//# sourceMappingURL=malformed.d.ts.map
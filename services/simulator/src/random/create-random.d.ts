/** A stream of random numbers that its keys decide: the same keys give the same stream on any machine. */
export interface Random {
    /** In [0, 1), 32 bits of it. */
    next(): number;
    between(from: number, to: number): number;
    /** From `from` to `to`, both included. */
    whole(from: number, to: number): number;
    chance(probability: number): boolean;
    pick<T>(list: readonly [T, ...T[]]): T;
    /** Mean 0, standard deviation 1. */
    normal(): number;
}
/**
 * Marsaglia's xorshift128 (Journal of Statistical Software 8, 2003), seeded with four FNV-1a hashes of the keys. Not for
 * secrets. Each question about a simulated life gets a stream of its own, so that one more question changes no other answer.
 */
export declare function createRandom(...keys: readonly (string | number)[]): Random;
/** A copy in random order (Fisher and Yates). */
export declare function shuffled<T>(list: readonly T[], random: Random): T[];
//# sourceMappingURL=create-random.d.ts.map
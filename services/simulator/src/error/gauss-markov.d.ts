import type { Random } from '../random/create-random.ts';
/** A random walk that is drawn back to 0: standard deviation 1, correlation exp(−Δt / τ) between times Δt apart. */
export interface GaussMarkov {
    /** Its value at a time not before the last one, epoch milliseconds. */
    at(time: number): number;
}
/** First-order Gauss-Markov process in its exact discrete form (Gelb, Applied Optimal Estimation, 1974, section 3.6). */
export declare function createGaussMarkov(tauMs: number, random: Random): GaussMarkov;
//# sourceMappingURL=gauss-markov.d.ts.map
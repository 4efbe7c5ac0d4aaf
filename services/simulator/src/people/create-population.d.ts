import { type Population } from './wearer.ts';
/** So many people, all different; the same for the same seed. */
export declare function createPopulation(seed: number, wearers: number): Population;
//# sourceMappingURL=create-population.d.ts.map
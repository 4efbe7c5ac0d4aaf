/** Metres that a wearer's everyday ways stay away from the place they must avoid. */
export const CLEARANCE_M = 1_500;
//# sourceMappingURL=wearer.js.map
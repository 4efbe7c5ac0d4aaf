/** Radius of the 95 % circle of an error with a standard deviation of 1 per axis: √(−2 ln 0.05). */
export const CIRCLE_SIGMAS = 2.4477

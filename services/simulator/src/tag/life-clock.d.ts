/**
 * Between the machine's clock, which fixes are stamped with, and the time in the simulated lives, which may pass more
 * quickly: both agree when the run starts. Stamps stay real at any speed; only people hurry.
 */
export interface LifeClock {
    lifeTime(stampedAt: number): number;
    stamp(lifeTime: number): number;
}
export declare function createLifeClock(startedAt: number, speed: number): LifeClock;
//# sourceMappingURL=life-clock.d.ts.map
import { createRandom } from "../random/create-random.js";
const HOUR_MS = 3_600_000;
/** Charged at the end of a day, full by its end, and unplugged an hour into the next. */
const CHARGING_MS = 1.4 * HOUR_MS;
const UNPLUGGED_MS = HOUR_MS;
/** Per cent an hour. */
const DRAIN = { min: 2.2, max: 3.1 };
/** One tag in so many is old: it is nearly empty in the evening. */
const OLD_SHARE = 0.04;
const OLD_DRAIN = 3.95;
export const BATTERY_LOW_PERCENT = 20;
export const BATTERY_CRITICAL_PERCENT = 10;
/** A pure function of the time and of the day it belongs to. */
export function createBattery(seed, tagId) {
    const random = createRandom('battery', seed, tagId);
    const drain = random.chance(OLD_SHARE) ? OLD_DRAIN : random.between(DRAIN.min, DRAIN.max);
    return {
        at: (time, { from, to }) => {
            const chargedFrom = to - CHARGING_MS;
            const drainedMs = Math.max(0, Math.min(time, chargedFrom) - from - UNPLUGGED_MS);
            const left = 100 - (drainedMs / HOUR_MS) * drain;
            const regained = time < chargedFrom ? 0 : ((100 - left) * (time - chargedFrom)) / CHARGING_MS;
            const isCharged = time >= chargedFrom || time < from + UNPLUGGED_MS;
            return { percent: Math.max(1, Math.round(left + regained)), isCharged };
        },
    };
}
//# sourceMappingURL=battery.js.map
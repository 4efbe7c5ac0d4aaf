import { createRandom } from "../random/create-random.js";
import { middleOf } from "./curfew-hours.js";
import { planDay } from "./day-plan.js";
import { londonDay } from "./london-day.js";
import { stretchAt, whereIn } from "./stretch.js";
import { usualPlacesOf } from "./usual-places.js";
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Share of people who work, or live, at night, so that the map is not still at 3 o'clock. */
const NIGHT_SHARE = 0.25;
/** Days that are kept planned: an errand looks an hour and a half round itself. */
const DAYS_KEPT = 3;
export function createEverydayLife(seed, wearer) {
    const random = createRandom('habits', seed, wearer.tagId);
    const places = usualPlacesOf(wearer);
    const habitMs = (random.chance(NIGHT_SHARE) ? random.between(10, 14) : random.between(0, 2.5)) * HOUR_MS;
    // A day begins and ends at home: of whoever has a curfew, in the middle of it.
    const shiftMs = wearer.curfew === null ? habitMs : middleOf(wearer.curfew) * MINUTE_MS;
    const planned = [];
    const planOf = (time) => {
        const known = planned.find(({ from, to }) => time >= from && time < to);
        if (known !== undefined)
            return known;
        const { from, to } = londonDay(time - shiftMs);
        const plan = planDay({ seed, wearer, places }, { from: from + shiftMs, to: to + shiftMs });
        planned.unshift(plan);
        planned.length = Math.min(planned.length, DAYS_KEPT);
        return plan;
    };
    return {
        dayOf: time => {
            const { from, to } = planOf(time);
            return { from, to };
        },
        at: time => {
            const stretch = stretchAt(planOf(time).stretches, time);
            if (stretch === undefined)
                throw new RangeError('a day has no gaps');
            return whereIn(stretch, time);
        },
    };
}
//# sourceMappingURL=everyday-life.js.map
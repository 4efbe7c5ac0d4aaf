import { areAtOnce, createErrand, ERRAND_REACH_MS, whereOnErrand } from "./errand.js";
import { createEverydayLife } from "./everyday-life.js";
/** The errands round a time are looked up once in so long. */
const WINDOW_MS = 600_000;
/** An errand that reaches into the window, and whatever that one clashes with: the same answer from any window. */
const KNOWN_MS = 3 * ERRAND_REACH_MS;
export function createLife({ seed, wearer, planner }) {
    const everyday = createEverydayLife(seed, wearer);
    const plan = planner.planFor(wearer, everyday);
    let made = new Map();
    let window;
    const errandsRound = (from) => {
        const planned = plan.errandsBetween(from - KNOWN_MS, from + WINDOW_MS + KNOWN_MS);
        const make = (errand) => made.get(errand.arriveAt) ?? createErrand({ seed, wearer, everyday }, errand);
        made = new Map(planned.map(errand => [errand.arriveAt, make(errand)]));
        return withoutClashes([...made.values()]);
    };
    const errandAt = (time) => {
        const from = Math.floor(time / WINDOW_MS) * WINDOW_MS;
        if (window?.from !== from)
            window = { from, errands: errandsRound(from) };
        return window.errands.find(errand => time >= errand.from && time < errand.to);
    };
    return {
        dayOf: time => everyday.dayOf(time),
        errandAt,
        at: time => {
            const errand = errandAt(time);
            return (errand && whereOnErrand(errand, time)) ?? everyday.at(time);
        },
    };
}
/** Visits and outings go before passes: nobody can be in two places. */
function withoutClashes(errands) {
    const passes = errands.filter(({ kind }) => kind === 'pass');
    const others = errands.filter(({ kind }) => kind !== 'pass');
    return [...others, ...passes.filter(pass => !others.some(other => areAtOnce(other, pass)))];
}
//# sourceMappingURL=create-life.js.map
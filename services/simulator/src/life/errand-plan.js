import { createRandom, shuffled } from "../random/create-random.js";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Of 200 wearers 6 visit on a day, and never fewer than 3 of any number; 10 more walk past. */
const VISITING_SHARE = 0.03;
const LEAST_VISITING = 3;
const PASSING_SHARE = 0.05;
/** Each of a small share of people once a day, at a time that only the seed knows. */
export function createDailyPlanner({ seed, wearers }) {
    const order = shuffled(tagIdsOf(wearers), createRandom('errands', seed));
    const visiting = Math.max(LEAST_VISITING, Math.ceil(order.length * VISITING_SHARE));
    const visitors = new Set(order.slice(0, visiting));
    const passing = Math.ceil(order.length * PASSING_SHARE);
    const passers = new Set(order.slice(visiting, visiting + passing));
    const planFor = ({ tagId }, everyday) => {
        const kind = visitors.has(tagId) ? 'visit' : passers.has(tagId) ? 'pass' : undefined;
        if (kind === undefined)
            return { errandsBetween: () => [] };
        const errandOf = (time) => {
            const { from } = everyday.dayOf(time);
            const hours = createRandom('errand', seed, tagId, from).between(9, 18);
            return { kind, arriveAt: from + hours * HOUR_MS };
        };
        return {
            errandsBetween: (from, to) => [errandOf(from), errandOf(everyday.dayOf(from).to)].filter(({ arriveAt }) => arriveAt >= from && arriveAt < to),
        };
    };
    return { planFor, underWay: new Set() };
}
export const tagIdsOf = (wearers) => wearers.map(({ tagId }) => tagId);
//# sourceMappingURL=errand-plan.js.map
import { createRandom, shuffled } from "../random/create-random.js";
import { curfewAt } from "./curfew-hours.js";
import { tagIdsOf } from "./errand-plan.js";
const MINUTE_MS = 60_000;
/** The first visitor is on foot when the run starts, 215 m from the place; from the car it was 420 m. */
const FIRST_ARRIVAL_MS = -((420 - 215) / 1.4) * 1_000;
/** 4 to 8 minutes between visits; and now and then somebody who only walks past. */
const VISITS = { kind: 'visit', everyMs: 6 * MINUTE_MS, jitterMs: MINUTE_MS, firstMs: FIRST_ARRIVAL_MS };
const PASSES = { kind: 'pass', everyMs: 10 * MINUTE_MS, jitterMs: 2 * MINUTE_MS, firstMs: 90_000 };
/** Somebody has just gone out when the run starts. */
const OUTINGS = { kind: 'outing', everyMs: 15 * MINUTE_MS, jitterMs: 2 * MINUTE_MS, firstMs: -30_000 };
/** So many people take turns: each visits once in four hours, which is longer than the longest errand. */
const TURNS = 40;
/** Of those with a curfew there are fewer; an outing takes less than two beats. */
const LEAST_TURNS = 4;
/** An outing is over by then. */
const OUTING_MS = 20 * MINUTE_MS;
/**
 * A visit right after the start and another every few minutes; the same of people who are away from home in the hours of their
 * curfew, who are others than those who visit. Who begins changes from start to start.
 */
export function createDemoPlanner({ seed, wearers, startedAt }) {
    const random = createRandom('demonstration', seed, startedAt);
    const [free, bound] = [
        wearers.filter(isFree),
        shuffled(wearers.filter(wearer => !isFree(wearer)), random),
    ];
    const order = shuffled(tagIdsOf(free), random);
    const rotas = [
        { beat: VISITS, tagIds: order.slice(0, TURNS) },
        { beat: PASSES, tagIds: order.toReversed().slice(0, TURNS) },
        ...[isByNight, isByDay].map(isOfGroup => ({ beat: OUTINGS, tagIds: inTurn(bound.filter(isOfGroup), startedAt) })),
    ];
    const planFor = ({ tagId, curfew }) => ({
        errandsBetween: (from, to) => rotas.flatMap(rota => arrivals(rota, tagId, { seed, startedAt, from, to }).filter(({ kind, arriveAt }) => kind !== 'outing' || isBoundFor(curfew, arriveAt))),
    });
    const goers = rotas.flatMap(({ beat, tagIds }) => (beat.firstMs < 0 ? tagIds.slice(0, 1) : []));
    return { planFor, underWay: new Set(goers) };
}
const isFree = ({ curfew }) => curfew === null;
const isByNight = ({ curfew }) => curfew !== null && curfew.to < curfew.from;
const isByDay = ({ curfew }) => curfew !== null && curfew.to >= curfew.from;
/** Whether somebody would have to be at home for the whole of an outing. */
function isBoundFor(curfew, at) {
    const hours = curfewAt(curfew, at - OUTING_MS / 4);
    return hours !== undefined && hours.to > at + OUTING_MS;
}
/** Those first whose curfew is in force when the run starts. */
function inTurn(wearers, startedAt) {
    const isNow = ({ curfew }) => isBoundFor(curfew, startedAt);
    return tagIdsOf([...wearers.filter(isNow), ...wearers.filter(each => !isNow(each))]).slice(0, TURNS);
}
function arrivals({ beat, tagIds }, tagId, { seed, startedAt, from, to }) {
    const found = [];
    const turn = tagIds.indexOf(tagId);
    if (turn === -1)
        return found;
    const turns = beat.kind === 'outing' ? Math.max(LEAST_TURNS, tagIds.length) : TURNS;
    const cycleMs = beat.everyMs * turns;
    const begin = Math.max(0, Math.floor((from - beat.jitterMs - startedAt - beat.firstMs) / cycleMs) - 1);
    for (let round = begin; startedAt + beat.firstMs + round * cycleMs <= to + beat.jitterMs; round++) {
        const beats = round * turns + turn;
        const jitter = beats === 0 ? 0 : createRandom('beat', seed, beat.kind, startedAt, beats).between(-1, 1);
        const arriveAt = startedAt + beat.firstMs + beats * beat.everyMs + jitter * beat.jitterMs;
        if (arriveAt >= from && arriveAt < to)
            found.push({ kind: beat.kind, arriveAt });
    }
    return found;
}
//# sourceMappingURL=demo-plan.js.map
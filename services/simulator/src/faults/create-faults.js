import { createRandom, shuffled } from "../random/create-random.js";
import { malformedOf } from "./malformed.js";
/** Fixes. */
const LATE = { least: 4, most: 20 };
const SILENT = { least: 4, most: 40 };
/** Of the late batches, this share is not in the order of measurement. */
const MIXED_SHARE = 0.3;
const ON_AIR = { name: 'on-air' };
export function createFaults({ seed, tagId, rates }) {
    const random = createRandom('faults', seed, tagId);
    let state = ON_AIR;
    let waiting;
    const sendNow = (message) => {
        const messages = [message, ...(waiting === undefined ? [] : [waiting])];
        waiting = undefined;
        return random.chance(rates.duplicate) ? [...messages, message] : messages;
    };
    const onAir = (fix) => {
        const message = { kind: 'fixes', fixes: [fix] };
        if (waiting === undefined && random.chance(rates.disorder)) {
            waiting = message;
            return [];
        }
        return sendNow(message);
    };
    const good = (fix) => {
        if (state.name === 'on-air')
            state = begun(rates, random);
        switch (state.name) {
            case 'on-air':
                return onAir(fix);
            case 'silent':
                state = state.left > 1 ? { ...state, left: state.left - 1 } : ON_AIR;
                return [];
            case 'gap': {
                const kept = [...state.kept, fix];
                const { left } = state;
                state = left > 1 ? { name: 'gap', left: left - 1, kept } : ON_AIR;
                if (left > 1)
                    return [];
                return sendNow({ kind: 'fixes', fixes: random.chance(MIXED_SHARE) ? shuffled(kept, random) : kept });
            }
        }
    };
    const withMalformed = createSpoiler(rates, random);
    return { pass: fix => good(fix).flatMap(message => withMalformed(message, fix)) };
}
/** Now and then puts a malformed message before a good one. With r / (1 − r) of them for each, their share is r. */
function createSpoiler({ malformed }, random) {
    let count = 0;
    return (message, fix) => {
        if (!random.chance(malformed / (1 - malformed)))
            return [message];
        return [{ kind: 'malformed', payload: malformedOf(fix.message, ++count, random) }, message];
    };
}
function begun(rates, random) {
    if (random.chance(rates.silence))
        return { name: 'silent', left: random.whole(SILENT.least, SILENT.most) };
    if (random.chance(rates.late))
        return { name: 'gap', left: random.whole(LATE.least, LATE.most), kept: [] };
    return ON_AIR;
}
//# sourceMappingURL=create-faults.js.map
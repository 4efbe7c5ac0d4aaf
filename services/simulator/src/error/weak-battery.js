import { CHARGING_MS } from "../trouble/trouble.js";
/** What a cell that fails is down to when it is put on the charger. */
const WEAKEST_PERCENT = 4;
/** A weak battery drains evenly from where it stood, and is charged evenly, wherever the wearer is then, to where it would be. */
export function weakLevel({ from, to }, time, soundAt) {
    const line = (start, end, share) => Math.round(start + (end - start) * share);
    if (time < to) {
        const percent = line(soundAt(from).percent, WEAKEST_PERCENT, (time - from) / (to - from));
        return { percent, isCharged: false };
    }
    const full = soundAt(to + CHARGING_MS).percent;
    return { percent: line(WEAKEST_PERCENT, full, (time - to) / CHARGING_MS), isCharged: true };
}
//# sourceMappingURL=weak-battery.js.map
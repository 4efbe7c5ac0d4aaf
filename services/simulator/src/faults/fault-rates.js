export const FAULT_NAMES = ['late', 'duplicate', 'disorder', 'silence', 'malformed'];
export const NO_FAULTS = { late: 0, duplicate: 0, disorder: 0, silence: 0, malformed: 0 };
/** At one fix in 15 s, for each tag: a late batch and a silence about every three hours and every nine. */
export const USUAL_FAULTS = {
    ...{ late: 0.0015, duplicate: 0.003, disorder: 0.002, silence: 0.0005 },
    malformed: 0.0005,
};
/** `none`, `usual`, or these with some rates set: `usual,malformed=0.1`. Undefined for anything else. */
export function parseFaultRates(text) {
    let rates = NO_FAULTS;
    for (const [index, part] of text.split(',').entries()) {
        if (part === 'none' && index === 0)
            continue;
        if (part === 'usual' && index === 0) {
            rates = USUAL_FAULTS;
            continue;
        }
        const [, name, digits] = /^([a-z]+)=(0|1|0?\.\d{1,9})$/.exec(part) ?? [];
        const known = FAULT_NAMES.find(fault => fault === name);
        if (known === undefined || Number(digits) > MOST[known])
            return undefined;
        rates = { ...rates, [known]: Number(digits) };
    }
    return rates;
}
/** With a half of all messages malformed each good one is followed by a bad one. */
const MOST = { late: 1, duplicate: 1, disorder: 1, silence: 1, malformed: 0.5 };
//# sourceMappingURL=fault-rates.js.map
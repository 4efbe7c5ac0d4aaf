/** What can go wrong with a tag: by its wearer's hand, by its battery, or where no radio reaches. */
export const TROUBLE_KINDS = ['strap-cut', 'case-open', 'power-off', 'no-signal', 'weak-battery'];
/** How long a battery that was weak is on the charger. */
export const CHARGING_MS = 45 * 60_000;
export const noTroubles = { planFor: () => ({ at: () => undefined }) };
/** Including the charging that follows. */
export function isUnderWay({ kind, from, to }, time) {
    return time >= from && time < (kind === 'weak-battery' ? to + CHARGING_MS : to);
}
//# sourceMappingURL=trouble.js.map
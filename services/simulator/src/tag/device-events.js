import { BATTERY_CRITICAL_PERCENT, BATTERY_LOW_PERCENT } from "../error/battery.js";
/** A tag that has said nothing of itself. */
const UNSAID = {
    ...{ isOn: true, isNearBeacon: false, isCharging: false, batteryPercent: 100, isStrapCut: false, isCaseOpen: false },
};
/** The events between two states; without an earlier one, what a tag tells when it is put on. */
export function eventsBetween(before = UNSAID, now) {
    if (!now.isOn)
        return before.isOn ? ['power-off'] : [];
    const events = before.isOn ? [] : ['power-on'];
    const changed = (part) => now[part] !== before[part];
    if (changed('isNearBeacon'))
        events.push(now.isNearBeacon ? 'beacon-near' : 'beacon-away');
    if (changed('isCharging'))
        events.push(now.isCharging ? 'charging' : 'uncharging');
    const fellBelow = (percent) => now.batteryPercent < percent && before.batteryPercent >= percent;
    if (!now.isCharging && fellBelow(BATTERY_LOW_PERCENT))
        events.push('battery-low');
    if (!now.isCharging && fellBelow(BATTERY_CRITICAL_PERCENT))
        events.push('battery-critical');
    if (changed('isStrapCut'))
        events.push(now.isStrapCut ? 'strap-cut' : 'strap-restored');
    // of a case that is closed again the tag says nothing
    if (now.isCaseOpen && !before.isCaseOpen)
        events.push('case-open');
    return events;
}
//# sourceMappingURL=device-events.js.map
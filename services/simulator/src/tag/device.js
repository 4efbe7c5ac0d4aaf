import { createBattery } from "../error/battery.js";
import { weakLevel } from "../error/weak-battery.js";
export function createDevice({ seed, wearer, life, troubles }) {
    const battery = createBattery(seed, wearer.tagId);
    const soundAt = (time) => battery.at(time, life.dayOf(time));
    return {
        at: time => {
            const { isHome } = life.at(time);
            const weak = troubles.at('weak-battery', time);
            const { percent, isCharged } = weak === undefined ? soundAt(time) : weakLevel(weak, time, soundAt);
            return {
                isOn: troubles.at('power-off', time) === undefined,
                isNearBeacon: isHome && wearer.curfew !== null,
                isCharging: isCharged && (isHome || weak !== undefined),
                batteryPercent: percent,
                isStrapCut: troubles.at('strap-cut', time) !== undefined,
                isCaseOpen: troubles.at('case-open', time) !== undefined,
            };
        },
    };
}
//# sourceMappingURL=device.js.map
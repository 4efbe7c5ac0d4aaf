import { createReceiver } from "../error/create-receiver.js";
import { createRandom } from "../random/create-random.js";
import { createDevice } from "./device.js";
import { eventsBetween } from "./device-events.js";
/** Some makers write times as text, some as a number; here one tag in so many does the latter. */
const NUMBERED_SHARE = 0.3;
/** Measures, at times of the machine's clock that do not run backwards. */
export function createSensor(options) {
    const { seed, life, clock, troubles } = options;
    const { tagId, curfew } = options.wearer;
    const receiver = createReceiver({ seed, tagId, hasBeacon: curfew !== null });
    const device = createDevice(options);
    const isNumbered = createRandom('model', seed, tagId).chance(NUMBERED_SHARE);
    let seq = options.lastSeq;
    let before;
    const eventsAt = (now, time) => {
        const types = eventsBetween(before, now);
        before = now;
        return types.map((type) => ({ time, seq: ++seq, type, battery: now.batteryPercent }));
    };
    const sense = (stampedAt) => {
        const at = clock.lifeTime(stampedAt);
        // What happens meanwhile is told when there is a signal again.
        if (troubles.at('no-signal', at) !== undefined)
            return { type: 'quiet', why: 'no-signal', events: [] };
        const now = device.at(at);
        const time = isNumbered ? stampedAt : new Date(stampedAt).toISOString();
        if (!now.isOn)
            return { type: 'quiet', why: 'power-off', events: eventsAt(now, time) };
        const where = life.at(at);
        const { measured, isJump } = receiver.receive(where, stampedAt);
        const message = { time, ...measured, seq: ++seq, battery: now.batteryPercent };
        const fix = { message, trueLon: where.point.lon, trueLat: where.point.lat, isJump };
        return { type: 'measured', fix, events: eventsAt(now, time) };
    };
    return { sense };
}
//# sourceMappingURL=create-sensor.js.map
const HOUR_MS = 3_600_000;
const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
});
/** The London day, from midnight to midnight, that a time belongs to. */
export function londonDay(at) {
    const from = midnightBefore(at);
    // 26 hours on it is the next day, whether this one has 23 hours or 25
    return { from, to: midnightBefore(from + 26 * HOUR_MS) };
}
function midnightBefore(at) {
    const whole = at - (((at % 1_000) + 1_000) % 1_000);
    const guess = whole - sinceMidnight(whole);
    // Where the clocks changed since midnight, the guess is an hour off: 23:00 of the day before, or 01:00.
    const offset = sinceMidnight(guess);
    return offset > 12 * HOUR_MS ? guess + 24 * HOUR_MS - offset : guess - offset;
}
/** What the clock on the wall shows, in milliseconds. */
function sinceMidnight(at) {
    const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [hours = 0, minutes = 0, seconds = 0] = [parts.get('hour'), parts.get('minute'), parts.get('second')];
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
//# sourceMappingURL=london-day.js.map
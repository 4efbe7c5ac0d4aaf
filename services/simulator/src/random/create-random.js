/**
 * Marsaglia's xorshift128 (Journal of Statistical Software 8, 2003), seeded with four FNV-1a hashes of the keys. Not for
 * secrets. Each question about a simulated life gets a stream of its own, so that one more question changes no other answer.
 */
export function createRandom(...keys) {
    const text = keys.join('|');
    let [x, y, z, w] = [hash(text, 1), hash(text, 2), hash(text, 3), hash(text, 4) | 1];
    const next = () => {
        const t = x ^ (x << 11);
        x = y;
        y = z;
        z = w;
        w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
        return (w >>> 0) / 2 ** 32;
    };
    const whole = (from, to) => from + Math.floor(next() * (to - from + 1));
    return {
        next,
        between: (from, to) => from + next() * (to - from),
        whole,
        chance: probability => next() < probability,
        pick: list => list[whole(0, list.length - 1)] ?? list[0],
        // Box and Muller; 1 - next() is never 0
        normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    };
}
/** FNV-1a over UTF-16 code units, finished with two multiplications so that near keys give far hashes. */
function hash(text, salt) {
    let value = Math.imul(0x811c9dc5 ^ salt, 0x01000193);
    for (let at = 0; at < text.length; at++)
        value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
    value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
    value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
    return value ^ (value >>> 15);
}
/** A copy in random order (Fisher and Yates). */
export function shuffled(list, random) {
    const copy = [...list];
    for (let last = copy.length - 1; last > 0; last--) {
        const other = random.whole(0, last);
        const [a, b] = [copy[last], copy[other]];
        if (a === undefined || b === undefined)
            continue;
        copy[last] = b;
        copy[other] = a;
    }
    return copy;
}
//# sourceMappingURL=create-random.js.map
/** Ways in which a message can be useless as a whole: each gives one rejection and no fix. */
const SPOILS = [
    fix => JSON.stringify(fix).slice(0, -9),
    fix => JSON.stringify({ ...fix, lat: undefined }),
    fix => JSON.stringify({ ...fix, lat: 91.5 }),
    fix => JSON.stringify({ ...fix, lon: String(fix.lon) }),
    fix => JSON.stringify({ ...fix, lon: null }),
    fix => JSON.stringify({ ...fix, time: 'yesterday' }),
    fix => JSON.stringify({ ...fix, time: undefined }),
    fix => JSON.stringify({ ...fix, lat: 'NaN' }).replace('"NaN"', 'NaN'),
    ({ n }) => `AT+CGNSINF,1,1,${n}`,
    ({ n }) => JSON.stringify(`offline ${n}`),
    ({ n }) => Buffer.concat([Buffer.from('{"'), Buffer.from([0xff, 0xfe]), Buffer.from(`":${n}}`)]),
];
/** A tag's n-th. The number is in it, so that no two are the same bytes: quarantine keeps those as one. */
export function malformedOf(fix, n, random) {
    return Buffer.from(random.pick(SPOILS)({ n, ...fix }));
}
//# sourceMappingURL=malformed.js.map
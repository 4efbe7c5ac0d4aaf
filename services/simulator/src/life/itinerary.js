export function createItinerary(from) {
    const stretches = [];
    let at = from;
    const add = (stretch) => {
        at = stretch.to;
        stretches.push(stretch);
    };
    return {
        stretches,
        get at() {
            return at;
        },
        travel: (path, speedMps, surroundings) => {
            const to = at + (path.lengthM / speedMps) * 1_000;
            add({ type: 'travel', from: at, to, path, surroundings });
        },
        stayUntil: (to, point, { surroundings, isHome = false }) => {
            if (to > at)
                add({ type: 'stay', from: at, to, point, surroundings, isHome });
        },
        append: next => {
            for (const stretch of next.stretches)
                add(stretch);
        },
    };
}
//# sourceMappingURL=itinerary.js.map
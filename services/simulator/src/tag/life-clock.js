export function createLifeClock(startedAt, speed) {
    return {
        lifeTime: stampedAt => startedAt + (stampedAt - startedAt) * speed,
        stamp: lifeTime => Math.round(startedAt + (lifeTime - startedAt) / speed),
    };
}
//# sourceMappingURL=life-clock.js.map
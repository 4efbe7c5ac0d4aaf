/** First-order Gauss-Markov process in its exact discrete form (Gelb, Applied Optimal Estimation, 1974, section 3.6). */
export function createGaussMarkov(tauMs, random) {
    let value = random.normal();
    let last;
    return {
        at: time => {
            if (last !== undefined && time > last) {
                const kept = Math.exp(-(time - last) / tauMs);
                value = kept * value + Math.sqrt(1 - kept * kept) * random.normal();
            }
            last = time;
            return value;
        },
    };
}
//# sourceMappingURL=gauss-markov.js.map
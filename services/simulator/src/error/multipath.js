const RATE = 0.0015;
const JUMP_M = { min: 80, max: 200 };
export function createMultipath(random) {
    let left = 0;
    let jump;
    return {
        next: () => {
            if (left === 0) {
                jump = undefined;
                if (!random.chance(RATE))
                    return undefined;
                left = random.whole(1, 2);
                jump = jumpOf(random);
            }
            left--;
            return jump;
        },
    };
}
function jumpOf(random) {
    const metres = random.between(JUMP_M.min, JUMP_M.max);
    const direction = random.between(0, 2 * Math.PI);
    return { east: metres * Math.sin(direction), north: metres * Math.cos(direction) };
}
//# sourceMappingURL=multipath.js.map
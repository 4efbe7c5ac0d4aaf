import { type Trouble } from '../trouble/trouble.ts';
import type { BatteryLevel } from './battery.ts';
/** A weak battery drains evenly from where it stood, and is charged evenly, wherever the wearer is then, to where it would be. */
export declare function weakLevel({ from, to }: Trouble, time: number, soundAt: (time: number) => BatteryLevel): BatteryLevel;
//# sourceMappingURL=weak-battery.d.ts.map
import { type ErrandPlanner, type PlannerOptions } from './errand-plan.ts';
export interface DemoOptions extends PlannerOptions {
    readonly startedAt: number;
}
/**
 * A visit right after the start and another every few minutes; the same of people who are away from home in the hours of their
 * curfew, who are others than those who visit. Who begins changes from start to start.
 */
export declare function createDemoPlanner({ seed, wearers, startedAt }: DemoOptions): ErrandPlanner;
//# sourceMappingURL=demo-plan.d.ts.map
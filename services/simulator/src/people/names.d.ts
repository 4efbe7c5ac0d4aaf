type Words = readonly [string, ...string[]];
export declare const FIRST_NAMES: Words;
export declare const LAST_NAMES: Words;
export declare const STREET_NAMES: Words;
export declare const STREET_WAYS: Words;
export declare const WORKPLACES: Words;
export {};
//# sourceMappingURL=names.d.ts.map
export declare const SUITE: string;
export declare function runsAlone(spec: string): boolean;

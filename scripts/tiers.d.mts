export declare const unavailable: { file: string; why: string }[];

/** JSON Schema of the plan, draft 7. */
export function planSchema(): Record<string, unknown>;

/** What a gantry.config.ts imports. */
export { defineSystem } from './model/define-system.ts';

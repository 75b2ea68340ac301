/** What a gantry.config.ts imports. */
export {
  type BackingInput,
  defineSystem,
  type EnvironmentInput,
  type ServiceInput,
  type SystemInput,
} from './model/define-system.ts';

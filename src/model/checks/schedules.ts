import { Cron } from 'croner';
import { invalidSchedule } from '../../diagnostics/catalogue/model.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { System } from '../schema/system.ts';
import type { MapNode } from '../tree/node.ts';
import { nearestPosition } from '../tree/position.ts';

/** Cron expressions: of services, and of backups. */
export function checkSchedules(system: System, tree: MapNode): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (text: string | undefined, ...path: string[]) => {
    const reason = text === undefined ? undefined : mistakeIn(text);
    if (text !== undefined && reason !== undefined)
      found.push(invalidSchedule(text, reason, nearestPosition(tree, path)));
  };
  for (const [name, { schedule, owns }] of Object.entries(system.services)) {
    check(schedule, 'services', name, 'schedule');
    for (const [owned, { backup }] of Object.entries(owns)) {
      check(backup?.schedule, 'services', name, 'owns', owned, 'backup', 'schedule');
    }
  }
  for (const [name, { backup }] of Object.entries(system.backing))
    check(backup?.schedule, 'backing', name, 'backup', 'schedule');
  return found;
}

/** The five fields of Kubernetes, or one of its words; seconds and years are not known there. */
function mistakeIn(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text.trim())) return undefined;
  if (fields.length !== 5) return `it has ${fields.length} field${fields.length === 1 ? '' : 's'}, not five`;
  try {
    return new Cron(text, { paused: true, timezone: 'UTC' }).nextRun() ? undefined : 'it never comes';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^CronPattern: /, '') : String(error);
  }
}

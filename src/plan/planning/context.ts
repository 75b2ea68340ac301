import type { Diagnostic, Position } from '../../diagnostics/diagnostic.ts';
import type { System } from '../../model/schema/system.ts';
import type { Origins } from '../origins.ts';
import { type Place, partPosition } from '../place.ts';
import type { Value } from '../plan.ts';
import { mayHoldReferences } from '../references/parse.ts';
import type { Names, Site } from '../references/scope.ts';
import { resolveText } from '../references/text.ts';

/** What every step of the planner works with. */
export interface PlanContext {
  system: System;
  environment: string;
  /** The whole model. */
  root: Place;
  names: Names;
  origins: Origins;
  report(diagnostic: Diagnostic): void;
}

/** Resolves a text that a running service reads, or that is given of an external one. @param where of the text */
export function resolveValue(
  context: PlanContext,
  text: string,
  where: Place | undefined,
  site: Pick<Site, 'service' | 'allow' | 'place'>,
): Value {
  // Most texts hold none, and a plan has very many.
  if (!mayHoldReferences(text)) return text === '' ? [] : [text];
  const { service, allow, place } = site;
  return resolveText(text, context.names, { service, allow, place, at: positionsIn(where), report: context.report });
}

/** Resolves a text that must be known at plan time. @param place in words, for the error */
export function plainText(context: PlanContext, text: string, where: Place | undefined, place: string): string;
export function plainText(
  context: PlanContext,
  text: string | undefined,
  where: Place | undefined,
  place: string,
): string | undefined;
export function plainText(
  context: PlanContext,
  text: string | undefined,
  where: Place | undefined,
  place: string,
): string | undefined {
  return text === undefined ? undefined : resolveValue(context, text, where, { allow: 'text', place }).join('');
}

const positionsIn =
  (where: Place | undefined) =>
  (offset: number, length: number): Position | undefined =>
    partPosition(where, offset, length);

/**
 * Takes what destructuring left over of a model object. A new key of the model is left over until a planner carries it
 * into the plan, and then this call does not compile.
 */
export function everythingHandled(_rest: Record<string, never>): void {}

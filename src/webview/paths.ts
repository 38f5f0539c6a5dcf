/** The paths of fields, which name their resource where that is not the one the call's details came from. */
import type { Call } from '../call/call';
import { type Resource, RESOURCES } from '../call/request';

export interface FieldPlace {
  readonly resource: Resource;
  /** Without the resource. */
  readonly path: string;
}

/** Where a field of a call stood: `v1:Duration` is `Duration` of v1. */
export function placeOf(field: string, { resource }: Pick<Call, 'resource'>): FieldPlace {
  const named = RESOURCES.find((each) => field.startsWith(`${each}:`));
  return named === undefined ? { resource, path: field } : { resource: named, path: field.slice(named.length + 1) };
}

/** The fields of each resource, in the order in which the resources first occur; `place` is where each field stood there. */
export function byResource<F extends { readonly path: string }>(
  fields: readonly F[],
  call: Pick<Call, 'resource'>,
): readonly { readonly resource: Resource; readonly fields: readonly (F & { readonly name: string })[] }[] {
  const groups = new Map<Resource, (F & { readonly name: string })[]>();
  for (const field of fields) {
    const { resource, path } = placeOf(field.path, call);
    groups.set(resource, [...(groups.get(resource) ?? []), { ...field, name: path }]);
  }
  return Array.from(groups, ([resource, group]) => ({ resource, fields: group }));
}

/** How what rests on fields stands to the fields that are selected. Pure. */

/** True when one of these fields is selected. */
export function isSelected(selected: ReadonlySet<string>, fields: readonly string[]): boolean {
  return fields.some((field) => selected.has(field));
}

/** True when these fields are selected and no others. */
export function isWhole(selected: ReadonlySet<string>, fields: readonly string[]): boolean {
  const wanted = new Set(fields);
  return wanted.size > 0 && wanted.size === selected.size && [...wanted].every((field) => selected.has(field));
}

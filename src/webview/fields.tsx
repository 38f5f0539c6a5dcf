import type { JSX, RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Call, ReportedField } from '../call/call';
import { resourceName, type Resource } from '../call/request';
import { plainText } from '../call/text';
import { useHost } from './host';
import { Icon } from './icon';
import { byResource } from './paths';
import { useSelection } from './selection';
import { Value } from './value';

const CUT = 400;

interface FieldsProps {
  readonly call: Call;
  readonly details: RefObject<HTMLDetailsElement | null>;
}

/** Every field of the answers as it came, those that nobody knows among them. */
export function Fields({ call, details }: FieldsProps): JSX.Element {
  const unknown = call.reported.filter(({ known }) => !known).length;
  const groups = useMemo(() => byResource(call.reported, call), [call]);
  const used = useMemo(() => new Set([call.sources, ...(call.legs ?? []).map(({ sources }) => sources)].flatMap((sources) => Object.values(sources))), [call]);
  const pick = usePicking(details);
  return (
    <section aria-label="All fields" id="all-fields">
      <details ref={details}>
        <summary>
          <h2>All fields</h2>
          <span class="quiet">
            {call.reported.length + call.reportedLeftOut}
            {unknown > 0 && `, ${unknown} of them unknown to this extension`}
          </span>
        </summary>
        <div class="scroll" tabIndex={0} role="group" aria-label="Fields as they came">
          <table class="fields">
            <thead class="unseen">
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            {groups.map(({ resource, fields }) => (
              <tbody key={resource}>
                {groups.length > 1 && <Group resource={resource} />}
                {fields.map((field) => (
                  <Row key={field.path} field={field} {...(used.has(field.path) ? { pick } : {})} />
                ))}
              </tbody>
            ))}
          </table>
        </div>
        {call.reportedLeftOut > 0 && <p class="quiet">{call.reportedLeftOut} more fields are in Raw JSON.</p>}
      </details>
    </section>
  );
}

function Group({ resource }: { resource: Resource }): JSX.Element {
  return (
    <tr class="group">
      <th scope="rowgroup" colSpan={2}>
        {resource === 'legs' ? 'Legs' : resourceName(resource)}
      </th>
    </tr>
  );
}

/**
 * Gives the function that selects a field in the list, or ends its selection. Fields selected elsewhere are brought to the eye; those
 * selected here are there already.
 */
function usePicking(details: RefObject<HTMLDetailsElement | null>): (path: string) => void {
  const host = useHost();
  const { fields, select, clear } = useSelection();
  const pickedHere = useRef<string>(undefined);
  useEffect(() => {
    const isFromHere = fields.size === 1 && [...fields][0] === pickedHere.current;
    if (!isFromHere) pickedHere.current = undefined;
    if (isFromHere || fields.size === 0 || details.current === null) return;
    details.current.open = true;
    rowsOf(details.current, fields)[0]?.scrollIntoView({ block: 'nearest' });
    host.announce(`Fields selected: ${[...fields].map((field) => plainText(field, 80)).join(', ')}`);
  }, [fields]);
  return (path) => {
    if (fields.has(path)) {
      clear();
      return;
    }
    pickedHere.current = path;
    select([path]);
  };
}

interface RowProps {
  readonly field: ReportedField & { readonly name: string };
  /** Absent for a field that is shown nowhere but here. */
  readonly pick?: (path: string) => void;
}

function Row({ field: { path, name, value, known, problem }, pick }: RowProps): JSX.Element {
  const { fields } = useSelection();
  const isSelected = fields.has(path);
  const shown = plainText(name, 200);
  return (
    <tr data-field={path} tabIndex={-1} class={isSelected ? 'is-selected' : undefined}>
      <th scope="row" class="mono">
        {shown}
        {!known && <small> unknown field</small>}
        {pick !== undefined && (
          <button
            type="button"
            class="pick"
            aria-label={`Highlight ${shown}`}
            title={isSelected ? 'End the highlight' : 'Highlight where this is used'}
            aria-pressed={isSelected}
            onClick={() => pick(path)}
          >
            <Icon name="target" />
          </button>
        )}
      </th>
      <td class="mono">
        {value === '' ? <span class="quiet">empty</span> : <Value what={shown} text={value} cutAt={CUT} />}
        {problem !== undefined && (
          <small>
            {' '}
            <Icon name="warning" severity="warning" /> {problem}
          </small>
        )}
      </td>
    </tr>
  );
}

function rowsOf(details: HTMLDetailsElement, fields: ReadonlySet<string>): readonly HTMLElement[] {
  return [...details.querySelectorAll<HTMLElement>('[data-field]')].filter((row) => fields.has(row.dataset['field'] ?? ''));
}

/** Opens the list and brings a field's row to the eye and the keyboard. */
export function showField(details: HTMLDetailsElement | null, field: string): void {
  if (details === null) return;
  details.open = true;
  const [row] = rowsOf(details, new Set([field]));
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
}

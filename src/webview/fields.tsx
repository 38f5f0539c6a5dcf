import type { JSX, Ref } from 'preact';
import type { Call, ReportedField } from '../call/call';
import { plainText } from '../call/text';
import { Icon } from './icon';
import { Value } from './value';

const CUT = 400;

interface FieldsProps {
  readonly call: Call;
  readonly details: Ref<HTMLDetailsElement>;
}

/** Every field of the answer as it came, those that nobody knows among them. */
export function Fields({ call, details }: FieldsProps): JSX.Element {
  const unknown = call.reported.filter(({ known }) => !known).length;
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
            <tbody>
              {call.reported.map((field) => (
                <Row key={field.path} field={field} />
              ))}
            </tbody>
          </table>
        </div>
        {call.reportedLeftOut > 0 && <p class="quiet">{call.reportedLeftOut} more fields are in Raw JSON.</p>}
      </details>
    </section>
  );
}

function Row({ field: { path, value, known, problem } }: { field: ReportedField }): JSX.Element {
  const name = plainText(path, 200);
  return (
    <tr data-field={path} tabIndex={-1}>
      <th scope="row" class="mono">
        {name}
        {!known && <small> unknown field</small>}
      </th>
      <td class="mono">
        {value === '' ? <span class="quiet">empty</span> : <Value what={name} text={value} cutAt={CUT} />}
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

/** Opens the list and brings a field's row to the eye and the keyboard. */
export function showField(details: HTMLDetailsElement | null, field: string): void {
  if (details === null) return;
  details.open = true;
  const row = [...details.querySelectorAll<HTMLElement>('[data-field]')].find((each) => each.dataset['field'] === field);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
}

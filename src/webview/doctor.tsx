import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Checkup, CHECKUPS, type CheckupId, checkupTitle, type CheckupResult, resultWord } from '../call/diagnosis';
import { formatClock, wholeSecond, zoneName } from '../call/time';
import type { DoctorMethods, DoctorState } from '../shared/protocol';
import { Headline } from './headline';
import type { Line } from './host';
import { Icon } from './icon';
import { withoutStop } from './text';

type Ask = (method: Exclude<keyof DoctorMethods, 'getState'>) => void;

/** *Diagnose Account*: what was asked, what came, what it means, what to do; a row fills as its check ends. */
export function Doctor({ line }: { line: Line<DoctorMethods, DoctorState> }): JSX.Element {
  const [state, setState] = useState<DoctorState>();
  const [trouble, setTrouble] = useState(false);
  useEffect(() => {
    const unlisten = line.onState(setState);
    line.connection.call('getState').then(setState, () => setTrouble(true));
    return unlisten;
  }, [line]);
  const ask: Ask = (method) => void line.connection.call(method).catch(() => setTrouble(true));
  return (
    <>
      <div role="status" aria-live="polite" class="unseen">
        {state === undefined ? '' : spokenPhase(state)}
      </div>
      <main data-phase={state?.phase ?? 'running'} aria-busy={state === undefined || state.phase === 'running'}>
        {state !== undefined && <Checks state={state} ask={ask} />}
        {trouble && <p class="quiet">The extension did not do that. Its log says why.</p>}
      </main>
    </>
  );
}

function Checks({ state, ask }: { state: DoctorState; ask: Ask }): JSX.Element {
  const { account, phase, checkups } = state;
  return (
    <>
      <Headline icon={iconOf(state)} severity={severityOf(state)} headline={headlineOf(state)} tools={<Tools phase={phase} ask={ask} />}>
        <p class="why">
          {account.name} ({account.region})<FinishedAt state={state} />
        </p>
        {state.cure !== undefined && (
          <div class="buttons">
            <button type="button" class="button" onClick={() => ask('cure')}>
              {state.cure}
            </button>
          </div>
        )}
      </Headline>
      <table class="checkups">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Asked</th>
            <th scope="col">Came</th>
            <th scope="col">Means</th>
            <th scope="col">To do</th>
          </tr>
        </thead>
        <tbody>
          {CHECKUPS.map((id) => (
            <Row key={id} id={id} checkup={checkups.find((each) => each.id === id)} running={phase === 'running'} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ id, checkup, running }: { id: CheckupId; checkup: Checkup | undefined; running: boolean }): JSX.Element {
  const [icon, severity] = checkup === undefined ? (['circle-large-outline', 'neutral'] as const) : RESULT_ICONS[checkup.result];
  const word = checkup === undefined ? (running ? 'waiting' : 'not made') : resultWord(checkup.result);
  return (
    <tr data-check={id} data-result={checkup?.result ?? 'none'}>
      <th scope="row">
        <div class="check-name">
          <Icon name={icon} severity={severity} />
          <span>
            {checkupTitle(id)} <small>{word}</small>
          </span>
        </div>
      </th>
      <Cell label="Asked" text={checkup?.asked} />
      <Cell label="Came" text={checkup?.came} />
      <Cell label="Means" text={checkup?.means} />
      <Cell label="To do" text={checkup?.todo} />
    </tr>
  );
}

function Cell({ label, text }: { label: string; text: string | undefined }): JSX.Element {
  const isEmpty = text === undefined || text === '';
  return (
    <td data-label={label} class={isEmpty ? 'is-empty' : undefined}>
      <span>{text}</span>
    </td>
  );
}

function Tools({ phase, ask }: { phase: DoctorState['phase']; ask: Ask }): JSX.Element {
  const running = phase === 'running';
  return (
    <div class="tools" role="group" aria-label="Diagnosis actions">
      <button type="button" class="tool" aria-label="Run Again" title="Run Again" aria-disabled={running} onClick={() => (running ? undefined : ask('run'))}>
        <Icon name="refresh" spin={running} />
      </button>
      <button type="button" class="tool" aria-label="Copy Report" title="Copy Report: Markdown without keys, the account SID masked" disabled={phase !== 'done'} onClick={() => ask('copyReport')}>
        <Icon name="copy" />
      </button>
      <button type="button" class="tool" aria-label="Show Log" title="Show Log" onClick={() => ask('showLog')}>
        <Icon name="output" />
      </button>
      {running && (
        <button type="button" class="tool cancel" onClick={() => ask('cancel')}>
          Cancel
        </button>
      )}
    </div>
  );
}

function FinishedAt({ state: { at, timeZone, locale } }: { state: DoctorState }): JSX.Element | null {
  if (at === undefined) return null;
  const format = { timeZone, locale };
  return (
    <>
      , {formatClock(wholeSecond(at), format)} {zoneName(at, format)}
    </>
  );
}

const RESULT_ICONS: Readonly<Record<CheckupResult, readonly [icon: string, severity: string]>> = {
  good: ['pass', 'ok'],
  bad: ['error', 'error'],
  off: ['circle-slash', 'neutral'],
  unclear: ['question', 'warning'],
  skipped: ['dash', 'neutral'],
};

function headlineOf({ phase, diagnosis, failure }: DoctorState): string {
  if (phase === 'done') return withoutStop(diagnosis?.conclusion ?? '');
  if (phase === 'failed') return withoutStop(failure ?? 'The checks could not be made');
  return phase === 'cancelled' ? 'The checks were cancelled' : 'Checking the account';
}

function iconOf({ phase, diagnosis }: DoctorState): string {
  if (phase === 'running') return 'loading';
  if (phase === 'cancelled') return 'circle-slash';
  return phase === 'done' && diagnosis?.works === true ? 'pass' : 'error';
}

function severityOf({ phase, diagnosis }: DoctorState): 'ok' | 'error' | 'neutral' {
  if (phase === 'running' || phase === 'cancelled') return 'neutral';
  return phase === 'done' && diagnosis?.works === true ? 'ok' : 'error';
}

function spokenPhase(state: DoctorState): string {
  return state.phase === 'running' ? 'Checking the account' : headlineOf(state);
}

import { createContext, type ComponentChildren, type JSX } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import { cite, type Call, type CallField, type Party } from '../call/call';
import type { Resource } from '../call/request';
import { formatDuration, type TimeFormat } from '../call/time';
import { otherValues } from './disagreements';
import { byResource } from './paths';
import { useSelection } from './selection';
import { Time } from './time';
import { Value } from './value';

const CUT = 240;
/** A longer custom field gets a line of its own. */
const WIDE_FROM = 48;

interface Shown {
  readonly call: Call;
  readonly format: TimeFormat;
}

/** The call whose facts are shown; none in the skeleton. */
const ShownCall = createContext<Shown | undefined>(undefined);

interface FactProps {
  readonly name: string;
  /** The values that stand here: selected, they make the fact stand out. */
  readonly of?: readonly CallField[];
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}

/** A fact's name and what stands under it, with what other resources say of the same. */
function Fact({ name, of = [], wide = false, children }: FactProps): JSX.Element {
  const shown = useContext(ShownCall);
  const { fields } = useSelection();
  const isSelected = of.some((field) => fields.has(shown?.call.sources[field] ?? ''));
  const classes = [wide ? 'wide' : '', isSelected ? 'is-selected' : ''].filter((name) => name !== '');
  return (
    <div class={classes.length === 0 ? undefined : classes.join(' ')}>
      <dt>{name}</dt>
      <dd>
        {children}
        {shown !== undefined && of.map((field) => <OtherValues key={field} name={name} field={field} {...shown} />)}
      </dd>
    </div>
  );
}

/** Of two values in one fact, the one that the fact is not named for. */
const SECOND: Readonly<Partial<Record<CallField, string>>> = { state: 'state', totalTalkTime: 'talk', appId: 'ID' };

/** What other resources say of a value. */
function OtherValues({ name, field, call, format }: Shown & { name: string; field: CallField }): JSX.Element {
  const others = useMemo(() => otherValues(call, field, format), [call, field, format]);
  return (
    <>
      {others.map(({ resource, text, raw }) => {
        const label = [resource, SECOND[field]].filter((word) => word !== undefined).join(' ');
        return (
          <small key={resource} class="line">
            {label}: <Value what={`${name}, ${label}`} text={text} raw={raw} cutAt={CUT} />
          </small>
        );
      })}
    </>
  );
}

/** A text as reported. */
function Text({ what, text, elideAt, mono }: { what: string; text: string | undefined; elideAt?: number; mono?: boolean }): JSX.Element {
  if (text === undefined) return <Nothing />;
  return <Value what={what} text={text} {...(elideAt === undefined ? { cutAt: CUT } : { elideAt })} {...(mono === undefined ? {} : { mono })} />;
}

function Nothing(): JSX.Element {
  return (
    <span class="quiet" title="Not in the record">
      <span aria-hidden="true">–</span>
      <span class="unseen">not in the record</span>
    </span>
  );
}

/** What the record says of the call, in the order of reading; the skeleton has the same cells. */
export function Facts({ sid, call, format }: { sid: string; call: Call; format: TimeFormat }): JSX.Element {
  const raw = (field: CallField): string | undefined => cite(call, field)?.value;
  const shown = useMemo(() => ({ call, format }), [call, format]);
  const { startTime, totalDuration, totalTalkTime } = call;
  return (
    <ShownCall.Provider value={shown}>
      <dl class="facts">
        <Fact name="Status" of={['status', 'state']}>
          <Text what="status" text={call.status} />
          {call.state !== undefined && <small> <Text what="state" text={call.state} /></small>}
        </Fact>
        <Fact name="Started" of={['startTime']}>
          {startTime === undefined ? <Nothing /> : <Time what="start time" at={startTime} format={format} raw={raw('startTime')} />}
        </Fact>
        <Fact name="Duration" of={['totalDuration', 'totalTalkTime']}>
          {totalDuration === undefined ? <Nothing /> : <Value what="duration" text={formatDuration(totalDuration)} raw={raw('totalDuration')} />}
          {totalTalkTime !== undefined && (
            <small>
              {' '}talk <Value what="talk time" text={formatDuration(totalTalkTime)} raw={raw('totalTalkTime')} />
            </small>
          )}
        </Fact>
        <Fact name="Direction" of={['direction']}>
          <Text what="direction" text={call.direction} />
        </Fact>
        <Fact name="Agent" of={['agent']}>
          <PartyText what="agent" party={call.agent} />
        </Fact>
        <Fact name="Customer" of={['customer']}>
          <PartyText what="customer" party={call.customer} />
        </Fact>
        <Fact name="ExoPhone" of={['virtualNumber']}>
          <Text what="ExoPhone" text={call.virtualNumber} />
        </Fact>
        <Fact name="Custom field" of={['customField']} wide={(call.customField?.length ?? 0) >= WIDE_FROM}>
          <Text what="custom field" text={call.customField} />
        </Fact>
        <Fact name="Call SID" of={['sid']}>
          <Text what="call SID" text={call.sid ?? sid} elideAt={18} mono />
          <small class="line">from {sourcesOf(call).join(', ')}</small>
        </Fact>
        <Rarities call={call} />
      </dl>
    </ShownCall.Provider>
  );
}

/** The resources that the call's values come from, that of its details first. */
function sourcesOf(call: Call): readonly Resource[] {
  return [...new Set([call.resource, ...byResource(call.reported, call).map(({ resource }) => resource)])];
}

/** What only some records have. */
function Rarities({ call }: { call: Call }): JSX.Element {
  const { digits, appName, appId, answeredBy, price, parentSid } = call;
  return (
    <>
      {(appName !== undefined || appId !== undefined) && (
        <Fact name="Flow" of={['appName', 'appId']}>
          <Text what="flow" text={appName ?? appId} />
          {appName !== undefined && appId !== undefined && <small> <Text what="flow ID" text={appId} elideAt={18} /></small>}
        </Fact>
      )}
      {digits !== undefined && (
        <Fact name="Digits (DTMF)" of={['digits']}>
          <Text what="DTMF digits" text={digits} />
        </Fact>
      )}
      {answeredBy !== undefined && (
        <Fact name="Answered by" of={['answeredBy']}>
          <Text what="answered by" text={answeredBy} />
        </Fact>
      )}
      {price !== undefined && (
        <Fact name="Price" of={['price']}>
          <Text what="price" text={price} />
        </Fact>
      )}
      {parentSid !== undefined && (
        <Fact name="Parent call" of={['parentSid']}>
          <Text what="SID of the parent call" text={parentSid} elideAt={18} mono />
        </Fact>
      )}
    </>
  );
}

/** One side of the call: what people know it by, then what else the record has. */
function PartyText({ what, party = {} }: { what: string; party: Party | undefined }): JSX.Element {
  const known = [party.name, party.number, party.contactUri, party.userId].filter((text) => text !== undefined);
  const [first, second] = [...new Set(known)];
  if (first === undefined) return <Nothing />;
  return (
    <>
      <Value what={what} text={first} cutAt={CUT} />
      {second !== undefined && (
        <small>
          {' '}
          <Value what={`${what}, second identifier`} text={second} elideAt={20} />
        </small>
      )}
    </>
  );
}

const NAMES = ['Status', 'Started', 'Duration', 'Direction', 'Agent', 'Customer', 'ExoPhone', 'Custom field'] as const;

/** The same cells before the answer: only the SID is known. */
export function FactsSkeleton({ sid }: { sid: string }): JSX.Element {
  return (
    <dl class="facts">
      {NAMES.map((name) => (
        <Fact key={name} name={name}>
          <span class="bone" />
          {name === 'Agent' && <span class="bone" />}
          {(name === 'Agent' || name === 'Started') && <span class="bone for-narrow" />}
        </Fact>
      ))}
      <Fact name="Call SID">
        <Text what="call SID" text={sid} elideAt={18} mono />
        <small class="line">from …</small>
      </Fact>
    </dl>
  );
}

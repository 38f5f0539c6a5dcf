import type { ComponentChildren, JSX } from 'preact';
import { cite, type Call, type CallField, type Party } from '../call/call';
import { formatDuration, formatInstant, zoneName, type TimeFormat } from '../call/time';
import { Value } from './value';

const CUT = 240;
/** A longer custom field gets a line of its own. */
const WIDE_FROM = 48;

/** A fact's name and what stands under it. */
function Fact({ name, wide = false, children }: { name: string; wide?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <div class={wide ? 'wide' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
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
  const { startTime, totalDuration, totalTalkTime } = call;
  return (
    <dl class="facts">
      <Fact name="Status">
        <Text what="status" text={call.status} />
        {call.state !== undefined && <small> <Text what="state" text={call.state} /></small>}
      </Fact>
      <Fact name="Started">
        {startTime === undefined ? <Nothing /> : <Value what="start time" text={formatInstant(startTime, format)} raw={raw('startTime')} after={zoneName(startTime, format)} />}
      </Fact>
      <Fact name="Duration">
        {totalDuration === undefined ? <Nothing /> : <Value what="duration" text={formatDuration(totalDuration)} raw={raw('totalDuration')} />}
        {totalTalkTime !== undefined && (
          <small>
            {' '}talk <Value what="talk time" text={formatDuration(totalTalkTime)} raw={raw('totalTalkTime')} />
          </small>
        )}
      </Fact>
      <Fact name="Direction">
        <Text what="direction" text={call.direction} />
      </Fact>
      <Fact name="Agent">
        <PartyText what="agent" party={call.agent} />
      </Fact>
      <Fact name="Customer">
        <PartyText what="customer" party={call.customer} />
      </Fact>
      <Fact name="ExoPhone">
        <Text what="ExoPhone" text={call.virtualNumber} />
      </Fact>
      <Fact name="Custom field" wide={(call.customField?.length ?? 0) >= WIDE_FROM}>
        <Text what="custom field" text={call.customField} />
      </Fact>
      <Fact name="Call SID">
        <Text what="call SID" text={call.sid ?? sid} elideAt={18} mono />
      </Fact>
      {call.digits !== undefined && (
        <Fact name="DTMF">
          <Text what="DTMF digits" text={call.digits} />
        </Fact>
      )}
      {(call.appName !== undefined || call.appId !== undefined) && (
        <Fact name="App">
          <Text what="app" text={call.appName ?? call.appId} />
          {call.appName !== undefined && call.appId !== undefined && <small> <Text what="app ID" text={call.appId} elideAt={18} /></small>}
        </Fact>
      )}
    </dl>
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
      </Fact>
    </dl>
  );
}

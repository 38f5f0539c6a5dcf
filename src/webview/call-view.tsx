import type { JSX } from 'preact';
import { useCallback, useMemo, useRef } from 'preact/hooks';
import { citations, type Call } from '../call/call';
import { findingsOf, gravestFirst } from '../call/findings';
import type { LegsReply } from '../call/request';
import { shortSid } from '../call/sid';
import { outcomeOf } from '../call/status';
import type { TimeFormat } from '../call/time';
import { timelineOf, type Timeline } from '../call/timeline';
import { verdictOf } from '../call/verdict';
import type { PanelState, Reply } from '../shared/protocol';
import type { OnCite } from './cite';
import { Facts, FactsSkeleton } from './facts';
import { Fields, showField } from './fields';
import { Findings, type ShownFinding } from './findings';
import { Foot } from './foot';
import { Explanation, Headline } from './headline';
import { LiveLine } from './live';
import { RecordingSection } from './player/section';
import { useHeardFindings } from './player/use-heard-findings';
import { PlayerProvider } from './player/use-player';
import { Resources, ResourcesSkeleton } from './resources';
import { Guard, Section } from './section';
import { SelectionProvider, useNewSelection } from './selection';
import { TimelineSection, TimelineSkeleton } from './timeline';
import { Toolbar } from './toolbar';

/** A call that was found. */
export function CallView({ state, reply, format }: { state: PanelState; reply: Reply; format: TimeFormat }): JSX.Element {
  const { call, askedAt, requests, legs } = reply;
  const outcome = useMemo(() => outcomeOf(call), [call]);
  const verdict = useMemo(() => verdictOf(call), [call]);
  const timeline = useMemo(() => withNote(timelineOf(call, askedAt), legs), [call, askedAt, legs]);
  const findings = useMemo(() => [...otherSid(call, state.sid), ...findingsOf(call, reply)], [call, reply, state.sid]);
  const details = useRef<HTMLDetailsElement>(null);
  const selection = useNewSelection();
  const isLive = state.live.phase !== 'off' && state.live.phase !== 'stopped';
  const onCite = useCallback((field: string) => showField(details.current, field), []);
  // Drawn anew for another answer, not for whatever else a state changes.
  const facts = useMemo(() => <Facts sid={state.sid} call={call} format={format} />, [state.sid, call, format]);
  const drawing = useMemo(() => <TimelineSection timeline={timeline} format={format} />, [timeline, format]);
  const recording = useMemo(() => <RecordingSection format={format} />, [format]);
  const oddities = useMemo(() => <CallFindings call={call} findings={findings} onCite={onCite} />, [call, findings, onCite]);
  const fields = useMemo(() => <Fields call={call} details={details} />, [call]);
  return (
    <SelectionProvider value={selection}>
      <PlayerProvider state={state} call={call} timeline={timeline}>
        <Headline icon={outcome.icon} severity={outcome.severity} headline={verdict.headline} tools={<Toolbar state={state} />}>
          <Explanation verdict={verdict} isLive={isLive} onCite={onCite} />
          <LiveLine live={state.live} askedAt={askedAt} format={format} />
        </Headline>
        <Guard what="The facts" of={reply}>
          {facts}
        </Guard>
        <Guard what="The timeline" of={reply}>
          {drawing}
        </Guard>
        <Guard what="The recording" of={reply}>
          {recording}
        </Guard>
        <Guard what="The findings" of={reply}>
          {oddities}
        </Guard>
        <Guard what="The list of fields" of={reply}>
          {fields}
        </Guard>
        <Resources state={state} requests={requests} format={format} askedAt={askedAt} />
        <Foot state={state} />
      </PlayerProvider>
    </SelectionProvider>
  );
}

/** Why there are no lanes for legs stands where they would be looked for. */
function withNote(timeline: Timeline, legs: LegsReply): Timeline {
  return 'sentence' in legs ? { ...timeline, notes: [...timeline.notes, legs.sentence] } : timeline;
}

/** The findings of the record, with those of its recording once that is heard. */
function CallFindings({ call, findings, onCite }: { call: Call; findings: readonly ShownFinding[]; onCite: OnCite }): JSX.Element {
  const heard = useHeardFindings(call);
  const all = useMemo(() => gravestFirst([...findings, ...heard]), [findings, heard]);
  return <Findings findings={all} onCite={onCite} />;
}

function otherSid(call: Call, asked: string): readonly ShownFinding[] {
  if (call.sid === undefined || call.sid === asked) return [];
  return [{ id: 'otherSid', severity: 'warning', line: `The answer names another call than ${shortSid(asked)}, which was asked for.`, citations: citations(call, 'sid') }];
}

/** The call's place before its answer: the same layout, its labels already readable. */
export function Skeleton({ state }: { state: PanelState }): JSX.Element {
  return (
    <>
      <Headline icon="loading" severity="neutral" headline={`Looking up ${shortSid(state.sid)}`} tools={<Toolbar state={state} />}>
        <p class="why bones" aria-hidden="true">
          <span class="bone" />
          <span class="bone" />
          <span class="bone for-narrow" />
          <span class="bone for-narrow" />
          <span class="bone short" />
        </p>
      </Headline>
      <FactsSkeleton sid={state.sid} />
      <TimelineSkeleton />
      <PlayerProvider state={state}>
        <RecordingSection format={state} />
      </PlayerProvider>
      <Section name="Findings">
        <p class="bones">
          <span class="bone short" />
        </p>
      </Section>
      <Section name="All fields">
        <span class="unseen">Not there yet</span>
      </Section>
      <ResourcesSkeleton />
      <Foot state={state} />
    </>
  );
}

/** The answers about a sample call, whichever resource is asked. */
import type { ServerResponse } from 'node:http';
import { envelope, type ErrorBody, json, refuse, xml } from './answers';
import { type Json, legDetails, type Place, v1Call, v1Xml, v1XmlError, v2Details, v2Response, v3Details, v3Response } from './renderings';
import type { CallRoute } from './routes';
import type { SampleName } from './samples';
import type { CallRecord } from './scenario';
import { lookAt, type Moment, type Sample } from './scenarios/index';
import { signed } from './scenarios/tell';
import { voiceLogOf } from './voiceLog';

/** Answers for a sample call at a moment. `query`: what was asked besides, such as v1's `details=true`. */
export function answerFor(name: SampleName, moment: Moment, route: CallRoute, query: URLSearchParams, response: ServerResponse): void {
  const resource = route.resource === 'voiceLogs' ? 'v1' : route.resource;
  const { sample, record } = lookAt(name, moment, resource);
  const refusal = sample.refusals?.[resource];
  if (refusal !== undefined) return refuseCall(response, route, refusal);
  const place: Place = { accountSid: moment.accountSid, callSid: route.callSid };
  if (route.resource === 'voiceLogs') {
    const log = voiceLogOf(name, sample, record, moment, query.get('format'));
    return json(response, 200, envelope({ code: 200, error_data: null, status: 'success', voice_log: log }));
  }
  if (route.resource === 'v1') {
    const call = { ...v1Call(record, place, query.get('details') === 'true'), ...sample.fields?.v1, ...signedAnew(name, sample, record, moment, query) };
    return answerV1(response, route, call);
  }
  json(response, 200, envelope(ccmResponse(sample, record, place, route), name === 'documented' ? 'req_abc123' : undefined));
}

function ccmResponse({ shape = 'a', fields = {} }: Sample, record: CallRecord, place: Place, { resource, version }: CallRoute): unknown {
  if (resource === 'legs') {
    const legs = { ...legDetails(record, place, version === 'v2' ? 'v2' : 'v3'), ...fields.legs };
    return { code: 200, error_data: null, status: 'success', leg_details: legs };
  }
  if (resource === 'v3') return v3Response({ ...v3Details(record, place), ...fields.v3 });
  return v2Response({ ...v2Details(record, place, shape), ...fields.v2 }, shape);
}

/** v1's signed link, where one is asked for that lives 5 to 60 minutes. */
function signedAnew(name: SampleName, { renewal }: Sample, { recording }: CallRecord, moment: Moment, query: URLSearchParams): Json {
  const minutes = Number(query.get('RecordingUrlValidity') ?? 0);
  const isThere = recording.url !== undefined && recording.url !== '' && renewal?.signing !== false;
  return isThere && minutes >= 5 && minutes <= 60 ? { PreSignedRecordingUrl: signed(name, moment, { signedAt: moment.now, seconds: minutes * 60 }).url } : {};
}

function answerV1(response: ServerResponse, { asXml }: CallRoute, call: Readonly<Record<string, unknown>>): void {
  if (asXml) xml(response, 200, v1Xml(call));
  else json(response, 200, { Call: call });
}

/** Refuses as the resource does it: v1 tells its errors otherwise, and knows none of CCM's codes. */
export function refuseCall(response: ServerResponse, { resource, asXml }: Pick<CallRoute, 'resource' | 'asXml'>, error: ErrorBody): void {
  if (resource !== 'v1') return refuse(response, error);
  if (asXml) return xml(response, error.status, v1XmlError(error.status, error.message));
  refuse(response, { status: error.status, message: error.message }, 'exception');
}

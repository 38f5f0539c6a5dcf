/** The answers about a sample call, whichever resource is asked. */
import type { ServerResponse } from 'node:http';
import { envelope, type ErrorBody, json, refuse, xml } from './answers';
import { legDetails, type Place, v1Call, v1Xml, v1XmlError, v2Details, v2Response, v3Details, v3Response } from './renderings';
import type { CallRoute } from './routes';
import type { SampleName } from './samples';
import type { CallRecord } from './scenario';
import { lookAt, type Moment, type Sample } from './scenarios/index';

/** Answers for a sample call at a moment. `hasDetails`: v1 was asked for what became of each leg. */
export function answerFor(name: SampleName, moment: Moment, route: CallRoute, hasDetails: boolean, response: ServerResponse): void {
  const { sample, record } = lookAt(name, moment, route.resource);
  const refusal = sample.refusals?.[route.resource];
  if (refusal !== undefined) return refuseCall(response, route, refusal);
  const place: Place = { accountSid: moment.accountSid, callSid: route.callSid };
  if (route.resource === 'v1') return answerV1(response, route, { ...v1Call(record, place, hasDetails), ...sample.fields?.v1 });
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

/** How a value is named in a sentence: as in the answer, else as on Exotel's v2 page. */
import type { Call, CallField } from './call';

const V2_NAMES: Readonly<Record<CallField, string>> = {
  sid: 'sid',
  direction: 'direction',
  virtualNumber: 'virtual_number',
  state: 'state',
  status: 'status',
  agent: 'assigned_agent_details',
  customer: 'customer_details',
  createdTime: 'created_time',
  updatedTime: 'updated_time',
  startTime: 'start_time',
  endTime: 'end_time',
  totalDuration: 'total_duration',
  totalTalkTime: 'total_talk_time',
  recording: 'recording',
  customField: 'custom_field',
  legsPath: 'legs',
  digits: 'digits',
  appId: 'app_id',
  appName: 'app_name',
  answeredBy: 'answered_by',
  price: 'price',
  parentSid: 'parent_call_sid',
};

/** The name under which the answer gave a value: `end_time`; the v2 page's name when it gave none. */
export function fieldName(call: Call, field: CallField): string {
  return call.sources[field] ?? V2_NAMES[field];
}

/** The example of Exotel's page about call details, v2, word for word. */

/** Its call. */
export const DOCUMENTED_CALL = {
  sid: 'unique_call_identifier',
  direction: 'outbound-api',
  virtual_number: '+911234567890',
  state: 'terminal',
  status: 'completed',
  assigned_agent_details: { user_id: 'agent-uuid', contact_uri: 'sip:agent@exotel.com' },
  customer_details: { number: '+919876543210' },
  created_time: '2024-06-15T10:30:00.000Z',
  updated_time: '2024-06-15T10:35:05.000Z',
  start_time: '2024-06-15T10:30:01.000Z',
  end_time: '2024-06-15T10:35:00.000Z',
  total_duration: 300,
  total_talk_time: 280,
  recording: { available: true, url: 'https://s3-ap-southeast-1.amazonaws.com/.../recording.mp3' },
  custom_field: 'ticket_12345',
  legs: '/v2/accounts/<account_sid>/calls/<call_sid>/legs',
};

/** The answer that holds it. */
export const DOCUMENTED_ANSWER = {
  request_id: 'req_abc123',
  method: 'GET',
  http_code: 200,
  response: { call_details: DOCUMENTED_CALL },
};

/** Pages of Exotel's documentation that tell more about what to check. */

/** A link for a person: what the page is about, and where it is. */
export interface DocsPage {
  readonly label: string;
  /** `https`, on a host under `exotel.com`. */
  readonly url: string;
}

export const DOCS = {
  callStatus: { label: 'Call status', url: 'https://docs.exotel.com/business-phone-system/call-status' },
  v1Details: { label: 'Call details, v1', url: 'https://developer.exotel.com/docs/voice-v1/api-reference/call-details' },
  v2Details: { label: 'Call details, v2', url: 'https://developer.exotel.com/docs/voice-api/api-reference/call-details' },
  v3Details: { label: 'Call details, v3', url: 'https://developer.exotel.com/docs/voice-v3/api-reference/call-details' },
  legs: { label: 'Call legs', url: 'https://developer.exotel.com/docs/voice-v3/api-reference/call-legs' },
  makeCall: { label: 'Make Call', url: 'https://developer.exotel.com/docs/contact-center/api-reference/make-call' },
  connectNumbers: { label: 'Connect Two Numbers', url: 'https://developer.exotel.com/docs/voice-v3/api-reference/connect-two-numbers' },
  ccm: { label: 'Voice v2 (CCM)', url: 'https://developer.exotel.com/docs/voice-api/getting-started/overview' },
  errorCodes: { label: 'Error codes', url: 'https://developer.exotel.com/docs/references/error-codes' },
  agents: { label: 'Agents and their devices', url: 'https://developer.exotel.com/docs/getting-started/team-management' },
  verifyAgent: { label: 'Verifying an agent’s number', url: 'https://docs.exotel.com/business-phone-system/add-a-co-worker' },
  connectApplet: { label: 'Connect applet', url: 'https://developer.exotel.com/docs/app-bazaar/connect-applet-guide' },
  parallelRinging: { label: 'Parallel ringing', url: 'https://developer.exotel.com/docs/call-support/call-features/parallel-ringing' },
  doNotDisturb: { label: 'Calling numbers on the DND list', url: 'https://docs.exotel.com/business-phone-system/calling-whitelisted-customer' },
  kyc: { label: 'KYC verification', url: 'https://developer.exotel.com/docs/getting-started/kyc-verification' },
  exoPhones: { label: 'ExoPhones of an account', url: 'https://developer.exotel.com/api/exophone-details' },
  credit: { label: 'When the credit runs out', url: 'https://support.exotel.com/support/solutions/articles/109409-what-happens-when-my-exotel-credit-balance-becomes-zero-negative-' },
  capacity: { label: 'Calls at a time', url: 'https://developer.exotel.com/docs/faqs/voice-faqs' },
  recordings: { label: 'Recordings', url: 'https://developer.exotel.com/docs/reporting/recording-access' },
} as const satisfies Readonly<Record<string, DocsPage>>;

/** Whether a link leads to Exotel and is written so plainly that nothing else can be meant: `https`, no port, no user info. */
export function isPlainlyExotels(url: string): boolean {
  return /^https:\/\/(?:[a-z0-9-]+\.)*exotel\.com\//.test(url);
}

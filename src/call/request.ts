/** Where a request went and what came back: for the panel's foot and the log. No secret, no query. */
export interface RequestNote {
  /** What was asked for: `v2 details`. */
  readonly resource: string;
  readonly method: 'GET';
  readonly host: string;
  readonly path: string;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  readonly milliseconds: number;
  /** The answer's own `request_id`. */
  readonly requestId?: string;
}

/** So many requests a minute for each account, as src/exotel/README.md, "Limits", has it. */
import type { Instant } from '../call/call';

export interface LimitState {
  readonly exceeded: boolean;
  /** For the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimiter {
  private readonly windows = new Map<string, { readonly minute: number; readonly count: number }>();

  constructor(private readonly requestsPerMinute: number) {}

  /** Counts one request of an account. */
  take(account: string, now: Instant): LimitState {
    const minute = Math.floor(now / 60_000);
    const before = this.windows.get(account);
    const count = before?.minute === minute ? before.count + 1 : 1;
    this.windows.set(account, { minute, count });
    const exceeded = count > this.requestsPerMinute;
    const reset = (minute + 1) * 60;
    return {
      exceeded,
      headers: {
        'X-RateLimit-Limit': String(this.requestsPerMinute),
        'X-RateLimit-Remaining': String(Math.max(0, this.requestsPerMinute - count)),
        'X-RateLimit-Reset': String(reset),
        ...(exceeded ? { 'Retry-After': String(Math.max(1, Math.ceil(reset - now / 1000))) } : {}),
      },
    };
  }
}

/** Why there is nothing to play, for the host and the page. */
export type RecordingProblem =
  /** The record names no recording. */
  | 'none'
  /** Not there yet: recordings come minutes after the end of a call. */
  | 'processing'
  /** A signed link whose time is over. */
  | 'expired'
  /** 401 or 403 with nothing that says it expired. */
  | 'refused'
  /** 404 or 410 long after the call: deleted after the retention period. */
  | 'gone'
  | 'tooLarge'
  /** What came is not audio by its first bytes. */
  | 'notAudio'
  /** The recording's host was not reached. */
  | 'offline'
  /** It broke off in the middle: what came can be used. */
  | 'cutOff'
  /** Its host was reached, and then sent nothing for too long. */
  | 'stalled'
  /** Under exotel.com, but no host that keys go to unasked. */
  | 'askHost'
  | 'failed';

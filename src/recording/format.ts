/** Which kind of audio a file is, by its first bytes. */

export interface AudioFormat {
  /** `MP3`, `WAV`, `WAV (GSM)`, `Ogg`, `FLAC`, `MP4`, `AAC`, `AMR`. */
  readonly name: string;
  readonly mime: string;
  /** Without a dot: `mp3`. */
  readonly extension: string;
  readonly channels?: 1 | 2;
}

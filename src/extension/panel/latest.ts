/** Asks for one thing at a time: what is asked later takes the place of what is under way, whose answer is never heard. Pure. */

/** What becomes of an outcome; each gives what whoever asked is told. */
export interface Hears<Answer, End> {
  readonly answered: (answer: Answer) => Promise<End>;
  readonly failed: (error: unknown) => End;
  readonly cancelled: () => End;
}

interface Turn<End> {
  readonly controller: AbortController;
  end: Promise<End>;
}

export class Latest<Answer, End> {
  #turn: Turn<End> | undefined;
  #isOver = false;

  /** `over`: what is told to those who ask, or still wait, when nothing is asked any more. */
  constructor(
    private readonly hears: Hears<Answer, End>,
    private readonly over: End,
  ) {}

  /** True before anything was asked. */
  get isUntouched(): boolean {
    return this.#turn === undefined;
  }

  /** Gives up what is under way for this, and ends as what was asked last does. Never rejects. */
  ask(question: (signal: AbortSignal, isLatest: () => boolean) => Promise<Answer>): Promise<End> {
    if (this.#isOver) return Promise.resolve(this.over);
    this.cancel();
    const turn: Turn<End> = { controller: new AbortController(), end: Promise.resolve(this.over) };
    this.#turn = turn;
    turn.end = this.#run(turn, question);
    return turn.end;
  }

  /** Gives up what is under way. */
  cancel(): void {
    this.#turn?.controller.abort();
  }

  /** Nothing is heard from now on. */
  dispose(): void {
    this.#isOver = true;
    this.cancel();
  }

  async #run(turn: Turn<End>, question: (signal: AbortSignal, isLatest: () => boolean) => Promise<Answer>): Promise<End> {
    const { signal } = turn.controller;
    try {
      const answer = await question(signal, () => this.#isLatest(turn));
      return this.#isLatest(turn) ? await this.hears.answered(answer) : await this.#endInstead(turn);
    } catch (error) {
      if (!this.#isLatest(turn)) return this.#endInstead(turn);
      return signal.aborted ? this.hears.cancelled() : this.hears.failed(error);
    }
  }

  #isLatest(turn: Turn<End>): boolean {
    return this.#turn === turn && !this.#isOver;
  }

  #endInstead(turn: Turn<End>): Promise<End> {
    const latest = this.#turn;
    return latest === undefined || latest === turn ? Promise.resolve(this.over) : latest.end;
  }
}

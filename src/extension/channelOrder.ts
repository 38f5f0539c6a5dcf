/** Which side is heard on the left: the agent, as Exotel documents it, or the customer, for accounts that were seen to differ. */
import * as v from 'valibot';
import * as vscode from 'vscode';

const KEY = 'exotel.swappedChannels';
const schema = v.array(v.string());

export class ChannelOrder implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  constructor(private readonly state: vscode.Memento) {}

  /** True where the customer is on the left. */
  isSwapped(account: string): boolean {
    return this.#swapped().includes(account);
  }

  /** Swaps the sides for an account, from now on. */
  async swap(account: string): Promise<void> {
    const swapped = this.#swapped();
    await this.state.update(KEY, swapped.includes(account) ? swapped.filter((each) => each !== account) : [...swapped, account]);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #swapped(): readonly string[] {
    const read = v.safeParse(schema, this.state.get<unknown>(KEY));
    return read.success ? read.output : [];
  }
}

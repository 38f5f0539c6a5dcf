/** The panels of *Diagnose Account*: one for each account. */
import * as vscode from 'vscode';
import type { Account } from '../accounts/account';
import { pageHtml } from '../panel/html';
import type { DoctorPanel, DoctorParts } from './doctorPanel';

const VIEW_TYPE = 'exotel.doctor';

export class Doctors implements vscode.Disposable {
  readonly #open = new Set<DoctorPanel>();
  readonly #dist: vscode.Uri;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly parts: DoctorParts,
  ) {
    this.#dist = vscode.Uri.joinPath(extensionUri, 'dist');
  }

  /** The account's panel, where it is open. */
  find(account: string): DoctorPanel | undefined {
    return [...this.#open].find(({ accountId }) => accountId === account);
  }

  /** Opens the account's panel, or brings it forward, and makes the checks. `callSid`: a call of the account, for its legs. */
  async diagnose(account: Account, callSid?: string): Promise<void> {
    const { DoctorPanel } = await import('./doctorPanel');
    const open = this.find(account.id);
    open?.reveal(account);
    await (open ?? this.#create(account, DoctorPanel)).run(callSid);
  }

  dispose(): void {
    for (const panel of this.#open) panel.dispose();
  }

  #create(account: Account, Made: typeof DoctorPanel): DoctorPanel {
    const panel = vscode.window.createWebviewPanel(VIEW_TYPE, `Diagnose: ${account.name}`, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [this.#dist],
      retainContextWhenHidden: true,
      enableFindWidget: true,
    });
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'exotel.svg');
    const doctor = new Made(account, panel, this.parts);
    this.#open.add(doctor);
    doctor.onDidClose(() => this.#open.delete(doctor));
    panel.webview.html = pageHtml(panel.webview, this.#dist, 'doctor');
    return doctor;
  }
}

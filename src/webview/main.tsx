import { render } from 'preact';
import { App } from './app';
import { Doctor } from './doctor';
import { openDoctorPage, openPage } from './host';
import './panel.css';
import './timeline.css';
import './player/player.css';

/** Where all is drawn. Exported: without an export esbuild takes this for CommonJS, and wraps each module of the page in a function of its own. */
export const root = document.getElementById('root') ?? document.body;

// Not from within the script: whoever looks where a message was sent from, as developer tools do, would have all of it parsed once more.
queueMicrotask(() => render(root.dataset['page'] === 'doctor' ? <Doctor line={openDoctorPage()} /> : <App page={openPage()} />, root));

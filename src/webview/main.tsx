import { render } from 'preact';
import { App } from './app';
import { Doctor } from './doctor';
import { openDoctorPage, openPage } from './host';
import './panel.css';
import './timeline.css';
import './player/player.css';

const root = document.getElementById('root') ?? document.body;

render(root.dataset['page'] === 'doctor' ? <Doctor line={openDoctorPage()} /> : <App page={openPage()} />, root);

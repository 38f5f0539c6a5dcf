import { render } from 'preact';
import { App } from './app';
import { openPage } from './host';
import './panel.css';

const root = document.createElement('div');
document.body.append(root);
render(<App page={openPage()} />, root);

import { render } from 'preact';
import { App } from './app';
import { openPage } from './host';
import './panel.css';

render(<App page={openPage()} />, document.getElementById('root') ?? document.body);

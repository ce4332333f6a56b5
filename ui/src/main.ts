import { mount } from 'svelte';

import App from './App.svelte';
import { applyTo } from './lib/words/words';
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';

// The mock is for browsers: the built program holds only the real backend.
const { backend } =
  import.meta.env.MODE === 'browser'
    ? await import('./lib/backend/mock')
    : await import('./lib/backend/tauri');

applyTo(document.documentElement);
const target = document.getElementById('app');
if (target) mount(App, { target, props: { backend } });

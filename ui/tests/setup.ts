// What happy-dom lacks, or does in its own time.
import { cleanup } from '@testing-library/svelte';
import { afterEach } from 'vitest';

// The mock plays its recordings at once.
globalThis.history.replaceState(null, '', '/?pace=0');

afterEach(cleanup);

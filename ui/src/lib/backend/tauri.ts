// The only file that knows Tauri.
import { Channel, invoke } from '@tauri-apps/api/core';

import { language } from '../words/words';
import type { Backend, Told } from './backend';

export const backend: Backend = {
  understand: (question) => invoke('understand', { question }),
  profile: () => invoke('profile'),
  recent: () => invoke('recent'),
  start: (ask, tell) => {
    const channel = new Channel<Told>();
    channel.onmessage = tell;
    return invoke('start', { ask, language, channel });
  },
  stop: () => invoke('stop'),
  explain: (cause) => invoke('explain', { cause, language }),
  message: (report, diagnosis, remedy) => invoke('message', { report, diagnosis, remedy, language }),
  render: (report, format, redaction) => invoke('render', { report, format, redaction, language }),
  preview: async (report, redaction) => ({
    url: await invoke<string>('preview', { report, redaction, language }),
  }),
  save: (report, format, redaction, to) => invoke('save', { report, format, redaction, to, language }),
  print: (report, redaction) => invoke('print', { report, redaction, language }),
  open: (contents) => invoke('open', { contents, language }),
  verify: (before, after) => invoke('verify', { before, after }),
};

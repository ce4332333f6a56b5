// What happens now, for somebody who does not know the terms.
import type { Request } from '../types/Request';
import { t } from '../words/words';

/** Ids of messages are written with dashes. */
export function dashed(id: string): string {
  return id.replaceAll('_', '-').replaceAll('.', '-');
}

/** Facts of the computer share one sentence; every other kind of measurement has its own. */
export function nowOf(request: Request): string {
  const names = 'name' in request ? { name: request.name } : {};
  const places = 'to' in request ? { to: request.to } : {};
  const urls = 'url' in request ? { url: request.url } : {};
  return t(`ui-now-${dashed(request.kind)}`, { ...names, ...places, ...urls });
}

// One session, one ORDERED message on channel 0, and its echo.

import { ORDERED, Session } from './slipgate.js';

/** A key as its text says it: base64url, 32 bytes. */
export function keyOf(text) {
  const base64 = text.trim().replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** A promise of what came back; fails when the session ends before. */
export async function echo(url, key, text) {
  let session;
  const echoed = await new Promise((resolve, reject) => {
    Session.connect(url, keyOf(key), (channel, bytes) => resolve({ channel, bytes }))
      .then((connected) => {
        session = connected;
        session.closed.then((why) => reject(new Error(why)));
        session.send(0, ORDERED, new TextEncoder().encode(text));
      })
      .catch(reject);
  });
  await session.close();
  return `channel ${echoed.channel}: ${new TextDecoder().decode(echoed.bytes)}`;
}

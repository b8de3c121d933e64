// Serves @nostr-relay/core on 127.0.0.1 over an in-memory store, prints its URL, and ends when
// standard input does, so that it cannot outlive the shell that started it.
// Usage: node relay.js [PORT]   (0 or none: any free port)
import { createServer } from 'node:http';
import { createOutgoingNoticeMessage, EventRepository, EventType, EventUtils } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { WebSocketServer } from 'ws';

const newestFirst = (a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1);

const matches = (event, filter) =>
  (!filter.ids || filter.ids.includes(event.id)) &&
  (!filter.authors || filter.authors.includes(event.pubkey)) &&
  (!filter.kinds || filter.kinds.includes(event.kind)) &&
  (filter.since === undefined || event.created_at >= filter.since) &&
  (filter.until === undefined || event.created_at <= filter.until) &&
  Object.keys(filter)
    .filter((name) => name.startsWith('#'))
    .every((name) => event.tags.some(([tag, value]) => tag === name.slice(1) && filter[name].includes(value)));

/** Events by address for replaceable and addressable kinds, by id for the others (NIP-01). */
class MemoryStore extends EventRepository {
  events = new Map();

  isSearchSupported() {
    return false;
  }

  upsert(event) {
    const key = MemoryStore.key(event);
    const known = this.events.get(key);
    if (known && newestFirst(known, event) <= 0) return { isDuplicate: true };
    this.events.set(key, event);
    return { isDuplicate: false };
  }

  find(filter) {
    const found = [...this.events.values()].filter((event) => matches(event, filter)).sort(newestFirst);
    return found.slice(0, filter.limit ?? 500);
  }

  async destroy() {
    this.events.clear();
  }

  static key(event) {
    switch (EventUtils.getType(event.kind)) {
      case EventType.REPLACEABLE:
        return `${event.kind}:${event.pubkey}`;
      case EventType.PARAMETERIZED_REPLACEABLE:
        return `${event.kind}:${event.pubkey}:${event.tags.find(([tag]) => tag === 'd')?.[1] ?? ''}`;
      default:
        return event.id;
    }
  }
}

const relay = new NostrRelay(new MemoryStore());
const validator = new Validator();
const information = JSON.stringify({ name: 'foreign relay', software: '@nostr-relay/core', supported_nips: [1] });
const server = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'application/nostr+json' }).end(information),
);

new WebSocketServer({ server }).on('connection', (socket) => {
  relay.handleConnection(socket);
  socket.on('message', async (data) => {
    try {
      await relay.handleMessage(socket, await validator.validateIncomingMessage(data));
    } catch (error) {
      socket.send(JSON.stringify(createOutgoingNoticeMessage(error.message)));
    }
  });
  socket.on('close', () => relay.handleDisconnect(socket));
});

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () =>
  console.log(`ws://127.0.0.1:${server.address().port}`),
);
process.stdin.resume().on('end', () => process.exit(0));

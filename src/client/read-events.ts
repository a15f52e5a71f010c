/** An event of an SSE stream; `name` and `data` are empty without their fields. */
export interface StreamEvent {
  name: string;
  data: string;
  /** Delay before a reconnect, from the `retry` field. */
  retryMs: number | null;
}

/** Parse a stream of server-sent events; `onBytes` is called for every chunk, comments included. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) yield readBlock(block);
    }
  } finally {
    await reader.cancel().catch(() => {}); // already broken: nothing to release
  }
}

function readBlock(block: string): StreamEvent {
  const event: StreamEvent = { name: '', data: '', retryMs: null };
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') event.name = value;
    if (field === 'data') event.data += value;
    if (field === 'retry' && /^\d+$/.test(value)) event.retryMs = Number(value);
  }
  return event;
}

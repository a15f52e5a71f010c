/** Render the page on which a buyer authenticates. All values are escaped. */
export function challengePage(payment: {
  intent: string;
  amount: string;
  description: string | null;
  card: string;
}): string {
  return page(`
    <p class="bank">Your bank <span>3-D Secure test page</span></p>
    <h1>Is this you?</h1>
    <dl>
      <dt>Amount</dt><dd>${escape(payment.amount)}</dd>
      <dt>Card</dt><dd>${escape(payment.card)}</dd>
      ${payment.description === null ? '' : `<dt>For</dt><dd>${escape(payment.description)}</dd>`}
    </dl>
    <form method="post" action="/3ds/${encodeURIComponent(payment.intent)}">
      <button name="outcome" value="complete">Complete</button>
      <button name="outcome" value="fail" class="quiet">Fail</button>
    </form>
    <p class="note">This is Onsale's Stripe emulator: no money is charged.</p>`);
}

/** Render a page with a message. */
export function messagePage(message: string): string {
  return page(`<p class="bank">Your bank <span>3-D Secure test page</span></p><h1>${escape(message)}</h1>`);
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>3-D Secure</title>
  <style>
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --back: #eef1f5; --line: #d5dae1; --accent: #2b59c3; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --paper: #1d2229; --back: #12151a; --line: #363d47; --accent: #6d96f5; } }
    * { box-sizing: border-box; }
    body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
    .bank { margin: 0 0 1.5rem; font-weight: 600; display: flex; justify-content: space-between; }
    .bank span, .note, dt { font-weight: 400; font-size: .85rem; opacity: .7; }
    h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.3; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .4rem 1.5rem; margin: 0 0 1.5rem; align-items: baseline; }
    dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
    form { display: grid; gap: .6rem; }
    button { padding: .7rem; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid var(--accent); background: var(--accent); color: var(--paper); cursor: pointer; }
    button.quiet { background: none; color: inherit; border-color: var(--line); }
    button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .note { margin: 1.5rem 0 0; }
  </style>
</head>
<body><main>${content}</main></body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

// Finds what a person sees and names: elements by role and accessible name. The head of a function
// that is given (want); what it answers about `seen`, the elements in the order of the page, follows.
//   want.role   a role, as assistive technology hears it
//   want.name   the accessible name; "*" at its end stands for anything; empty: any name
// An open dialog keeps the rest of the page out of reach.
const want = arguments[0];

const selectors = {
  button: 'button:not([role]), [role="button"], input[type="submit"]',
  link: 'a[href]:not([role]), [role="link"]',
  heading: 'h1, h2, h3, h4, h5, h6, [role="heading"]',
  textbox:
    'input:not([type]):not([role]), input[type="text"]:not([role]), input[type="password"], input[type="number"], textarea, [role="textbox"]',
  searchbox: 'input[type="search"], input[role="searchbox"]',
  checkbox: 'input[type="checkbox"]:not([role]), [role="checkbox"]',
  radio: 'input[type="radio"], [role="radio"]',
  combobox: '[role="combobox"], select',
  listitem: 'li, [role="listitem"]',
  list: 'ul, ol, [role="list"]',
  row: 'tr, [role="row"]',
  columnheader: 'th, [role="columnheader"]',
  table: 'table, [role="table"]',
  paragraph: 'p',
};

function isSeen(element) {
  if (!element.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true })) return false;
  return element.getClientRects().length > 0;
}

function words(text) {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** What is read out of the content: not what is only drawn, nor what is read out besides. */
function contentOf(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('[aria-hidden="true"], .cds--visually-hidden, svg, style').forEach((part) => part.remove());
  return words(copy.textContent);
}

function nameOf(element) {
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy) {
    const parts = labelledBy.split(/\s+/).map((id) => document.getElementById(id));
    const text = words(parts.map((part) => (part ? contentOf(part) : '')).join(' '));
    if (text) return text;
  }
  const label = words(element.getAttribute('aria-label'));
  if (label) return label;
  if (element.labels?.length > 0 && element.tagName !== 'BUTTON') {
    return words([...element.labels].map(contentOf).join(' '));
  }
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)) {
    return words(element.getAttribute('title') ?? element.getAttribute('placeholder'));
  }
  const content = contentOf(element);
  if (content) return content;
  if (element.labels?.length > 0) return words([...element.labels].map(contentOf).join(' '));
  return words(element.getAttribute('title'));
}

function matches(name) {
  if (want.name === '') return true;
  return want.name.endsWith('*') ? name.startsWith(want.name.slice(0, -1)) : name === want.name;
}

/** The dialog on top, while one is open. */
function onTop() {
  const dialogs = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"]')].filter(
    (dialog) => isSeen(dialog) && (dialog.getAttribute('aria-modal') === 'true' || dialog.closest('.cds--modal')),
  );
  return dialogs.at(-1) ?? null;
}

const dialog = onTop();
const scope = dialog ? [dialog, ...document.querySelectorAll('[role="menu"]')] : [document];
const selector = selectors[want.role] ?? `[role="${want.role}"]`;
const found = new Set(scope.flatMap((part) => [...part.querySelectorAll(selector)]));
if (dialog && dialog.matches(selector)) found.add(dialog);
const seen = [...found].filter((element) => isSeen(element) && matches(nameOf(element)));

/** Copies a text that stands nowhere on the page. It is no secret, so it goes as selected text does. Says whether it did. */
export function copyText(text: string): boolean {
  const source = document.createElement('pre');
  source.className = 'cds--visually-hidden kt-copy-source';
  source.textContent = text;
  document.body.append(source);
  const selection = window.getSelection();
  selection?.selectAllChildren(source);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the newer way is switched off in this window
  const copied = document.execCommand('copy');
  selection?.removeAllRanges();
  source.remove();
  return copied;
}

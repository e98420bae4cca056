/** Makes a part of a page like another one with the fewest changes: what stays the same keeps its focus, scroll and openness. */

export function morph(old, next) {
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
    old.replaceWith(next);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data === next.data) return;
    old.data = next.data;
    old.parentElement?.classList.add('fresh');
    return;
  }
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  // what the reader has opened stays open
  for (const name of old.getAttributeNames())
    if (!next.hasAttribute(name) && name !== 'open') old.removeAttribute(name);
  const olds = [...old.childNodes];
  const nexts = [...next.childNodes];
  for (const [i, child] of nexts.entries())
    if (i < olds.length) morph(olds[i], child);
    else old.append(child);
  for (const child of olds.slice(nexts.length)) child.remove();
}
